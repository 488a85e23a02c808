import type { Goals } from '../platform/nouns/goals';
import type { AlertTable } from './alert-table';
import type { FirewallLimits } from './firewall-rules';

const runbook = 'azure-edge';

/** When somebody is called for Front Door. `hasStandby`: whether another site answers while the first is unwell. */
export const edgeAlerts = (
  { errorPercent, p95Milliseconds }: Pick<Goals, 'errorPercent' | 'p95Milliseconds'>,
  { requestsPerAddress }: Pick<FirewallLimits, 'requestsPerAddress'>,
  hasStandby: boolean,
): AlertTable => ({
  Origin: {
    metricName: 'OriginHealthPercentage',
    aggregation: 'Average',
    operator: 'LessThan',
    threshold: 90,
    // Of two sites the mean says nothing: each is looked at by itself.
    ...(hasStandby
      ? {
          dimensions: { Origin: ['*'] },
          description:
            'Front Door finds a site or its files unhealthy: of the one that serves, requests go to the other; of the other, there is none to go to.',
        }
      : { description: 'Front Door finds the site or its files unhealthy: requests at the edge fail.' }),
    runbook,
    severity: 0,
  },
  Errors: {
    metricName: 'Percentage5XX',
    aggregation: 'Average',
    operator: 'GreaterThan',
    threshold: errorPercent,
    description: `More than ${errorPercent}% of the requests at Front Door fail.`,
    runbook,
  },
  Slow: {
    metricName: 'TotalLatency',
    aggregation: 'Average',
    operator: 'GreaterThan',
    threshold: p95Milliseconds,
    windowMinutes: 15,
    description: `Answers at Front Door take longer than ${p95Milliseconds} ms on the average.`,
    runbook,
    severity: 2,
  },
  Blocks: {
    metricName: 'WebApplicationFirewallRequestCount',
    aggregation: 'Total',
    operator: 'GreaterThan',
    threshold: requestsPerAddress,
    dimensions: { Action: ['Block'] },
    description: `The firewall refuses more than ${requestsPerAddress} requests in five minutes: an attack, or a rule that hits customers.`,
    runbook,
    severity: 2,
  },
});
