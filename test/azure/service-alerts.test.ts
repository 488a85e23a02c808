import { ServiceAlerts, serviceQueries } from '../../lib/azure/service-alerts';
import { release } from '../../lib/platform/nouns/release';
import { monitoring, ofType, place, testStack } from '../support/azure';

const services = {
  order: { release: release.parse({ kind: 'rolling', rollback: { errorPercent: 0.5, minimumRequests: 50 } }) },
  carts: {
    p95Milliseconds: 500,
    release: release.parse({ kind: 'rolling', rollback: { p95Milliseconds: 400 } }),
  },
  reports: { release: release.parse({ kind: 'rolling', rollback: { p95Milliseconds: 3000 } }) },
};

describe('what is asked of requests', () => {
  const queries = serviceQueries(services);

  test.each(['service-errors', 'service-slow'] as const)('%s has the limits of every service', (name) => {
    expect(queries[name]).toContain("'order', 0.5, 1000, 750");
    expect(queries[name]).toContain("'carts', 1, 500, 300");
    expect(queries[name]).toContain("'reports', 1, 3000, 300");
    expect(queries[name]).toContain('join kind=inner limits on AppRoleName');
    expect(queries[name]).toContain('| where requests >= fewest');
  });

  test('is how many fail, and how long the slowest twentieth takes', () => {
    expect(queries['service-errors']).toMatch(/sumif\(ItemCount, Success == false\)[^]*figure \/ errorPercent$/);
    expect(queries['service-slow']).toMatch(/percentile\(DurationMs, 95\)[^]*figure \/ milliseconds$/);
  });

  test('leaves out what Azure runs in the cluster', () => {
    expect(queries['pods-failing']).toContain("Namespace !endswith '-system'");
  });
});

describe('alerts of services', () => {
  const stack = testStack();
  new ServiceAlerts(stack, 'Alerts', { place, monitoring, services });
  const alerts = ofType(stack, 'azurerm_monitor_scheduled_query_rules_alert_v2');

  test.each([
    ['pods-failing', 'Namespace', 'pods', 0],
    ['pods-without-room', 'Namespace', 'pods', 0],
    ['service-errors', 'AppRoleName', 'ofLimit', 1],
    ['service-slow', 'AppRoleName', 'ofLimit', 1],
  ])('%s calls by %s when %s is above %d', (name, by, measure, threshold) => {
    expect(alerts.find((each) => each['name'] === name)).toMatchObject({
      scopes: [monitoring.workspaceId],
      evaluation_frequency: 'PT5M',
      window_duration: 'PT15M',
      action: { action_groups: [monitoring.actionGroupId] },
      criteria: [
        {
          metric_measure_column: measure,
          operator: 'GreaterThan',
          threshold,
          dimension: [{ name: by, operator: 'Include', values: ['*'] }],
        },
      ],
      description: expect.stringContaining('docs/runbooks/azure-service.md'),
    });
  });

  test('are these four', () => {
    expect(alerts).toHaveLength(4);
  });
});
