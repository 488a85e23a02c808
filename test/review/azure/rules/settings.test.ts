import { customerKey } from '../../../../lib/review/azure/rules/customer-key';
import { localAuth } from '../../../../lib/review/azure/rules/local-auth';
import { publicAccess } from '../../../../lib/review/azure/rules/public-access';
import { tlsVersion } from '../../../../lib/review/azure/rules/tls-version';
import { change, judges, messagesOf } from '../fixtures';

const storage = {
  public_network_access_enabled: false,
  allow_nested_items_to_be_public: false,
  min_tls_version: 'TLS1_2',
  shared_access_key_enabled: false,
  local_user_enabled: false,
  customer_managed_key: { key_vault_key_id: '${var.key}' },
};
const cluster = {
  private_cluster_enabled: true,
  private_cluster_public_fqdn_enabled: false,
  run_command_enabled: false,
  local_account_disabled: true,
  azure_active_directory_role_based_access_control: { azure_rbac_enabled: true },
};
const redis = {
  public_network_access: 'Disabled',
  default_database: [{ client_protocol: 'Encrypted', access_keys_authentication_enabled: false }],
};
const valid = {
  'azurerm_storage_account.Hot': storage,
  'azurerm_kubernetes_cluster.Cluster': cluster,
  'azurerm_managed_redis.Cache': redis,
  'azurerm_resource_group.Group': {},
};

describe('public-access', () => {
  judges(publicAccess, valid, [
    [
      'a switch is on',
      'azurerm_storage_account.Hot/public_network_access_enabled',
      true,
      /^azurerm_storage_account\.Hot: public_network_access_enabled must be false, got true: /,
    ],
    ['a switch is left out', 'azurerm_storage_account.Hot/public_network_access_enabled', undefined, /got nothing/],
    [
      'a switch is computed',
      'azurerm_storage_account.Hot/public_network_access_enabled',
      '${var.open}',
      /got "\$\{var\.open\}"/,
    ],
    [
      'a text switch is on',
      'azurerm_managed_redis.Cache/public_network_access',
      'Enabled',
      /must be "Disabled", got "Enabled"/,
    ],
    [
      'a cluster is public',
      'azurerm_kubernetes_cluster.Cluster/private_cluster_enabled',
      false,
      /private_cluster_enabled must be true/,
    ],
  ]);
  test('takes what the provider would take for it', () => {
    expect(
      messagesOf(publicAccess, change(valid, 'azurerm_storage_account.Hot/public_network_access_enabled', 'false')),
    ).toEqual([]);
  });
});

describe('tls-version', () => {
  judges(tlsVersion, valid, [
    [
      'a version is old',
      'azurerm_storage_account.Hot/min_tls_version',
      'TLS1_1',
      /must be "TLS1_2" or "TLS1_3", got "TLS1_1"/,
    ],
    [
      'a block speaks in the clear',
      'azurerm_managed_redis.Cache/default_database/0/client_protocol',
      'Plaintext',
      /default_database\.client_protocol must be "Encrypted"/,
    ],
    [
      'a block is left out',
      'azurerm_managed_redis.Cache/default_database',
      undefined,
      /default_database\.client_protocol .* got nothing/,
    ],
    [
      'what may be left out is wrong',
      'azurerm_storage_account.Hot/https_traffic_only_enabled',
      false,
      /https_traffic_only_enabled must be true/,
    ],
  ]);
});

describe('local-auth', () => {
  const telemetry = { 'azurerm_application_insights.Telemetry': { local_authentication_disabled: true } };
  judges(localAuth, { ...valid, ...telemetry }, [
    [
      'keys are taken',
      'azurerm_storage_account.Hot/shared_access_key_enabled',
      true,
      /shared_access_key_enabled must be false, got true/,
    ],
    [
      'local accounts are there',
      'azurerm_kubernetes_cluster.Cluster/local_account_disabled',
      undefined,
      /local_account_disabled must be true, got nothing/,
    ],
    [
      'whoever knows its key may send telemetry',
      'azurerm_application_insights.Telemetry/local_authentication_disabled',
      undefined,
      /local_authentication_disabled must be true, got nothing/,
    ],
    [
      'a cache takes keys',
      'azurerm_managed_redis.Cache/default_database/0/access_keys_authentication_enabled',
      true,
      /default_database\.access_keys/,
    ],
  ]);
});

describe('customer-key', () => {
  const keyed = {
    'azurerm_storage_account.Hot': storage,
    'azurerm_storage_account.Archive': {},
    'azurerm_storage_account_customer_managed_key.Archive': {
      storage_account_id: '${azurerm_storage_account.Archive.id}',
    },
  };
  judges(customerKey, keyed, [
    [
      'the block is left out',
      'azurerm_storage_account.Hot/customer_managed_key',
      undefined,
      /^azurerm_storage_account\.Hot: must be encrypted with a key by customer_managed_key\.key_vault_key_id or .* got nothing/,
    ],
    [
      'the resource beside it is of another',
      'azurerm_storage_account_customer_managed_key.Archive/storage_account_id',
      '${azurerm_storage_account.Hot.id}',
      /^azurerm_storage_account\.Archive: must be encrypted/,
    ],
  ]);
});
