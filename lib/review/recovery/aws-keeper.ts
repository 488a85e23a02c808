import { entriesOf, isObject, listOf, numberOf, objectOf, textOf, type Json } from '../json';
import { oncePer } from '../../platform/once';
import { referent, type Referent } from '../aws/references';
import { resourcesOf, type Assembly, type Resource, type Stack } from '../aws/stack';
import type { DatabasePair } from './databases';
import { isUntold, keeperVariables, userIn } from './data/keeper';
import type { AwsOutputs, Outputs } from './outputs';
import type { Kept, KeeperTold } from './kept';

/** A keeper as tasks of AWS. */
interface AwsKeeper extends KeeperTold {
  readonly stack: Stack;
  readonly service: Resource;
  readonly task: Resource;
  readonly variables: readonly (readonly [name: string, value: Json | undefined])[];
}

/** Every keeper among the services of an assembly: whoever is told of a latch. */
export const awsKeepers = oncePer(({ stacks }: Assembly): readonly AwsKeeper[] =>
  stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::ECS::Service').flatMap((service) => {
      const task = stack.resources.find(
        ({ logicalId }) => logicalId === textOf(objectOf(service.properties.TaskDefinition).Ref),
      );
      const variables = listOf(task?.properties.ContainerDefinitions)
        .flatMap((container) => listOf(objectOf(container).Environment))
        .filter(isObject)
        .map(({ Name, Value }) => [textOf(Name) ?? '', Value] as const);
      const valueOf = (name: string) => textOf(variables.find(([each]) => each === name)?.[1]);
      const latch = valueOf(keeperVariables.latch);
      if (task === undefined || latch === undefined) return [];
      const lease = Number(valueOf(keeperVariables.lease));
      return [
        {
          at: `cdk.out ${stack.name}: ${task.logicalId}`,
          latch,
          leaseSeconds: Number.isInteger(lease) ? lease : undefined,
          untold: isUntold(JSON.stringify(task.properties.ContainerDefinitions ?? '')),
          stack,
          service,
          task,
          variables,
        },
      ];
    }),
  ),
);

/** Everything that a value names, wherever in it. */
const namedIn = (value: Json | undefined, stack: Stack, assembly: Assembly): readonly Referent[] =>
  value === undefined ? [] : entriesOf(value).flatMap((entry) => referent(entry.value, stack, assembly) ?? []);

/** The keeper that is told where writes of the primary's database go. */
export const awsKeeperOf = ({ primary: { server } }: DatabasePair, assembly: Assembly): AwsKeeper | undefined =>
  awsKeepers(assembly).find(
    ({ service, stack, variables }) =>
      (numberOf(service.properties.DesiredCount) ?? 0) > 0 &&
      variables.some(([, value]) =>
        namedIn(value, stack, assembly).some(
          ({ attribute, resource }) => resource === server && attribute === 'Endpoint.Address',
        ),
      ),
  );

/** What keeps the primary's database: who is told of it, may log in, gets there, and whose silence calls people. */
export function awsKeeping(pair: DatabasePair, { primary: { assembly: aws } }: Outputs<AwsOutputs>): readonly Kept[] {
  const { name } = pair;
  const keeper = awsKeeperOf(pair, aws);
  const piece = (way: string, find: (of: AwsKeeper) => string | undefined, by: string): Kept => ({
    way,
    found: keeper && find(keeper),
    by,
  });
  return [
    piece(
      `a keeper is told the writer of databases.${name} on the primary`,
      ({ at }) => at,
      'run one beside the database, with KEEPER_LATCH and the endpoint of the server',
    ),
    piece(
      `the keeper may log in to databases.${name} on the primary`,
      (of) => loginOf(pair, of, aws),
      'allow its role rds-db:connect as its user, on the id of the server alone',
    ),
    piece(
      `the keeper gets to databases.${name} on the primary`,
      (of) => wayTo(pair, of, aws),
      'let its security group out to that of the server, and in there, at the port of the server',
    ),
    piece(
      `the keeper of databases.${name} on the primary gets to the latch`,
      (of) => wayOut(of, aws),
      'let its security group out to the internet at port 443',
    ),
    piece(
      `silence of the keeper of databases.${name} on the primary calls people before the right to write has ended`,
      (of) => silenceOf(name, of, aws),
      'count its turns in its logs, and raise an alarm with an action that takes missing data for breaching',
    ),
  ];
}

const place = (stack: Stack, { logicalId }: Resource): string => `cdk.out ${stack.name}: ${logicalId}`;

const everywhere = ({ stacks }: Assembly, type: string): readonly { stack: Stack; resource: Resource }[] =>
  stacks.flatMap((stack) => resourcesOf(stack, type).map((resource) => ({ stack, resource })));

function loginOf({ primary: { server } }: DatabasePair, { stack, task, variables }: AwsKeeper, assembly: Assembly) {
  const role = referent(task.properties.TaskRoleArn, stack, assembly)?.resource;
  const user = variables.map(([, value]) => userIn(JSON.stringify(value ?? ''))).find((each) => each !== undefined);
  const found = everywhere(assembly, 'AWS::IAM::ManagedPolicy').find(
    ({ resource: { properties }, stack: of }) =>
      namedIn(properties.Roles, of, assembly).some(({ resource }) => resource === role) &&
      listOf(objectOf(properties.PolicyDocument).Statement)
        .map(objectOf)
        .some(
          ({ Action, Effect, Resource: allowed }) =>
            Effect === 'Allow' &&
            listOf(Action).includes('rds-db:connect') &&
            listOf(allowed).some(
              (one) =>
                JSON.stringify(one).includes(`/${user ?? ''}"`) &&
                namedIn(one, of, assembly).some(
                  ({ attribute, resource }) =>
                    resource === server && (attribute === 'DBClusterResourceId' || attribute === 'DbiResourceId'),
                ),
            ),
        ),
  );
  return found && place(found.stack, found.resource);
}

/** Security groups of a keeper's tasks. */
const groupsOf = ({ service, stack }: AwsKeeper, assembly: Assembly): readonly Resource[] =>
  namedIn(
    objectOf(objectOf(service.properties.NetworkConfiguration).AwsvpcConfiguration).SecurityGroups,
    stack,
    assembly,
  ).map(({ resource }) => resource);

const opens = ({ FromPort, ToPort }: Resource['properties'], port: number): boolean =>
  (numberOf(FromPort) ?? NaN) <= port && port <= (numberOf(ToPort) ?? NaN);

function wayTo({ primary: { server, stack } }: DatabasePair, keeper: AwsKeeper, assembly: Assembly) {
  const port = numberOf(server.properties.Port) ?? 5432;
  const [own, others] = [
    groupsOf(keeper, assembly),
    namedIn(server.properties.VpcSecurityGroupIds ?? server.properties.VPCSecurityGroups, stack, assembly).map(
      ({ resource }) => resource,
    ),
  ];
  const rule = (
    type: string,
    ends: readonly [at: string, from: readonly Resource[], peer: string, to: readonly Resource[]],
  ) => {
    const [at, from, peer, to] = ends;
    return everywhere(assembly, type).find(({ resource: { properties }, stack: of }) => {
      const [one, other] = [properties[at], properties[peer]].map((value) => referent(value, of, assembly)?.resource);
      return (
        one !== undefined && other !== undefined && from.includes(one) && to.includes(other) && opens(properties, port)
      );
    });
  };
  const out = rule('AWS::EC2::SecurityGroupEgress', ['GroupId', own, 'DestinationSecurityGroupId', others]);
  const into = rule('AWS::EC2::SecurityGroupIngress', ['GroupId', others, 'SourceSecurityGroupId', own]);
  return out && into && `${place(out.stack, out.resource)}; ${place(into.stack, into.resource)}`;
}

function wayOut(keeper: AwsKeeper, assembly: Assembly) {
  const own = groupsOf(keeper, assembly);
  const found = everywhere(assembly, 'AWS::EC2::SecurityGroupEgress').find(({ resource: { properties }, stack }) => {
    const group = referent(properties.GroupId, stack, assembly)?.resource;
    return group !== undefined && own.includes(group) && properties.CidrIp === '0.0.0.0/0' && opens(properties, 443);
  });
  return found && place(found.stack, found.resource);
}

/** The alarm on what a filter counts in the keeper's own logs, one database by itself. */
function silenceOf(name: string, { leaseSeconds = 0, stack, task }: AwsKeeper, assembly: Assembly) {
  const logs = namedIn(task.properties.ContainerDefinitions, stack, assembly)
    .map(({ resource }) => resource)
    .filter(({ type }) => type === 'AWS::Logs::LogGroup');
  const counted = resourcesOf(stack, 'AWS::Logs::MetricFilter').flatMap(({ properties }) => {
    const group = referent(properties.LogGroupName, stack, assembly)?.resource;
    return group !== undefined && logs.includes(group)
      ? listOf(properties.MetricTransformations).map((each) =>
          metricOf(objectOf(each).MetricNamespace, objectOf(each).MetricName),
        )
      : [];
  });
  const alarm = resourcesOf(stack, 'AWS::CloudWatch::Alarm').find(
    ({
      properties: { AlarmActions, Dimensions, EvaluationPeriods, MetricName, Namespace, Period, TreatMissingData },
    }) =>
      counted.includes(metricOf(Namespace, MetricName)) &&
      listOf(Dimensions).some((each) => objectOf(each).Value === name) &&
      listOf(AlarmActions).length > 0 &&
      TreatMissingData === 'breaching' &&
      (numberOf(Period) ?? Infinity) * (numberOf(EvaluationPeriods) ?? Infinity) < leaseSeconds,
  );
  return alarm && place(stack, alarm);
}

const metricOf = (namespace: Json | undefined, name: Json | undefined): string =>
  JSON.stringify([namespace ?? '', name ?? '']);
