import type {
  AppConfigurationFeatureConfig,
  AppConfigurationFeatureTargetingFilter,
} from '@cdktf/provider-azurerm/lib/app-configuration-feature';
import { segmentGroups } from '../platform/flag-audience';
import type { Flag } from '../platform/nouns/flags';
import type { AlertTable } from './alert-table';

/** For whom a flag is on, as App Configuration keeps it: a segment is a group that is in as a whole, `plan=enterprise`. */
export const targeting = ({
  percent,
  segments,
}: Pick<Flag, 'percent' | 'segments'>): AppConfigurationFeatureTargetingFilter => ({
  defaultRolloutPercentage: percent,
  groups: segmentGroups({ segments }).map((name) => ({ name, rolloutPercentage: 100 })),
});

/**
 * A flag in the terms of App Configuration. Its targeting keeps people in whom it once let in; its plain percentage would throw the
 * dice anew with each question.
 */
export const flagSettings = (
  flag: Flag,
): Pick<AppConfigurationFeatureConfig, 'description' | 'enabled' | 'targetingFilter'> => ({
  description: flag.description,
  enabled: flag.enabled,
  targetingFilter: [targeting(flag)],
});

/** What people turn while services run, and what is changed step by step. A deployment leaves these as they are. */
export const turnedAtRunTime = ['enabled', 'targeting_filter', 'tags'] as const;

const runbook = 'azure-flags';

/** When somebody is called for a set of flags: nobody is at once without it, since services keep what they last knew. */
export const flagAlerts = (set: string, isCopied: boolean): AlertTable => ({
  Failing: {
    metricName: 'HttpIncomingRequestCount',
    aggregation: 'Total',
    threshold: 10,
    dimensionBeginnings: { StatusCode: ['5'] },
    windowMinutes: 15,
    description: `Flags ${set} do not answer: a flag that is turned now reaches nobody.`,
    runbook,
  },
  Throttled: {
    metricName: 'ThrottledHttpRequestCount',
    aggregation: 'Total',
    threshold: 10,
    windowMinutes: 15,
    severity: 2,
    description: `Flags ${set} refuse requests because there are too many of them.`,
    runbook,
  },
  QuotaHigh: {
    metricName: 'RequestQuotaUsage',
    aggregation: 'Maximum',
    threshold: 80,
    windowMinutes: 15,
    severity: 2,
    description: `Flags ${set} have been asked 80% of what they answer in an hour.`,
    runbook,
  },
  Refused: {
    metricName: 'HttpIncomingRequestCount',
    aggregation: 'Total',
    threshold: 10,
    dimensions: { StatusCode: ['401', '403'] },
    windowMinutes: 15,
    severity: 2,
    description: `Somebody asks flags ${set} who may not.`,
    runbook,
  },
  Slow: {
    metricName: 'HttpIncomingRequestDuration',
    aggregation: 'Average',
    threshold: 1000,
    windowMinutes: 15,
    severity: 2,
    description: `Flags ${set} take a second and more to answer on average.`,
    runbook,
  },
  StorageHigh: {
    metricName: 'DailyStorageUsage',
    aggregation: 'Maximum',
    threshold: 80,
    windowMinutes: 60,
    severity: 2,
    description: `Flags ${set} have filled 80% of their store.`,
    runbook,
  },
  ...(isCopied
    ? {
        CopyBehind: {
          metricName: 'ReplicationLatency',
          aggregation: 'Average',
          threshold: 60_000,
          windowMinutes: 15,
          severity: 2,
          description: `The copy of flags ${set} in the other region is a minute behind: what is turned off is on there.`,
          runbook,
        },
      }
    : {}),
});
