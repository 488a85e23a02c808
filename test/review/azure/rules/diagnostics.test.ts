import { diagnostics } from '../../../../lib/review/azure/rules/diagnostics';
import { judges } from '../fixtures';

const setting = (id: string) => ({
  target_resource_id: id,
  log_analytics_workspace_id: '${var.workspace}',
  enabled_log: [{ category_group: 'allLogs' }],
});
const valid = {
  'azurerm_key_vault.Vault': {},
  'azurerm_storage_account.Hot': {},
  'azurerm_subnet.Pods': {},
  'azurerm_monitor_diagnostic_setting.Vault': setting('${azurerm_key_vault.Vault.id}'),
  'azurerm_monitor_diagnostic_setting.Blobs': setting('${azurerm_storage_account.Hot.id}/blobServices/default'),
};

describe('diagnostics', () => {
  judges(diagnostics, valid, [
    [
      'there is no setting',
      'azurerm_monitor_diagnostic_setting.Vault',
      undefined,
      /^azurerm_key_vault\.Vault: must have a diagnostic setting, got none/,
    ],
    [
      'the setting is of the account alone',
      'azurerm_monitor_diagnostic_setting.Blobs/target_resource_id',
      '${azurerm_storage_account.Hot.id}',
      /^azurerm_storage_account\.Hot: must have a diagnostic setting of \/blobServices\/default/,
    ],
    [
      'it sends nothing',
      'azurerm_monitor_diagnostic_setting.Vault/enabled_log',
      undefined,
      /must send logs or metrics to a workspace, got neither/,
    ],
    [
      'it sends to nobody',
      'azurerm_monitor_diagnostic_setting.Vault/log_analytics_workspace_id',
      undefined,
      /must send logs or metrics to a workspace/,
    ],
  ]);
});
