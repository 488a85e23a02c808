import { isObject, listOf, objectOf, shown, stringsOf, textOf, type Json, type JsonObject } from '../json';
import { oncePer } from '../../platform/once';
import { referent } from '../aws/references';
import { resourcesOf, type Assembly, type Resource, type Stack } from '../aws/stack';
import { GATEWAY, SERVICE_NAME, sorted, type Contract } from './contract';

/** Contracts of all services that the task definitions of an assembly describe. */
export const awsContracts = (assembly: Assembly): readonly Contract[] => {
  const callers = callersIn(assembly);
  return assembly.stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::ECS::Service').flatMap((resource) => {
      const contract = contractOf(stack, resource);
      return contract === undefined ? [] : [{ ...contract, callers: sorted(callers.get(contract.service) ?? []) }];
    }),
  );
};

function contractOf(stack: Stack, { logicalId, properties }: Resource): Omit<Contract, 'callers'> | undefined {
  const task = stack.resources.find((each) => each.logicalId === textOf(objectOf(properties.TaskDefinition).Ref));
  const containers = listOf(task?.properties.ContainerDefinitions).filter(isObject);
  for (const container of containers) {
    const variables = variablesOf(container);
    const service = variables.get(SERVICE_NAME);
    if (service === undefined) continue;
    return {
      service,
      at: `cdk.out ${stack.name}: ${task?.logicalId ?? logicalId}`,
      variables,
      secrets: sorted(namesOf(container.Secrets)),
      ports: sorted(
        listOf(container.PortMappings).map((each) => shownPort(objectOf(each).ContainerPort, objectOf(each).Protocol)),
      ),
      live: pathname(stringsOf(objectOf(container.HealthCheck).Command).at(-1) ?? ''),
      ready:
        textOf(resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup')[0]?.properties.HealthCheckPath) ?? '',
    };
  }
  return undefined;
}

const variablesOf = ({ Environment }: JsonObject): ReadonlyMap<string, string | undefined> =>
  new Map(
    listOf(Environment)
      .map(objectOf)
      .map(({ Name, Value }) => [textOf(Name) ?? '', textOf(Value)]),
  );

const namesOf = (entries: Json | undefined): readonly string[] =>
  listOf(entries).map((each) => textOf(objectOf(each).Name) ?? '');

const shownPort = (port: Json | undefined, protocol: Json | undefined): string =>
  `${(textOf(protocol) ?? 'tcp').toUpperCase()} ${shown(port)}`;

const pathname = (url: string): string => /^https?:\/\/[^/]+(\/.*)$/.exec(url)?.[1] ?? '';

/** How a security group of somebody is told by its construct's path. */
const OWNERS: readonly (readonly [path: RegExp, owner: (name: string) => string])[] = [
  [/\/Cluster\/(\w+)Service\/Resource$/, (name) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()],
  [/\/(Balancer)\/SecurityGroup\//, () => BALANCER],
  [/\/(Gateway)\/SecurityGroup\//, () => GATEWAY],
];
const BALANCER = 'balancer';

/** Who may call whom, as both ends of the network say. The gateway calls through the load balancer. */
const callersIn = oncePer((assembly: Assembly): ReadonlyMap<string, readonly string[]> => {
  const ends = (type: string, peer: string): ReadonlySet<string> =>
    new Set(
      assembly.stacks.flatMap((stack) =>
        resourcesOf(stack, type).flatMap(({ properties }) => {
          const [own, other] = [properties.GroupId, properties[peer]].map((value) => ownerOf(value, stack, assembly));
          if (own === undefined || other === undefined) return [];
          const [from, to] = type.endsWith('Egress') ? [own, other] : [other, own];
          return [`${from} ${to} ${shown(properties.FromPort)}`];
        }),
      ),
    );
  const egress = ends('AWS::EC2::SecurityGroupEgress', 'DestinationSecurityGroupId');
  const ways = [...ends('AWS::EC2::SecurityGroupIngress', 'SourceSecurityGroupId')]
    .filter((way) => egress.has(way))
    .map((way) => way.split(' '));
  const reached = ways.some(([from, to]) => from === GATEWAY && to === BALANCER);
  const callers = new Map<string, readonly string[]>();
  for (const [from = '', to = ''] of ways) {
    if (from === BALANCER && !reached) continue;
    callers.set(to, [...(callers.get(to) ?? []), from === BALANCER ? GATEWAY : from]);
  }
  return callers;
});

function ownerOf(group: Json | undefined, stack: Stack, assembly: Assembly): string | undefined {
  const path = referent(group, stack, assembly)?.resource.path;
  if (path === undefined) return undefined;
  for (const [pattern, owner] of OWNERS) {
    const [, name] = pattern.exec(path) ?? [];
    if (name !== undefined) return owner(name);
  }
  return undefined;
}
