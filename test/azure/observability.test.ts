import { groupFor } from '../../lib/azure/diagnostics';
import { Observability, workspaceSettings } from '../../lib/azure/observability';
import { PrivateMonitor } from '../../lib/azure/private-monitor';
import { network, ofType, only, place, resourceId, resourcesOf, testStack } from '../support/azure';

describe('how a workspace takes and keeps logs', () => {
  test.each([
    [
      { isProtected: true, logDays: 365 },
      { retentionInDays: 365, dailyQuotaGb: -1 },
    ],
    [
      { isProtected: true, logDays: 731 },
      { retentionInDays: 730, dailyQuotaGb: -1 },
    ],
    [
      { isProtected: false, logDays: 7 },
      { retentionInDays: 30, dailyQuotaGb: 5 },
    ],
  ])('%j', (given, expected) => {
    expect(workspaceSettings(given)).toEqual(expected);
  });
});

describe('where logs, traces and alerts go', () => {
  const stack = testStack();
  new Observability(stack, 'Observability', { place, email: 'on-call@example.com' });

  test('is a workspace without keys, written to from the network alone, and kept', () => {
    expect(only(stack, 'azurerm_log_analytics_workspace')).toMatchObject({
      sku: 'PerGB2018',
      local_authentication_enabled: false,
      internet_ingestion_enabled: false,
      internet_query_enabled: true,
      retention_in_days: 365,
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'azurerm_management_lock').scope).toContain('azurerm_log_analytics_workspace.');
  });

  test('is an Application Insights resource on that workspace, without keys', () => {
    expect(only(stack, 'azurerm_application_insights')).toMatchObject({
      workspace_id: expect.stringContaining('azurerm_log_analytics_workspace.'),
      local_authentication_disabled: true,
      internet_ingestion_enabled: false,
    });
  });

  test('calls the address of the stage', () => {
    expect(only(stack, 'azurerm_monitor_action_group')).toMatchObject({
      short_name: 'on-call',
      email_receiver: [{ email_address: 'on-call@example.com', use_common_alert_schema: true }],
    });
  });

  test('tells who reads the logs', () => {
    expect(only(stack, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      target_resource_id: expect.stringContaining('azurerm_log_analytics_workspace.'),
      enabled_log: [{ category_group: 'audit' }],
    });
  });
});

describe('the way from the network to Azure Monitor', () => {
  const stack = testStack();
  const members = {
    insights: resourceId('Microsoft.Insights/components', 'appi'),
    workspace: resourceId('Microsoft.OperationalInsights/workspaces', 'log'),
  };
  new PrivateMonitor(stack, 'Monitor', { place, network, members });

  test('carries logs to the members alone', () => {
    expect(only(stack, 'azurerm_monitor_private_link_scope')).toMatchObject({ ingestion_access_mode: 'PrivateOnly' });
    expect(
      ofType(stack, 'azurerm_monitor_private_link_scoped_service').map((each) => each['linked_resource_id']),
    ).toEqual(Object.values(members));
  });

  test('is found in every zone that Azure Monitor has names in', () => {
    const { zoneIds } = network;
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['azuremonitor'] },
      private_dns_zone_group: {
        private_dns_zone_ids: [
          zoneIds.monitor,
          zoneIds.blob,
          zoneIds['monitor-agents'],
          zoneIds['monitor-ingestion'],
          zoneIds['monitor-queries'],
        ],
      },
    });
  });

  test('is made once its members are in it', () => {
    const services = Object.keys(resourcesOf(stack)['azurerm_monitor_private_link_scoped_service'] ?? {});
    expect(only(stack, 'azurerm_private_endpoint')['depends_on']).toEqual(
      services.map((name) => `azurerm_monitor_private_link_scoped_service.${name}`),
    );
    expect(services).toHaveLength(2);
  });
});

describe('who is told of an alert', () => {
  const groups = { actionGroupId: 'on-call', warningGroupId: 'by-day' };

  test.each([
    [0, 'on-call'],
    [1, 'on-call'],
    [2, 'by-day'],
    [3, 'by-day'],
  ])('of severity %d', (severity, expected) => {
    expect(groupFor(groups, severity)).toBe(expected);
    expect(groupFor({ actionGroupId: 'on-call' }, severity)).toBe('on-call');
  });

  test('is a group of its own for warnings, where the stage names one', () => {
    const stack = testStack();
    const made = new Observability(stack, 'Observability', {
      place,
      email: 'on-call@example.com',
      warningsEmail: 'platform@example.com',
    });
    expect(
      ofType(stack, 'azurerm_monitor_action_group').map(({ email_receiver: to }) => (to as readonly unknown[])[0]),
    ).toMatchObject([{ email_address: 'on-call@example.com' }, { email_address: 'platform@example.com' }]);
    expect(made.warningGroupId).toBeDefined();
    expect(made.warningGroupId).not.toBe(made.actionGroupId);
  });
});
