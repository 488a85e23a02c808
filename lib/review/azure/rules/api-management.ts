import { isObject, listOf, numberOf, objectOf, shown, stringsOf, textOf, type JsonObject } from '../../json';
import { dependsOn } from '../read-site';
import { at, referent } from '../references';
import { reporter, type Rule } from '../rule';
import { kindOf, resourcesOf, type Resource, type Site, type Stack } from '../stack';

const NAME = 'api-management';
const report = reporter(NAME);

const SERVICE = 'Microsoft.ApiManagement/service';
const BACKEND = `${SERVICE}/backends`;
const UPDATE = 'azapi_update_resource';
const POLICY = 'azurerm_api_management_api_policy';
const RECORD = 'azurerm_private_dns_a_record';
const LINK = 'azurerm_private_dns_zone_virtual_network_link';

/** What of a pool a release moves, which Terraform must leave alone. */
const MOVED = 'body.properties.pool';

const propertiesOf = ({ arguments: given }: Resource): JsonObject => objectOf(objectOf(given.body).properties);

/**
 * API Management is closed to the internet once its endpoint is there, speaks no old protocol, and begins once the names that it waits for
 * are found. Requests go to places that there are, by
 * verified TLS and a circuit breaker; those of a pool add up, and its weights are a release's to move.
 */
export const apiManagement: Rule = {
  name: NAME,
  judge: (stack, site) =>
    stack.resources.flatMap((resource) =>
      problemsOf(resource, stack, site).map((problem) => report(resource, problem)),
    ),
};

function problemsOf(resource: Resource, stack: Stack, site: Site): readonly string[] {
  if (kindOf(resource) === SERVICE) return serviceProblems(resource, stack, site);
  if (kindOf(resource) === BACKEND) {
    return propertiesOf(resource).type === 'Pool' ? poolProblems(resource) : backendProblems(resource);
  }
  return resource.type === POLICY ? policyProblems(resource, stack) : [];
}

function serviceProblems(service: Resource, stack: Stack, site: Site): readonly string[] {
  const { customProperties, virtualNetworkType } = propertiesOf(service);
  const closed = resourcesOf(stack, UPDATE).some(
    (update) =>
      referent(update.arguments.resource_id, stack, site)?.resource === service &&
      propertiesOf(update).publicNetworkAccess === 'Disabled' &&
      listOf(update.meta.depends_on).some((each) => textOf(each)?.startsWith('azurerm_private_endpoint.') === true),
  );
  const old = Object.entries(objectOf(customProperties)).filter(([, value]) => value !== 'false');
  return [
    ...(closed
      ? []
      : [
          `must be closed by an ${UPDATE} with publicNetworkAccess Disabled that waits for its private endpoint, got none: add it`,
        ]),
    ...(virtualNetworkType === 'External' || virtualNetworkType === 'Internal'
      ? []
      : [`virtualNetworkType must be External or Internal, got ${shown(virtualNetworkType)}: give it a subnet`]),
    ...(isObject(customProperties) && old.length === 0
      ? []
      : [`customProperties must turn off every old protocol, got ${old.map(([name]) => name).join(', ') || 'none'}`]),
    ...unanswered(service, stack, site),
  ];
}

/** A name is found in a network once its zone is linked to it: whoever waits for the name waits for that too. */
function unanswered(service: Resource, stack: Stack, site: Site): readonly string[] {
  const awaited = dependsOn(service).flatMap((address) => at(stack, address) ?? []);
  const zoneOf = ({ arguments: given }: Resource) =>
    referent(given.zone_name ?? given.private_dns_zone_name, stack, site)?.resource;
  const linked = awaited.filter(({ type }) => type === LINK).map(zoneOf);
  return awaited
    .filter((record) => record.type === RECORD && !linked.includes(zoneOf(record)))
    .map(
      ({ address }) =>
        `depends_on must have the ${LINK} of the zone of ${address}, got none: without it the name is not found in the network`,
    );
}

function backendProblems(backend: Resource): readonly string[] {
  const { circuitBreaker, tls, url } = propertiesOf(backend);
  const { validateCertificateChain: chain, validateCertificateName: name } = objectOf(tls);
  return [
    ...(textOf(url)?.startsWith('https://') === true
      ? []
      : [`url must begin with https://, got ${shown(url)}: encrypt`]),
    ...(chain === true && name === true ? [] : ['tls must verify the certificate, its chain and its name: write both']),
    ...(listOf(objectOf(circuitBreaker).rules).length > 0
      ? []
      : ['circuitBreaker must have a rule, got none: say when it opens, and for how long']),
  ];
}

function poolProblems(pool: Resource): readonly string[] {
  const services = listOf(objectOf(propertiesOf(pool).pool).services).map(objectOf);
  const sum = services.reduce((all, { weight }) => all + (numberOf(weight) ?? 0), 0);
  return [
    ...(services.length > 1 ? [] : [`pool must have two backends, got ${services.length}: name the new version too`]),
    ...(sum === 100 ? [] : [`weights must add up to 100, got ${sum}: correct them`]),
    ...(stringsOf(pool.lifecycle.ignore_changes).includes(MOVED)
      ? []
      : [`lifecycle.ignore_changes must have ${MOVED}, else an apply takes back what a release moved: add it`]),
  ];
}

/** How requests of one API are counted; whoever asks after health is not. */
const COUNTED = '<rate-limit-by-key ';
const HEALTH = '<rewrite-uri ';

function policyProblems({ arguments: given }: Resource, stack: Stack): readonly string[] {
  const text = textOf(given.xml_content) ?? '';
  const asked = /<set-backend-service backend-id='([^']*)'/.exec(text)?.[1];
  const known = stack.resources.filter((each) => kindOf(each) === BACKEND);
  const isKnown = known.some(
    ({ address, arguments: { name } }) => asked === name || asked?.includes(`${address}.name`),
  );
  return [
    ...(isKnown ? [] : [`must send requests to a backend that there is, got ${shown(asked)}: name one`]),
    ...(text.includes(COUNTED) || text.includes(HEALTH) ? [] : ['must count requests, got no limit: name one']),
  ];
}
