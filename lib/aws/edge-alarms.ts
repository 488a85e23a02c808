import { aws_cloudwatch as cloudwatch, aws_logs as logs, Duration } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { Goals } from '../platform/nouns/goals';
import type { Edge } from '../platform/nouns/service';
import type { Alarms } from './alarms';
import { errorThreshold } from '../platform/gateway/errors';

export interface EdgeAlarmsProps {
  readonly distribution: cloudfront.Distribution;
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** Its access log. */
  readonly logGroup: logs.ILogGroup;
  readonly edge: Pick<Edge, 'apiPath' | 'site'>;
  readonly goals: Pick<Goals, 'errorPercent' | 'cacheHitPercent'>;
  readonly alarms: Alarms;
}

/** The alarms of a distribution; its metrics are in us-east-1, and so must its alarms be. */
export function edgeAlarms(scope: Construct, props: EdgeAlarmsProps): void {
  const { alarms, distribution, goals } = props;
  alarms.raise(scope, 'Errors', {
    runbook: 'edge',
    description: `More than ${errorThreshold(goals)}% of the requests at the edge fail.`,
    metric: distribution.metric5xxErrorRate({ period: Duration.minutes(1), statistic: 'Average' }),
    threshold: errorThreshold(goals),
    comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    periods: 5,
    periodsToAlarm: 3,
  });
  if (goals.cacheHitPercent !== undefined) raiseCacheHits(scope, goals.cacheHitPercent, props);
}

/** Too few requests an hour say nothing: a release renames files, and a quiet night asks for each of them once. */
const fewestRequests = 1000;

/** What CloudFront writes of a request that it answered from its cache, and of one that it had to ask the bucket for. */
const kept = ['Hit', 'RefreshHit'];
const asked = [...kept, 'Miss'];

const path = (comparison: '=' | '!=', value: string) =>
  logs.FilterPattern.stringValue('$.cs-uri-stem', comparison, value);

/** Requests for what the edge keeps: files, and pages that are the same for everybody. */
function keepable({ apiPath, site }: Pick<Edge, 'apiPath' | 'site'>): readonly logs.JsonPattern[] {
  if (site?.keepSeconds === 0) return [logs.FilterPattern.any(...site.files.map((files) => path('=', `${files}/*`)))];
  return [apiPath.replace(/\/$/, ''), ...(site?.personal ?? [])].flatMap((other) => [
    path('!=', other),
    path('!=', `${other}/*`),
  ]);
}

/**
 * Shares of the files, counted from the access log. CloudFront's own `CacheHitRate` knows no paths: it counts every GET of
 * the API too, of which the edge keeps nothing, so it measures how customers mix the two and not how well files are kept.
 */
function raiseCacheHits(scope: Construct, percent: number, { alarms, edge, logGroup, prefix }: EdgeAlarmsProps): void {
  const period = Duration.hours(1);
  const count = (id: string, results: readonly string[]): cloudwatch.IMetric =>
    new logs.MetricFilter(scope, id, {
      logGroup,
      filterPattern: logs.FilterPattern.all(
        ...keepable(edge),
        logs.FilterPattern.any(
          ...results.map((result) => logs.FilterPattern.stringValue('$.x-edge-result-type', '=', result)),
        ),
      ),
      metricNamespace: `${prefix}/edge`,
      metricName: id,
      metricValue: '1',
    }).metric({ statistic: cloudwatch.Stats.SUM, period });
  alarms.raise(scope, 'CacheHits', {
    runbook: 'edge',
    description: `The edge answers less than ${percent}% of the requests for files from its cache.`,
    metric: new cloudwatch.MathExpression({
      expression: `IF(asked >= ${fewestRequests}, 100 * FILL(kept, 0) / asked, 100)`,
      usingMetrics: { asked: count('FilesAsked', asked), kept: count('FilesKept', kept) },
      period,
      label: 'files from the cache, percent',
    }),
    threshold: percent,
    comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: 6,
  });
}
