import { Duration } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Goals } from '../platform/nouns/goals';
import type { Alarms } from './alarms';
import { errorThreshold } from './gateway-alarms';

/** Share of requests that the edge answers by itself, in percent. Source: the requirements of RetailFlow. */
export const cacheHitGoalPercent = 92;

export interface EdgeAlarmsProps {
  readonly distribution: cloudfront.Distribution;
  readonly goals: Pick<Goals, 'errorPercent'>;
  readonly alarms: Alarms;
}

/** The alarms of a distribution; its metrics are in us-east-1, and so must its alarms be. */
export function edgeAlarms(scope: Construct, { alarms, distribution, goals }: EdgeAlarmsProps): void {
  alarms.raise(scope, 'Errors', {
    runbook: 'edge',
    description: `More than ${errorThreshold(goals)}% of the requests at the edge fail.`,
    metric: distribution.metric5xxErrorRate({ period: Duration.minutes(1), statistic: 'Average' }),
    threshold: errorThreshold(goals),
    comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    periods: 5,
    periodsToAlarm: 3,
  });
  alarms.raise(scope, 'CacheHits', {
    runbook: 'edge',
    description: `The edge answers less than ${cacheHitGoalPercent}% of the requests from its cache.`,
    metric: distribution.metricCacheHitRate({ period: Duration.hours(1), statistic: 'Average' }),
    threshold: cacheHitGoalPercent,
    comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: 6,
  });
}
