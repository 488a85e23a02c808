import { Duration } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Goals } from '../platform/nouns/goals';
import type { Alarms } from './alarms';
import { errorThreshold } from './gateway-alarms';

export interface EdgeAlarmsProps {
  readonly distribution: cloudfront.Distribution;
  readonly goals: Pick<Goals, 'errorPercent' | 'cacheHitPercent'>;
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
  if (goals.cacheHitPercent === undefined) return;
  alarms.raise(scope, 'CacheHits', {
    runbook: 'edge',
    description: `The edge answers less than ${goals.cacheHitPercent}% of the requests from its cache.`,
    metric: distribution.metricCacheHitRate({ period: Duration.hours(1), statistic: 'Average' }),
    threshold: goals.cacheHitPercent,
    comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: 6,
  });
}
