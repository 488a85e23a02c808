import { RecordedFigures } from '../../lib/azure/recorded-figures';
import { only, place, testStack } from '../support/azure';

test('figures are reckoned every minute of what the cluster tells, and call nobody', () => {
  const stack = testStack();
  new RecordedFigures(stack, 'Recorded', {
    place,
    cluster: { id: '/clusters/one', name: 'one' },
    monitorWorkspaceId: '/workspaces/figures',
    figures: { 'platform:requests:rate5m': 'sum(rate(requests[5m]))' },
  });
  expect(only(stack, 'azurerm_monitor_alert_prometheus_rule_group')).toMatchObject({
    name: 'recorded',
    cluster_name: 'one',
    scopes: ['/workspaces/figures', '/clusters/one'],
    interval: 'PT1M',
    rule_group_enabled: true,
    rule: [
      {
        record: 'platform:requests:rate5m',
        expression: 'sum(rate(requests[5m]))',
        labels: { cluster: 'one' },
        enabled: true,
      },
    ],
  });
});
