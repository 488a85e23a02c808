import { listOf, numberOf, objectOf, shown, textOf, type Json } from '../../json';
import { namedBy } from '../private-dns';
import { referent } from '../references';
import { reporter, type Rule } from '../rule';
import { resourcesOf, type Resource, type Site, type Stack } from '../stack';

const NAME = 'message-copies';
const report = reporter(NAME);

/** What copies names of queues and no message. Azure refuses both on one namespace. */
const NAMES_ALONE = 'azurerm_servicebus_namespace_disaster_recovery_config';

/** How far copies may be behind, in seconds, besides not at all. */
const LAG = { least: 300, most: 86_400 };

/** Where Service Bus is copied to a second region, messages are: from where the namespace stands, and not too far behind. */
export const messageCopies: Rule = {
  name: NAME,
  judge: (stack, site) => [
    ...resourcesOf(stack, NAMES_ALONE).map((resource) =>
      report(resource, 'copies names of queues and no message, so that messages are lost with a region: copy the data'),
    ),
    ...resourcesOf(stack, 'azapi_update_resource').flatMap((resource) =>
      problemsOf(resource, stack, site).map((problem) => report(resource, problem)),
    ),
  ],
};

function problemsOf({ arguments: given }: Resource, stack: Stack, site: Site): readonly string[] {
  const { geoDataReplication: copies } = objectOf(objectOf(given.body).properties);
  if (copies === undefined) return [];
  const { locations, maxReplicationLagDurationInSeconds: lag } = objectOf(copies);
  const placed = listOf(locations).map(objectOf);
  const namesOf = (role: string) => placed.filter(({ roleType }) => roleType === role).map((each) => each.locationName);
  const [primary, ...others] = namesOf('Primary');
  const namespace = referent(given.resource_id, stack, site)?.resource;
  const home = namespace?.arguments.location;
  const seconds = numberOf(lag) ?? -1;
  return [
    ...(home !== undefined && others.length === 0 && primary === home
      ? []
      : [
          `one location must be Primary, where the namespace stands (${shown(home)}), got ${shown(primary)}: correct it`,
        ]),
    ...(namesOf('Secondary').some((each) => each !== home)
      ? []
      : [`a location must be Secondary and elsewhere, got ${shown(namesOf('Secondary')[0])}: name the second region`]),
    ...(seconds === 0 || (seconds >= LAG.least && seconds <= LAG.most)
      ? []
      : [
          `maxReplicationLagDurationInSeconds must be 0, or ${LAG.least} to ${LAG.most}, got ${shown(lag)}: correct it`,
        ]),
    ...unreached(
      namespace,
      placed.map((each) => each.locationName),
      site,
    ).map(
      (region) =>
        `has no private endpoint in ${region}, where a network stands: make one, or nobody there finds the messages once they lead there`,
    ),
  ];
}

/** Regions of copies in which services may be, and from whose networks the messages are not reached. */
function unreached(
  namespace: Resource | undefined,
  copies: readonly (Json | undefined)[],
  site: Site,
): readonly string[] {
  const placesOf = (resources: readonly Resource[]) => resources.map(({ arguments: { location } }) => textOf(location));
  const reached = placesOf(
    resourcesOf(site, 'azurerm_private_endpoint').filter((endpoint) => {
      const [connection] = listOf(endpoint.arguments.private_service_connection).map(objectOf);
      return namedBy(endpoint, connection?.private_connection_resource_id, site) === namespace;
    }),
  );
  const networks = placesOf(resourcesOf(site, 'azurerm_virtual_network'));
  return [...new Set(networks)].flatMap((region) =>
    region !== undefined && copies.includes(region) && !reached.includes(region) ? [region] : [],
  );
}
