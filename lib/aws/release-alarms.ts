import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Rollback } from '../platform/nouns/release';
import { alarmPeriod, type Alarms } from './alarms';

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
      description: `More than ${rollback.errorPercent}% of the requests to one version of ${service} fail.`,
      metric: worst(groups, errorPercent(rollback)),
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

/** The figure of the worse group. */
function worst(groups: readonly GroupDimensions[], { expression, label, reads }: Figure): cloudwatch.MathExpression {
  const figures = groups.map((dimensionsMap, index) => {
    const id = (word: string) => `${word}${index}`;
    return new cloudwatch.MathExpression({
      expression: expression(id),
      usingMetrics: Object.fromEntries(
        Object.entries(reads).map(([word, [metricName, statistic]]) => [
          id(word),
          new cloudwatch.Metric({
            namespace: 'AWS/ApplicationELB',
            metricName,
            statistic,
            dimensionsMap,
            period: alarmPeriod,
          }),
        ]),
      ),
      label: `${label} of group ${index}`,
      period: alarmPeriod,
    });
  });
  return new cloudwatch.MathExpression({
    expression: `MAX([${figures.map((_, index) => `${label}${index}`).join(',')}])`,
    usingMetrics: Object.fromEntries(figures.map((figure, index) => [`${label}${index}`, figure])),
    label: `${label} of the worse version`,
    period: alarmPeriod,
  });
}
