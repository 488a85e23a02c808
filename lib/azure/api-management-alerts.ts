import type { AlertTable } from './alert-table';

const runbook = 'azure-api-management';

/** When somebody is called for API Management. */
export const apiManagementAlerts = ({ p95Milliseconds }: { readonly p95Milliseconds: number }): AlertTable => ({
  Errors: {
    metricName: 'Requests',
    aggregation: 'Total',
    dimensions: { GatewayResponseCodeCategory: ['5xx'] },
    threshold: 50,
    description:
      'API Management answers many requests with an error of the server: its own, or of the services behind it.',
    runbook,
  },
  Slow: {
    metricName: 'Duration',
    aggregation: 'Average',
    operator: 'GreaterThan',
    threshold: p95Milliseconds,
    windowMinutes: 15,
    severity: 2,
    description: `Requests take longer than ${p95Milliseconds} ms on average, from API Management to the services and back.`,
    runbook,
  },
  ProcessorHigh: {
    metricName: 'CpuPercent_Gateway',
    aggregation: 'Average',
    threshold: 85,
    windowMinutes: 15,
    description:
      'API Management uses its processors to 85%, and has the most units that it may be scaled to, or waits for them.',
    runbook,
  },
  MemoryHigh: {
    metricName: 'MemoryPercent_Gateway',
    aggregation: 'Average',
    threshold: 85,
    windowMinutes: 15,
    severity: 2,
    description: 'API Management has filled 85% of its memory.',
    runbook,
  },
});
