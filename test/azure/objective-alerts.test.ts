import { ObjectiveAlerts } from '../../lib/azure/objective-alerts';
import { monitoring, only, place, testStack } from '../support/azure';

test('goals are one group of the cluster that reckons figures, and calls those on call by them', () => {
  const stack = testStack();
  new ObjectiveAlerts(stack, 'Objectives', {
    place,
    monitoring,
    cluster: { id: '/clusters/one', name: 'one' },
    monitorWorkspaceId: '/workspaces/figures',
    rules: {
      figures: { 'a:rate5m': 'sum(rate(a[5m]))' },
      alerts: {
        Broken: {
          expression: 'a:rate5m > 1',
          minutes: 1,
          severity: 1,
          description: 'It is broken.',
          runbook: 'mending',
        },
      },
    },
  });
  expect(only(stack, 'azurerm_monitor_alert_prometheus_rule_group')).toMatchObject({
    name: 'objectives',
    cluster_name: 'one',
    scopes: ['/workspaces/figures', '/clusters/one'],
    interval: 'PT1M',
    rule_group_enabled: true,
    rule: [
      // A group sees what has the name of its cluster alone, and a sum has lost it.
      { record: 'a:rate5m', expression: 'sum(rate(a[5m]))', labels: { cluster: 'one' }, enabled: true },
      {
        alert: 'Broken',
        expression: 'a:rate5m > 1',
        for: 'PT1M',
        severity: 1,
        enabled: true,
        annotations: { description: 'It is broken. Runbook: docs/runbooks/mending.md' },
        action: [{ action_group_id: monitoring.actionGroupId }],
        alert_resolution: { auto_resolved: true, time_to_resolve: 'PT10M' },
      },
    ],
  });
});
