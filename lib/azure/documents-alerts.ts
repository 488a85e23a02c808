import type { AlertTable } from './alert-table';

const runbook = 'azure-documents';

/** When somebody is called for documents. */
export const documentsAlerts = (name: string): AlertTable => ({
  Unavailable: {
    metricName: 'ServiceAvailability',
    aggregation: 'Minimum',
    operator: 'LessThan',
    threshold: 99.9,
    windowMinutes: 60,
    description: `Documents ${name} answered less than 99.9% of requests within an hour.`,
    runbook,
  },
  // Counted from the first: a region that was lost comes back by a decision.
  RegionLost: {
    metricName: 'RegionFailover',
    aggregation: 'Count',
    threshold: 1,
    windowMinutes: 60,
    description: `Documents ${name} take writes in another region than before.`,
    runbook,
  },
  Throttled: {
    metricName: 'TotalRequests',
    aggregation: 'Count',
    threshold: 100,
    dimensions: { StatusCode: ['429'] },
    windowMinutes: 15,
    severity: 2,
    description: `Documents ${name} refused 100 requests within a quarter of an hour, because they cost more than is paid for.`,
    runbook,
  },
  Busy: {
    metricName: 'NormalizedRUConsumption',
    aggregation: 'Maximum',
    threshold: 95,
    windowMinutes: 30,
    severity: 2,
    description: `A partition of documents ${name} works at its limit.`,
    runbook,
  },
});
