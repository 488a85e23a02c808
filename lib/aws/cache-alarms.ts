import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Cache } from '../platform/nouns/cache';
import { alarmPeriod, type Alarms } from './alarms';
import { chunks } from './chunks';
import { worstOf, type WorstOfOptions } from './metrics';

export interface CacheAlarmsProps {
  /** Name of the cache, for people. */
  readonly name: string;
  readonly spec: Cache;
  /** Clients that a node takes. */
  readonly maxClients: number;
  /** Id of the replication group. */
  readonly replicationGroupId: string;
  readonly alarms: Alarms;
}

/** A limit on one metric of every node. */
export interface CacheLimit {
  readonly metricName: string;
  readonly threshold: number;
  /** Beyond the limit for so long before somebody is called. */
  readonly minutes: number;
  readonly what: string;
}

/** A cache that is full does its work; sessions that fill up are refused, and one that is evicted logs a customer out. */
const fullness = {
  sessions: { memoryPercent: 75, evictions: { threshold: 1, minutes: 1 } },
  cache: { memoryPercent: 95, evictions: { threshold: 1000, minutes: 15 } },
} as const;

/** From when on somebody is called, by metric. */
export function cacheLimits({ holds, replicas }: Cache, maxClients: number): readonly CacheLimit[] {
  const { memoryPercent, evictions } = fullness[holds];
  const connections = maxClients * 0.8;
  const lag = { metricName: 'ReplicationLag', threshold: 10, minutes: 5, what: 'has a replica 10 s or more behind' };
  return [
    { metricName: 'EngineCPUUtilization', threshold: 80, minutes: 5, what: 'keeps its engine 80% busy or more' },
    {
      metricName: 'DatabaseMemoryUsagePercentage',
      threshold: memoryPercent,
      minutes: 5,
      what: `has filled ${memoryPercent}% of its memory or more`,
    },
    { metricName: 'Evictions', ...evictions, what: `evicts ${evictions.threshold} or more keys a minute` },
    {
      metricName: 'CurrConnections',
      threshold: connections,
      minutes: 5,
      what: `has ${connections} or more of ${maxClients} connections`,
    },
    ...(replicas === 0 ? [] : [lag]),
  ];
}

/** Every node, as ElastiCache names them after their replication group. */
export function cacheNodeNames({ shards, replicas }: Pick<Cache, 'shards' | 'replicas'>): readonly string[] {
  const digits = (value: number, width: number): string => String(value).padStart(width, '0');
  return Array.from({ length: shards * (replicas + 1) }, (_, index) => {
    const node = digits((index % (replicas + 1)) + 1, 3);
    return shards === 1 ? node : `${digits(Math.floor(index / (replicas + 1)) + 1, 4)}-${node}`;
  });
}

/** CloudWatch takes so many metrics into one alarm. */
const metricsPerAlarm = 10;

/** Calls somebody when a node of the cache is at a limit, and when another node became a primary. */
export function raiseCacheAlarms(scope: Construct, props: CacheAlarmsProps): void {
  const { name, spec, maxClients, replicationGroupId, alarms } = props;
  const nodes = cacheNodeNames(spec).map((node) => `${replicationGroupId}-${node}`);
  for (const [index, group] of chunks(nodes, metricsPerAlarm).entries()) {
    const suffix = index === 0 ? '' : String(index + 1);
    for (const { metricName, threshold, minutes, what } of cacheLimits(spec, maxClients)) {
      alarms.raise(scope, `${metricName}Alarm${suffix}`, {
        metric: worstOfNodes(group, metricName),
        description: `A node of cache ${name} ${what}.`,
        runbook: 'cache',
        threshold,
        periods: minutes,
      });
    }
    if (spec.replicas === 0) continue;
    alarms.raise(scope, `FailoverAlarm${suffix}`, {
      metric: worstOfNodes(group, 'IsMaster', (id) => `ABS(DIFF(${id}))`),
      description: `Cache ${name} has failed over: another node is its primary now.`,
      runbook: 'cache',
      threshold: 1,
      periods: 1,
    });
  }
  raiseHits(scope, nodes, props);
}

/** With fewer reads an hour, nobody is called: a night, and a cache that is filled anew. */
const fewestReads = 10_000;

/** Hits and misses of a node are two metrics. */
const nodesPerShare = metricsPerAlarm / 2;

/** Calls somebody when reads find less than was promised. All nodes answer reads. */
function raiseHits(
  scope: Construct,
  nodes: readonly string[],
  { alarms, name, spec: { hitPercent } }: CacheAlarmsProps,
): void {
  if (hitPercent === undefined) return;
  const period = Duration.hours(1);
  for (const [index, group] of chunks(nodes, nodesPerShare).entries()) {
    const counted = (prefix: string, metricName: string): Readonly<Record<string, cloudwatch.IMetric>> =>
      Object.fromEntries(
        group.map((node, number) => [`${prefix}${number}`, metricOf(node, metricName, cloudwatch.Stats.SUM, period)]),
      );
    const [hits, misses] = [counted('h', 'CacheHits'), counted('m', 'CacheMisses')];
    // A node of which nothing is heard does not silence the others.
    const sum = (metrics: object): string =>
      Object.keys(metrics)
        .map((id) => `FILL(${id},0)`)
        .join('+');
    const found = sum(hits);
    const reads = `(${found}+${sum(misses)})`;
    alarms.raise(scope, `HitsAlarm${index === 0 ? '' : String(index + 1)}`, {
      metric: new cloudwatch.MathExpression({
        expression: `IF(${reads} >= ${fewestReads}, 100*(${found})/${reads}, 100)`,
        usingMetrics: { ...hits, ...misses },
        period,
        label: 'reads that find their key, percent',
      }),
      description: `Less than ${hitPercent}% of the reads of cache ${name} find their key.`,
      runbook: 'cache',
      threshold: hitPercent,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    });
  }
}

/** The highest value that any of the nodes has. */
const worstOfNodes = (
  nodes: readonly string[],
  metricName: string,
  each: WorstOfOptions['each'] = (id) => id,
): cloudwatch.IMetric =>
  worstOf(
    'Maximum',
    nodes.map((node) => metricOf(node, metricName, cloudwatch.Stats.MAXIMUM, alarmPeriod)),
    { prefix: 'n', each, label: metricName },
  );

const metricOf = (node: string, metricName: string, statistic: string, period: Duration) =>
  new cloudwatch.Metric({
    namespace: 'AWS/ElastiCache',
    metricName,
    dimensionsMap: { CacheClusterId: node },
    statistic,
    period,
  });
