import type { Cache } from '../platform/nouns/cache';
import type { AlertTable } from './alert-table';

/** A cache that is full does its work; sessions that fill up are refused, and one that is evicted logs a customer out. */
const fullness = {
  sessions: { memoryPercent: 75, evictions: { threshold: 1, windowMinutes: 1 } },
  cache: { memoryPercent: 95, evictions: { threshold: 15_000, windowMinutes: 15 } },
} as const;

const runbook = 'azure-cache';

/** When somebody is called for a cache. */
export function cacheAlerts(name: string, { holds }: Pick<Cache, 'holds'>): AlertTable {
  const { evictions, memoryPercent } = fullness[holds];
  return {
    MemoryHigh: {
      metricName: 'usedmemorypercentage',
      aggregation: 'Maximum',
      threshold: memoryPercent,
      description: `Cache ${name} has filled ${memoryPercent}% of its memory or more.`,
      runbook,
    },
    Evictions: {
      metricName: 'evictedkeys',
      aggregation: 'Total',
      ...evictions,
      description: `Cache ${name} evicts ${evictions.threshold} or more keys in ${evictions.windowMinutes} min.`,
      runbook,
    },
    LoadHigh: {
      metricName: 'serverLoad',
      aggregation: 'Maximum',
      threshold: 80,
      description: `Cache ${name} is 80% busy or more.`,
      runbook,
    },
    CpuHigh: {
      metricName: 'percentProcessorTime',
      aggregation: 'Maximum',
      threshold: 85,
      windowMinutes: 15,
      description: `A machine of cache ${name} is 85% busy or more.`,
      runbook,
    },
  };
}
