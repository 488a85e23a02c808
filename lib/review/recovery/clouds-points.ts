import type { Platform } from '../../platform/platform';
import { leaseSeconds } from '../../platform/sql/keeper';
import { entriesOf, listOf, numberOf } from '../json';
import { resourcesOf, type Assembly, type Resource, type Stack } from '../aws/stack';
import type { Cluster } from '../kubernetes/cluster';
import { measured } from './data/figures';
import { databasePairs } from './databases';
import type { AwsOutputs, Outputs } from './outputs';
import type { Pairing } from './pairing';
import { sumOf, type Part } from './part';
import type { Point } from './point';
import { waiversOf } from './waivers';

/** What may be lost between two clouds. */
export const cloudPoints = (
  outputs: Outputs<AwsOutputs>,
  platform: Platform,
  pairings: readonly Pairing[],
): readonly Point[] => [
  ...databasePairs(outputs).map(({ name }) => databasePoint(name, outputs.primary.assembly, platform)),
  ...messagePoint(outputs.recovery.clusters, pairings),
  objectPoint(outputs.primary.assembly, platform),
];

/** How far a database is behind, which an alarm watches. */
function databasePoint(name: string, { stacks }: Assembly, { goals }: Platform): Point {
  const goalMinutes = goals.recovery?.databasePointMinutes ?? 0;
  const [alarm] = stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::CloudWatch::Alarm')
      .filter(
        ({ properties }) =>
          JSON.stringify(properties.Metrics ?? '').includes('"OldestReplicationSlotLag"') &&
          listOf(properties.AlarmActions).length > 0,
      )
      .map(({ logicalId, properties }) => ({
        at: `cdk.out ${stack.name}: ${logicalId}`,
        threshold: numberOf(properties.Threshold) ?? Infinity,
        periods: numberOf(properties.EvaluationPeriods) ?? Infinity,
      })),
  );
  return {
    data: `databases.${name}`,
    sum: sumOf([{ part: 'replication is behind', ...measured.databasePoint }], goalMinutes),
    because:
      alarm === undefined
        ? 'nothing calls people when it is further behind'
        : `people are called after ${alarm.periods} min of more than ${alarm.threshold} s (${alarm.at}); a primary that is cut off and that customers still reach writes on for ${leaseSeconds} s at most (lib/platform/sql/keeper.ts), which is lost beside`,
    ...(alarm === undefined || alarm.threshold > goalMinutes * 60
      ? {
          problem: `must be watched by an alarm of at most ${goalMinutes * 60} s that calls people, got ${alarm === undefined ? 'none' : `${alarm.threshold} s (${alarm.at})`}: have one`,
        }
      : {}),
  };
}

/** Messages do not cross: what services told is in their outboxes, which are tables. */
function messagePoint(clusters: readonly Cluster[], pairings: readonly Pairing[]): readonly Point[] {
  const queues = pairings.filter(({ noun, recovery }) => ['queues', 'topics'].includes(noun) && recovery !== undefined);
  if (queues.length === 0) return [];
  const [outbox] = clusters.flatMap(outboxIn);
  return [
    {
      data: 'messages',
      because:
        outbox === undefined
          ? 'what was on its way is lost'
          : `what was on its way is sent again from outboxes, which are as far behind as their database (k8s.out ${outbox})`,
      ...(outbox === undefined
        ? {
            problem: `must be kept in outboxes by migrations of the recovery site, got none: ${queues.length} queues and topics lose what was on its way`,
          }
        : {}),
    },
  ];
}

const outboxIn = ({ objects }: Cluster): readonly string[] =>
  objects
    .filter(
      ({ kind, value }) =>
        kind === 'ConfigMap' &&
        entriesOf(value).some(
          ({ value: text }) => typeof text === 'string' && /CREATE TABLE \S+\.mainstay_outbox /.test(text),
        ),
    )
    .map(({ file }) => file);

/** How long objects wait to be copied before people are called, where they are copied: what a queue of their changes is told, and who works it off. */
function objectPoint({ stacks }: Assembly, platform: Platform): Point {
  const goalMinutes = platform.goals.recovery?.objectsPointMinutes;
  const waiver = waiversOf(platform).find(({ of }) => of === 'objects');
  const queues = stacks.flatMap((stack) => copyQueues(stack).map(({ logicalId }) => ({ stack, logicalId })));
  if (queues.length === 0 || goalMinutes === undefined) {
    return {
      data: 'objects',
      because:
        queues.length > 0
          ? 'they are copied, and nobody promises how soon'
          : waiver === undefined
            ? 'nothing in cdk.out copies them'
            : `waived: ${waiver.reason}`,
      ...(goalMinutes === undefined
        ? {}
        : {
            problem: `must be copied within ${goalMinutes} min, and nothing in cdk.out copies them: copy them, or waive objects and take the goal away`,
          }),
    };
  }
  const [latest] = queues
    .flatMap(({ logicalId, stack }) => waits(stack, logicalId))
    .sort((a, b) => b.seconds - a.seconds);
  return latest === undefined
    ? {
        data: 'objects',
        because: 'nothing calls people when copies wait',
        problem: `must be watched by an alarm that calls people when copies wait, got none: have one that does within ${goalMinutes} min`,
      }
    : { data: 'objects', sum: sumOf([latest], goalMinutes), because: 'a copy that waits longer calls people' };
}

const speaksOf = ({ properties }: Resource, id: string): boolean =>
  JSON.stringify(properties).includes(JSON.stringify(id));

/** Queues that are told of changes of objects, and worked off. */
const copyQueues = (stack: Stack): readonly Resource[] =>
  resourcesOf(stack, 'AWS::SQS::Queue').filter(
    ({ logicalId }) =>
      resourcesOf(stack, 'AWS::Events::Rule').some(
        (rule) => JSON.stringify(rule.properties.EventPattern ?? '').includes('"aws.s3"') && speaksOf(rule, logicalId),
      ) && resourcesOf(stack, 'AWS::Lambda::EventSourceMapping').some((mapping) => speaksOf(mapping, logicalId)),
  );

/** After how long people are called for the oldest message of a queue. */
const waits = (stack: Stack, queue: string): readonly Part[] =>
  resourcesOf(stack, 'AWS::CloudWatch::Alarm')
    .filter(
      (alarm) =>
        alarm.properties.MetricName === 'ApproximateAgeOfOldestMessage' &&
        listOf(alarm.properties.AlarmActions).length > 0 &&
        speaksOf(alarm, queue),
    )
    .map(({ logicalId, properties: { EvaluationPeriods, Period, Threshold } }) => ({
      part: 'a copy waits before people are called',
      seconds:
        (numberOf(Threshold) ?? Infinity) + (numberOf(EvaluationPeriods) ?? Infinity) * (numberOf(Period) ?? Infinity),
      source: `cdk.out ${stack.name}: ${logicalId}`,
    }));
