import { isList, listOf, numberOf, objectOf, stringsOf, textOf } from '../../../../lib/review/json';
import type { Json, JsonObject } from '../../../../lib/review/json';
import type { Block } from '../graph';
import { reference } from '../graph';
import { containersOf, environmentOf, properties, type Site } from '../site';

/** How a request gets from the edge to a container, hop by hop, as the templates have it. */
export interface Hops {
  /** Paths that the gateway matches, as regular expressions. */
  readonly paths: readonly string[];
  readonly methods: readonly string[];
  readonly plugins: Readonly<Record<string, JsonObject>>;
  /** Where the gateway sends it. */
  readonly upstream: URL;
  /** Paths of the load balancers to which the upstream's name leads, inside the network. */
  readonly balancers: readonly string[];
  /** Rules of the listener on the upstream's port that match the upstream's host. */
  readonly rules: readonly Block[];
  /** Target groups to which the rule forwards. */
  readonly groups: readonly Block[];
  /** ECS services that fill the groups: which container, which port. */
  readonly targets: readonly { readonly service: Block; readonly container: string; readonly port: number }[];
}

/** The document that Kong reads, out of the gateway's task definition. */
export function kongDocument(site: Site): JsonObject {
  const gateway = site.at('Cluster/Gateway/Service/Service');
  const task = site.behind(properties(gateway).TaskDefinition, 'AWS::ECS::TaskDefinition');
  return JSON.parse(environmentOf(site.container(task, 'kong')).GATEWAY_DOCUMENT ?? '') as JsonObject;
}

/** Follows the request for a path; fails if the gateway has no route or several for it. */
export function follow(site: Site, path: string, method: string): Hops {
  const matching = listOf(kongDocument(site).services)
    .map(objectOf)
    .flatMap((service) =>
      listOf(service.routes)
        .map(objectOf)
        .filter((route) => matches(route, path, method))
        .map((route) => ({ service, route, priority: numberOf(route.regex_priority) ?? 0 })),
    )
    .sort((a, b) => b.priority - a.priority);
  const [best, next] = matching;
  if (best === undefined) throw new Error(`the gateway has no route for ${method} ${path}`);
  if (next?.priority === best.priority) throw new Error(`the gateway has two routes for ${method} ${path}`);
  const upstream = new URL(textOf(best.service.url) ?? '');
  const rules = rulesFor(site, upstream);
  const groups = rules.flatMap((rule) => groupsOf(site, rule));
  return {
    paths: stringsOf(best.route.paths),
    methods: stringsOf(best.route.methods),
    plugins: Object.fromEntries(
      listOf(best.route.plugins)
        .map(objectOf)
        .map((plugin) => [textOf(plugin.name) ?? '', objectOf(plugin.config)]),
    ),
    upstream,
    balancers: balancersFor(site, upstream.hostname),
    rules,
    groups,
    targets: groups.flatMap((group) => targetsOf(site, group)),
  };
}

function matches(route: JsonObject, path: string, method: string): boolean {
  const patterns = stringsOf(route.paths).map((each) => new RegExp(`^${each.replace(/^~/, '')}`));
  return stringsOf(route.methods).includes(method) && patterns.some((pattern) => pattern.test(path));
}

/** The load balancers to which a name leads in the private zones of the VPC. */
function balancersFor(site: Site, host: string): readonly string[] {
  return site.world.ofType('AWS::Route53::RecordSet').flatMap((record) => {
    const { AliasTarget, HostedZoneId, Name } = properties(record);
    const zone = site.world.ofType('AWS::Route53::HostedZone').find(({ path }) => HostedZoneId === reference(path));
    if (zone === undefined || properties(zone).VPCs === undefined) return [];
    const pattern = (textOf(Name) ?? '').replace(/\.$/, '').replaceAll('.', '\\.').replace('*', '[^.]+');
    if (!new RegExp(`^${pattern}$`).test(host)) return [];
    const target = /^dualstack\.(\$\{[^}]+\})$/.exec(textOf(objectOf(AliasTarget).DNSName) ?? '')?.[1];
    return [site.behind(target, 'AWS::ElasticLoadBalancingV2::LoadBalancer').path];
  });
}

/** The rules of the listeners on a port that match a host. */
function rulesFor(site: Site, { hostname, port }: URL): readonly Block[] {
  return site.world.ofType('AWS::ElasticLoadBalancingV2::ListenerRule').filter((rule) => {
    const listener = site.behind(properties(rule).ListenerArn, 'AWS::ElasticLoadBalancingV2::Listener');
    return (
      `${numberOf(properties(listener).Port)}` === (port === '' ? '443' : port) && hostsOf(rule).includes(hostname)
    );
  });
}

export const hostsOf = (rule: Block): readonly string[] =>
  listOf(properties(rule).Conditions).flatMap((condition) =>
    stringsOf(objectOf(objectOf(condition).HostHeaderConfig).Values),
  );

/** The target groups of a rule. */
const groupsOf = (site: Site, rule: Block): readonly Block[] =>
  listOf(properties(rule).Actions)
    .map(objectOf)
    .flatMap(({ ForwardConfig, TargetGroupArn }) => [
      ...(TargetGroupArn === undefined ? [] : [TargetGroupArn]),
      ...listOf(objectOf(ForwardConfig).TargetGroups).map((group) => objectOf(group).TargetGroupArn ?? null),
    ])
    .map((group) => site.behind(group, 'AWS::ElasticLoadBalancingV2::TargetGroup'));

/** The ECS services that put their tasks into a target group, now or during a release. */
function targetsOf(site: Site, group: Block): Hops['targets'] {
  return site.world.ofType('AWS::ECS::Service').flatMap((service) =>
    listOf(properties(service).LoadBalancers)
      .map(objectOf)
      .filter(({ AdvancedConfiguration, TargetGroupArn }) =>
        [TargetGroupArn, objectOf(AdvancedConfiguration).AlternateTargetGroupArn].includes(reference(group.path)),
      )
      .map(({ ContainerName, ContainerPort }) => ({
        service,
        container: textOf(ContainerName) ?? '',
        port: numberOf(ContainerPort) ?? 0,
      })),
  );
}

/** Whether a container of a task listens on a port. */
export function listens(site: Site, service: Block, container: string, port: number): boolean {
  const task = site.behind(properties(service).TaskDefinition, 'AWS::ECS::TaskDefinition');
  const mappings: readonly Json[] = listOf(containersOf(task).find(({ Name }) => Name === container)?.PortMappings);
  return mappings.map(objectOf).some(({ ContainerPort }) => numberOf(ContainerPort) === port);
}

/** Names under which others call a service, with the port at which its proxy takes the calls. */
export function calledAs(service: Block): readonly { readonly url: string; readonly proxyPort: number | undefined }[] {
  const { Enabled, Services } = objectOf(properties(service).ServiceConnectConfiguration);
  if (Enabled !== true || !isList(Services)) return [];
  return Services.map(objectOf).flatMap(({ ClientAliases, IngressPortOverride }) =>
    listOf(ClientAliases)
      .map(objectOf)
      .map(({ DnsName, Port }) => ({
        url: `http://${textOf(DnsName)}:${numberOf(Port)}`,
        proxyPort: numberOf(IngressPortOverride),
      })),
  );
}
