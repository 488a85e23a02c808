import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type { Construct } from 'constructs';
import type { Alarms } from './alarms';
import type { SearchSettings } from './search-settings';

export interface SearchAlarmsProps {
  /** Name of the domain, for people. */
  readonly name: string;
  readonly domain: opensearch.IDomain;
  readonly settings: SearchSettings;
  readonly alarms: Alarms;
}

/** A limit on one metric of a domain. */
export interface SearchLimit {
  readonly metricName: string;
  readonly statistic: 'Maximum' | 'Minimum' | 'Average';
  readonly threshold: number;
  /** Which side of the threshold is bad. @default 'above', the threshold included */
  readonly bad?: 'below';
  /** Bad for so long before somebody is called. */
  readonly minutes: number;
  readonly what: string;
}

const freePercent = 25;

/** From when on somebody is called, by metric. A single node has no place for replicas, so its indices stay yellow. */
export function searchLimits({ masters, storageGiB, zones }: SearchSettings): readonly SearchLimit[] {
  const atAll = { statistic: 'Maximum', threshold: 1, minutes: 1 } as const;
  const freeMiB = (storageGiB * 1024 * freePercent) / 100;
  return [
    { metricName: 'ClusterStatus.red', ...atAll, what: 'has lost every copy of some data' },
    ...(zones === 1
      ? []
      : [{ metricName: 'ClusterStatus.yellow', ...atAll, minutes: 15, what: 'has data with one copy only' }]),
    {
      metricName: 'FreeStorageSpace',
      statistic: 'Minimum',
      threshold: freeMiB,
      bad: 'below',
      minutes: 5,
      what: `has a node with less than ${freePercent}% of its disk free`,
    },
    { metricName: 'ClusterIndexWritesBlocked', ...atAll, what: 'refuses writes' },
    {
      metricName: 'JVMMemoryPressure',
      statistic: 'Maximum',
      threshold: 95,
      minutes: 3,
      what: 'has a node whose heap is 95% full',
    },
    { metricName: 'CPUUtilization', statistic: 'Average', threshold: 80, minutes: 15, what: 'is 80% busy' },
    ...(masters === undefined
      ? []
      : ([
          {
            metricName: 'MasterCPUUtilization',
            statistic: 'Maximum',
            threshold: 60,
            minutes: 15,
            what: 'has a master that is 60% busy',
          },
          {
            metricName: 'MasterJVMMemoryPressure',
            statistic: 'Maximum',
            threshold: 95,
            minutes: 3,
            what: 'has a master whose heap is 95% full',
          },
        ] as const)),
    {
      metricName: 'MasterReachableFromNode',
      statistic: 'Maximum',
      threshold: 1,
      bad: 'below',
      minutes: 5,
      what: 'has no master that its nodes can reach',
    },
    { metricName: 'AutomatedSnapshotFailure', ...atAll, what: 'could not take its hourly snapshot' },
    { metricName: 'KMSKeyError', ...atAll, what: 'may not use its key, and stops working soon' },
    { metricName: 'KMSKeyInaccessible', ...atAll, what: 'has lost its key, and with it its data' },
  ];
}

/** Calls somebody when the domain is at a limit. */
export function raiseSearchAlarms(scope: Construct, { name, domain, settings, alarms }: SearchAlarmsProps): void {
  for (const { metricName, statistic, threshold, bad, minutes, what } of searchLimits(settings)) {
    alarms.raise(scope, `${metricName.replace('.', '')}Alarm`, {
      metric: domain.metric(metricName, { statistic, period: Duration.minutes(1) }),
      description: `Search domain ${name} ${what}.`,
      runbook: 'search',
      threshold,
      ...(bad === undefined ? {} : { comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD }),
      periods: minutes,
    });
  }
}
