import { between, identityType, like, oneOf } from './allowed';
import type { ValuesOf } from './allowed';

/** https://learn.microsoft.com/rest/api/storagerp and https://learn.microsoft.com/azure/container-registry/container-registry-skus */
export const storageValues: Readonly<Record<string, ValuesOf>> = {
  azurerm_app_configuration: {
    sku: oneOf('developer free premium standard'),
    public_network_access: oneOf('Disabled Enabled'),
    data_plane_proxy_authentication_mode: oneOf('Local Pass-through'),
    soft_delete_retention_days: between(1, 7),
    'replica.name': like(/^[a-zA-Z0-9]{1,50}$/, 'one of 1 to 50 letters and digits'),
    'identity.type': identityType,
  },
  azurerm_app_configuration_feature: {
    'targeting_filter.default_rollout_percentage': between(0, 100),
    'targeting_filter.groups.rollout_percentage': between(0, 100),
  },
  azurerm_container_registry: {
    sku: oneOf('Basic Premium Standard'),
    network_rule_bypass_option: oneOf('AzureServices None'),
    retention_policy_in_days: between(0, 365),
    'identity.type': identityType,
  },
  azurerm_data_protection_backup_policy_blob_storage: {
    operational_default_retention_duration: like(/^P(\d+[DWMY])+$/, 'a duration such as P30D'),
    vault_default_retention_duration: like(/^P(\d+[DWMY])+$/, 'a duration such as P30D'),
  },
  azurerm_data_protection_backup_vault: {
    datastore_type: oneOf('ArchiveStore OperationalStore SnapshotStore VaultStore'),
    redundancy: oneOf('GeoRedundant LocallyRedundant ZoneRedundant'),
    immutability: oneOf('Disabled Locked Unlocked'),
    soft_delete: oneOf('AlwaysOn Off On'),
    retention_duration_in_days: between(14, 180),
    'identity.type': identityType,
  },
  azurerm_key_vault: {
    sku_name: oneOf('premium standard'),
    soft_delete_retention_days: between(7, 90),
    'network_acls.bypass': oneOf('AzureServices None'),
    'network_acls.default_action': oneOf('Allow Deny'),
  },
  azurerm_key_vault_key: {
    key_type: oneOf('EC EC-HSM RSA RSA-HSM'),
    key_size: { oneOf: [2048, 3072, 4096] },
    curve: oneOf('P-256 P-256K P-384 P-521'),
    key_opts: oneOf('decrypt encrypt sign unwrapKey verify wrapKey'),
    'rotation_policy.expire_after': like(/^P\d+[DMY]$/, 'a duration such as P2Y'),
    'rotation_policy.automatic.time_before_expiry': like(/^P\d+[DMY]$/, 'a duration such as P30D'),
    'rotation_policy.automatic.time_after_creation': like(/^P\d+[DMY]$/, 'a duration such as P1Y'),
  },
  azurerm_management_lock: { lock_level: oneOf('CanNotDelete ReadOnly') },
  azurerm_storage_account: {
    access_tier: oneOf('Cold Cool Hot Premium'),
    account_kind: oneOf('BlobStorage BlockBlobStorage FileStorage Storage StorageV2'),
    account_replication_type: oneOf('GRS GZRS LRS RAGRS RAGZRS ZRS'),
    account_tier: oneOf('Premium Standard'),
    allowed_copy_scope: oneOf('AAD PrivateLink'),
    dns_endpoint_type: oneOf('AzureDnsZone Standard'),
    min_tls_version: oneOf('TLS1_0 TLS1_1 TLS1_2 TLS1_3'),
    queue_encryption_key_type: oneOf('Account Service'),
    table_encryption_key_type: oneOf('Account Service'),
    'blob_properties.change_feed_retention_in_days': between(1, 146000),
    'blob_properties.container_delete_retention_policy.days': between(1, 365),
    'blob_properties.delete_retention_policy.days': between(1, 365),
    'blob_properties.restore_policy.days': between(1, 365),
    'network_rules.bypass': oneOf('AzureServices Logging Metrics None'),
    'network_rules.default_action': oneOf('Allow Deny'),
    'routing.choice': oneOf('InternetRouting MicrosoftRouting'),
    'sas_policy.expiration_action': oneOf('Block Log'),
    'identity.type': identityType,
  },
  azurerm_storage_container: { container_access_type: oneOf('blob container private') },
  azurerm_storage_container_immutability_policy: { immutability_period_in_days: between(1, 146000) },
};
