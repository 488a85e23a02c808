import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Rollback } from '../platform/nouns/release';
import { alarmPeriod, type AlarmProps, type Alarms } from './alarms';

/** Metric dimensions of one target group. */
export type GroupDimensions = Readonly<Record<'LoadBalancer' | 'TargetGroup', string>>;

/** Target groups, and what they may show before a release is taken back. */
export interface ReleaseAlarmsProps {
  /** Beginning of the alarms' names. ECS knows them by name, because a reference would be a cycle. */
  readonly prefix: string;
  readonly service: string;
  readonly rollback: Rollback;
  /** The target groups between which releases move, one or two. */
  readonly groups: readonly GroupDimensions[];
  readonly alarms: Alarms;
}

/** Names of the alarms that take a release back. */
export const releaseAlarmNames = (prefix: string) => ({
  errors: `${prefix}-release-errors`,
  latency: `${prefix}-release-latency`,
});

/**
 * The alarms that take a release back. Each looks at every target group apart and takes the worse: in a sum, the few
 * requests of a canary would drown in the many of the stable version. A group with too few requests counts as well.
 *
 * Two minutes of three are enough, and no more may be asked for: the newest minute has no data yet, and where an
 * expression fills the gap with a zero, three of three never happens.
 */
export function releaseAlarms(scope: Construct, props: ReleaseAlarmsProps): readonly cloudwatch.Alarm[] {
  const { alarms, groups, prefix, rollback, service } = props;
  const names = releaseAlarmNames(prefix);
  const shared = {
    runbook: 'release',
    periods: 3,
    periodsToAlarm: 2,
    comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  };
  return [
    alarms.raise(scope, 'ReleaseErrors', {
      ...shared,
      name: names.errors,
      ...errorsOf(service, rollback, groups),
      threshold: rollback.errorPercent,
    }),
    alarms.raise(scope, 'ReleaseLatency', {
      ...shared,
      name: names.latency,
      description: `One version of ${service} answers slower than ${rollback.p95Milliseconds} ms at the 95th percentile.`,
      metric: worst(groups, latencyMilliseconds(rollback)),
      threshold: rollback.p95Milliseconds,
    }),
  ];
}

/** A figure of one target group: what is read, and what is computed from it. */
interface Figure {
  readonly label: string;
  /** Metric and statistic by the word that stands for them in the expression. */
  readonly reads: Readonly<Record<string, readonly [metricName: string, statistic: string]>>;
  /** The expression, given the id under which a word is read. */
  readonly expression: (id: (word: string) => string) => string;
}

/** Share of requests that the process answered with 5xx, or that found no process to answer, in percent. */
export const errorPercent = ({ minimumRequests }: Pick<Rollback, 'minimumRequests'>): Figure => ({
  label: 'errors',
  reads: {
    requests: ['RequestCount', 'Sum'],
    failures: ['HTTPCode_Target_5XX_Count', 'Sum'],
    refused: ['TargetConnectionErrorCount', 'Sum'],
  },
  expression: (id) =>
    `IF(FILL(${id('requests')},0)>=${minimumRequests},` +
    `100*(FILL(${id('failures')},0)+FILL(${id('refused')},0))/FILL(${id('requests')},1),0)`,
});

/** 95th percentile of the response time, in milliseconds; the load balancer measures seconds. */
export const latencyMilliseconds = ({ minimumRequests }: Pick<Rollback, 'minimumRequests'>): Figure => ({
  label: 'latency',
  reads: { requests: ['RequestCount', 'Sum'], seconds: ['TargetResponseTime', 'p95'] },
  expression: (id) => `IF(FILL(${id('requests')},0)>=${minimumRequests},1000*FILL(${id('seconds')},0),0)`,
});

/** What is looked at in errors, and what the person is told who is called. */
function errorsOf(
  service: string,
  rollback: Rollback,
  groups: readonly GroupDimensions[],
): Pick<AlarmProps, 'description' | 'metric'> {
  if (rollback.errorsAbove === 'nothing' || groups.length < 2) {
    return {
      description: `More than ${rollback.errorPercent}% of the requests to one version of ${service} fail.`,
      metric: worst(groups, errorPercent(rollback)),
    };
  }
  return {
    description:
      `Of the requests to the new version of ${service}, ${rollback.errorPercent}% more fail than of those to the stable one; ` +
      'or as many of all, while only one has requests.',
    metric: aboveStable(groups, rollback),
  };
}

/**
 * How many percentage points more of the requests to the new version fail. Of two versions with enough requests the new
 * one is that with fewer: ECS begins with the canary's share and then moves everything. While one alone has enough, before
 * and after, there is nothing to compare, and its own share counts; one without enough has a share of 0.
 */
function aboveStable(groups: readonly GroupDimensions[], rollback: Rollback): cloudwatch.MathExpression {
  const figure = errorPercent(rollback);
  const figures = figuresOf(groups, figure);
  const [first, second] = ['errors0', 'errors1'];
  const [one, other] = ['FILL(requests0,0)', 'FILL(requests1,0)'];
  const newer = `IF(${other}>${one},${first}-${second},${second}-${first})`;
  const alone = `MAX([${first},${second}])`;
  return new cloudwatch.MathExpression({
    expression: `IF(${one}>=${rollback.minimumRequests},IF(${other}>=${rollback.minimumRequests},${newer},${alone}),${alone})`,
    usingMetrics: Object.fromEntries(
      [figures, ...groups.map((dimensions, index) => readsOf(dimensions, index, counted))].flatMap((read) =>
        Object.entries(read),
      ),
    ),
    label: 'errors of the new version above the stable one',
    period: alarmPeriod,
  });
}

const counted = { requests: ['RequestCount', 'Sum'] } as const;

/** Metrics of one group, under the ids by which expressions find them: `requests0`. */
const readsOf = (
  dimensionsMap: GroupDimensions,
  index: number,
  reads: Figure['reads'],
): Readonly<Record<string, cloudwatch.Metric>> =>
  Object.fromEntries(
    Object.entries(reads).map(([word, [metricName, statistic]]) => [
      `${word}${index}`,
      new cloudwatch.Metric({
        namespace: 'AWS/ApplicationELB',
        metricName,
        statistic,
        dimensionsMap,
        period: alarmPeriod,
      }),
    ]),
  );

/** The figure of the worse group. */
function worst(groups: readonly GroupDimensions[], figure: Figure): cloudwatch.MathExpression {
  const figures = figuresOf(groups, figure);
  return new cloudwatch.MathExpression({
    expression: `MAX([${Object.keys(figures).join(',')}])`,
    usingMetrics: figures,
    label: `${figure.label} of the worse version`,
    period: alarmPeriod,
  });
}

/** A figure of each group, under the id by which an expression finds it: `errors0`, `errors1`. */
function figuresOf(
  groups: readonly GroupDimensions[],
  { expression, label, reads }: Figure,
): Readonly<Record<string, cloudwatch.MathExpression>> {
  return Object.fromEntries(
    groups.map((dimensions, index) => [
      `${label}${index}`,
      new cloudwatch.MathExpression({
        expression: expression((word) => `${word}${index}`),
        usingMetrics: readsOf(dimensions, index, reads),
        label: `${label} of group ${index}`,
        period: alarmPeriod,
      }),
    ]),
  );
}
