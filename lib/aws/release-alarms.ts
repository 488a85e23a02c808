import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { Rollback } from '../platform/nouns/release';
import { alarmPeriod, type Alarms } from './alarms';

export interface ReleaseAlarmsProps {
  /** Beginning of the alarms' names. ECS knows them by name, because a reference would be a cycle. */
  readonly prefix: string;
  readonly service: string;
  readonly rollback: Rollback;
  readonly loadBalancerFullName: string;
  /** The target groups between which releases move, one or two. */
  readonly groups: readonly elb.ApplicationTargetGroup[];
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
 */
export function releaseAlarms(scope: Construct, props: ReleaseAlarmsProps): readonly cloudwatch.Alarm[] {
  const { alarms, prefix, rollback, service } = props;
  const names = releaseAlarmNames(prefix);
  const shared = { runbook: 'release', periods: 3, periodsToAlarm: 2 };
  return [
    alarms.raise(scope, 'ReleaseErrors', {
      ...shared,
      name: names.errors,
      description: `More than ${rollback.errorPercent}% of the requests to one version of ${service} fail.`,
      metric: worst(props, 'errors', errorPercent),
      threshold: rollback.errorPercent,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    }),
    alarms.raise(scope, 'ReleaseLatency', {
      ...shared,
      name: names.latency,
      description: `One version of ${service} answers slower than ${rollback.p95Milliseconds} ms at the 95th percentile.`,
      metric: worst(props, 'latency', latencyMilliseconds),
      threshold: rollback.p95Milliseconds,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    }),
  ];
}

interface Group {
  readonly index: number;
  readonly minimumRequests: number;
  readonly metric: (name: string, statistic: string) => cloudwatch.IMetric;
}

type GroupFigure = (group: Group) => {
  readonly expression: string;
  readonly metrics: Record<string, cloudwatch.IMetric>;
};

const errorPercent: GroupFigure = ({ index, minimumRequests, metric }) => ({
  expression: `IF(FILL(requests${index},0)>=${minimumRequests},100*FILL(failures${index},0)/requests${index},0)`,
  metrics: {
    [`requests${index}`]: metric('RequestCount', 'Sum'),
    [`failures${index}`]: metric('HTTPCode_Target_5XX_Count', 'Sum'),
  },
});

const latencyMilliseconds: GroupFigure = ({ index, minimumRequests, metric }) => ({
  expression: `IF(FILL(requests${index},0)>=${minimumRequests},1000*FILL(seconds${index},0),0)`,
  metrics: {
    [`requests${index}`]: metric('RequestCount', 'Sum'),
    [`seconds${index}`]: metric('TargetResponseTime', 'p95'),
  },
});

function worst({ groups, loadBalancerFullName, rollback }: ReleaseAlarmsProps, label: string, figure: GroupFigure) {
  const figures = groups.map((group, index) => {
    const dimensionsMap = { LoadBalancer: loadBalancerFullName, TargetGroup: group.targetGroupFullName };
    const metric = (metricName: string, statistic: string) =>
      new cloudwatch.Metric({
        namespace: 'AWS/ApplicationELB',
        metricName,
        statistic,
        dimensionsMap,
        period: alarmPeriod,
      });
    const { expression, metrics } = figure({ index, minimumRequests: rollback.minimumRequests, metric });
    return new cloudwatch.MathExpression({
      expression,
      usingMetrics: metrics,
      label: `${label} of group ${index}`,
      period: Duration.minutes(1),
    });
  });
  const [only] = figures;
  if (figures.length === 1 && only !== undefined) return only;
  const names = figures.map((_, index) => `${label}${index}`);
  return new cloudwatch.MathExpression({
    expression: `MAX([${names.join(',')}])`,
    usingMetrics: Object.fromEntries(figures.map((expression, index) => [`${label}${index}`, expression])),
    label: `${label} of the worse version`,
    period: alarmPeriod,
  });
}
