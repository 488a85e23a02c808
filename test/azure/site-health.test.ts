import { SiteHealth } from '../../lib/azure/site-health';
import { monitoring, ofType, place, testStack } from '../support/azure';

describe('what Azure says of itself', () => {
  const stack = testStack();
  new SiteHealth(stack, 'Health', { place, monitoring, resourceGroups: ['rg-shop-production-cluster'] });
  const alerts = ofType(stack, 'azurerm_monitor_activity_log_alert');

  test('calls people: incidents, maintenance, retirements', () => {
    expect(alerts.find(({ name }) => name === 'azure-unwell')).toMatchObject({
      scopes: [`/subscriptions/${place.subscriptionId}`],
      criteria: {
        category: 'ServiceHealth',
        service_health: { events: ['Incident', 'Maintenance', 'ActionRequired', 'Security'] },
      },
      action: [{ action_group_id: monitoring.actionGroupId }],
    });
  });

  test('calls people: resources of the site alone', () => {
    expect(alerts.find(({ name }) => name === 'resource-unwell')).toMatchObject({
      criteria: {
        category: 'ResourceHealth',
        resource_groups: ['rg-shop-production-cluster'],
        resource_health: { current: ['Degraded', 'Unavailable'] },
      },
    });
    expect(alerts).toHaveLength(2);
  });
});
