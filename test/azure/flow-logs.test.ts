import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { exemptionsKey } from '../../lib/azure/exempt';
import { FlowLogs } from '../../lib/azure/flow-logs';
import { encryption, monitoring, network, only, place, testStack } from '../support/azure';

const logsOf = (logDays: number) => {
  const stack = testStack();
  const workspace = new LogAnalyticsWorkspace(stack, 'Workspace', {
    name: 'log',
    location: place.location,
    resourceGroupName: place.resourceGroupName,
  });
  const logs = new FlowLogs(stack, 'FlowLogs', {
    place: { ...place, logDays },
    network,
    encryption,
    monitoring,
    workspace,
  });
  return { stack, logs };
};

describe('flow logs', () => {
  const { logs, stack } = logsOf(90);

  test('are those of the whole network, analysed every ten minutes', () => {
    expect(only(stack, 'azurerm_network_watcher_flow_log')).toMatchObject({
      enabled: true,
      version: 2,
      target_resource_id: network.virtualNetworkId,
      network_watcher_name: 'NetworkWatcher_eastasia',
      retention_policy: { enabled: true, days: 90 },
      traffic_analytics: { enabled: true, interval_in_minutes: 10 },
    });
    expect(only(stack, 'azurerm_network_watcher_flow_log')).not.toHaveProperty('network_security_group_id');
  });

  test.each([
    [90, 90],
    [731, 365],
  ])('of a stage that keeps logs for %d days stay %d', (logDays, days) => {
    const { stack: kept } = logsOf(logDays);
    expect(only(kept, 'azurerm_network_watcher_flow_log')).toMatchObject({ retention_policy: { days } });
    expect(only(kept, 'azurerm_storage_management_policy')).toMatchObject({
      rule: [{ actions: { base_blob: { delete_after_days_since_modification_greater_than: days } } }],
    });
  });

  test('lie in an account that is closed, encrypted with our key, kept, and open to trusted services', () => {
    expect(only(stack, 'azurerm_storage_account')).toMatchObject({
      account_replication_type: 'ZRS',
      public_network_access_enabled: false,
      allow_nested_items_to_be_public: false,
      min_tls_version: 'TLS1_2',
      infrastructure_encryption_enabled: true,
      network_rules: { bypass: ['AzureServices'], default_action: 'Deny' },
      customer_managed_key: { key_vault_key_id: encryption.keyIds.storage },
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'azurerm_management_lock').scope).toContain('azurerm_storage_account.');
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['blob'] },
    });
  });

  test('say why their account takes keys', () => {
    const [account] = Object.values(
      logs.account.toTerraform().resource.azurerm_storage_account as Record<string, object>,
    );
    expect(account).toMatchObject({
      shared_access_key_enabled: true,
      '//': { [exemptionsKey]: { 'local-auth': expect.stringContaining('Network Watcher') } },
    });
  });

  test('tell who reads them', () => {
    expect(only(stack, 'azurerm_monitor_diagnostic_setting')['target_resource_id']).toMatch(
      /^\$\{azurerm_storage_account\.\w+\.id\}\/blobServices\/default$/,
    );
  });
});
