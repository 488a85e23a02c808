import { Grafana } from '../../lib/azure/grafana';
import { monitoring, network, ofType, only, place, resourceId, testStack } from '../support/azure';

describe('dashboards', () => {
  const stack = testStack();
  const monitorWorkspaceId = resourceId('Microsoft.Monitor/accounts', 'amw');
  const insightsId = resourceId('Microsoft.Insights/components', 'appi');
  const administrators = { name: 'Shop platform', objectId: '3d1f0a52-9c4e-4d8b-8b8e-2f6f0f6c1a77' };
  new Grafana(stack, 'Grafana', { place, network, monitoring, monitorWorkspaceId, insightsId, administrators });

  test('are closed, in all zones, without keys, and kept', () => {
    expect(only(stack, 'azurerm_dashboard_grafana')).toMatchObject({
      name: expect.stringMatching(/^amg-.{1,19}$/),
      sku: 'Standard',
      grafana_major_version: '12',
      public_network_access_enabled: false,
      api_key_enabled: false,
      zone_redundancy_enabled: true,
      identity: { type: 'SystemAssigned' },
      azure_monitor_workspace_integrations: [{ resource_id: monitorWorkspaceId }],
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'azurerm_management_lock').scope).toContain('azurerm_dashboard_grafana.');
  });

  test('are reached from the network, and reach metrics by a way of their own', () => {
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['grafana'] },
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds.grafana] },
    });
    expect(only(stack, 'azurerm_dashboard_grafana_managed_private_endpoint')).toMatchObject({
      private_link_resource_id: monitorWorkspaceId,
      group_ids: ['prometheusMetrics'],
    });
  });

  test('read metrics, logs and traces, each where it lies, and write none', () => {
    const own = ofType(stack, 'azurerm_role_assignment').filter(
      (each) => each['principal_type'] === 'ServicePrincipal',
    );
    expect(own.map((each) => [each['role_definition_name'], each['scope']])).toEqual([
      ['Log Analytics Reader', monitoring.workspaceId],
      ['Monitoring Data Reader', monitorWorkspaceId],
      ['Monitoring Reader', insightsId],
    ]);
    for (const role of own) expect(role['principal_id']).toContain('azurerm_dashboard_grafana.');
  });

  test('are administered by the group of the definition', () => {
    expect(ofType(stack, 'azurerm_role_assignment').filter((each) => each['principal_type'] === 'Group')).toEqual([
      expect.objectContaining({ role_definition_name: 'Grafana Admin', principal_id: administrators.objectId }),
    ]);
  });

  test('tell who looked', () => {
    expect(only(stack, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      enabled_log: [{ category_group: 'allLogs' }],
    });
  });
});
