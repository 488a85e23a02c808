import type { Cache } from '../platform/nouns/cache';
import type { AlertTable } from './alert-table';

/** A cache that is full does its work; sessions that fill up are refused, and one that is evicted logs a customer out. Evictions are those a second. */
const fullness = {
  sessions: { memoryPercent: 75, evictions: { threshold: 0, windowMinutes: 1 } },
  cache: { memoryPercent: 95, evictions: { threshold: 16, windowMinutes: 15 } },
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
      aggregation: 'Average',
      operator: 'GreaterThan',
      ...evictions,
      description: `Cache ${name} evicts more than ${evictions.threshold} keys a second.`,
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
