import type { AlertTable } from './alert-table';
import type { Instances } from './application-gateway-instances';

const runbook = 'azure-edge';

/** Of all that an instance can do: https://learn.microsoft.com/azure/application-gateway/understanding-pricing */
const unitsPerInstance = 10;

/** When somebody is called for an application gateway. */
export const gatewayAlerts = ({ maxCapacity }: Instances): AlertTable => ({
  Unhealthy: {
    metricName: 'UnhealthyHostCount',
    aggregation: 'Average',
    operator: 'GreaterThan',
    threshold: 0,
    description: 'The application gateway finds the gateway or the files unhealthy: requests that it sends there fail.',
    runbook,
    severity: 0,
  },
  Errors: {
    metricName: 'ResponseStatus',
    aggregation: 'Total',
    dimensions: { HttpStatusGroup: ['5xx'] },
    threshold: 50,
    description: 'The application gateway answers many requests with an error of the server.',
    runbook,
  },
  Capacity: {
    metricName: 'CapacityUnits',
    aggregation: 'Average',
    threshold: Math.round(maxCapacity * unitsPerInstance * 0.75),
    windowMinutes: 15,
    description: 'The application gateway uses three quarters of what it may be scaled to.',
    runbook,
  },
});
