import { WorkloadAlerts } from '../../lib/azure/workload-alerts';
import { monitoring, only, place, testStack } from '../support/azure';

describe('alerts of what the cluster tells', () => {
  const stack = testStack();
  new WorkloadAlerts(stack, 'Alerts', {
    place,
    monitoring,
    cluster: { id: '/clusters/one', name: 'one' },
    monitorWorkspaceId: '/workspaces/figures',
    alerts: {
      Broken: { expression: 'up == 0', minutes: 5, severity: 1, description: 'It is broken.', runbook: 'mending' },
    },
  });

  test('are one group that asks the figures of the cluster and calls those on call', () => {
    expect(only(stack, 'azurerm_monitor_alert_prometheus_rule_group')).toMatchObject({
      name: 'workloads',
      cluster_name: 'one',
      scopes: ['/workspaces/figures', '/clusters/one'],
      interval: 'PT1M',
      rule_group_enabled: true,
      rule: [
        {
          alert: 'Broken',
          expression: 'up == 0',
          for: 'PT5M',
          severity: 1,
          enabled: true,
          annotations: { description: 'It is broken. Runbook: docs/runbooks/mending.md' },
          action: [{ action_group_id: monitoring.actionGroupId }],
          alert_resolution: { auto_resolved: true },
        },
      ],
    });
  });
});
