import type { StorageAccountConfig } from '@cdktf/provider-azurerm/lib/storage-account';
import type { Encryption } from './encryption';

/**
 * What every storage account of a site has in common: it answers the network and identities of Entra ID alone, copies nothing
 * to another tenant, and is encrypted twice, once with a key of ours.
 */
export const closedAccount = ({
  identity,
  keyIds,
}: Pick<Encryption<'storage'>, 'identity' | 'keyIds'>): Omit<
  StorageAccountConfig,
  'accountReplicationType' | 'location' | 'name' | 'resourceGroupName'
> => ({
  accountKind: 'StorageV2',
  accountTier: 'Standard',
  sharedAccessKeyEnabled: false,
  defaultToOauthAuthentication: true,
  localUserEnabled: false,
  allowNestedItemsToBePublic: false,
  crossTenantReplicationEnabled: false,
  allowedCopyScope: 'AAD',
  httpsTrafficOnlyEnabled: true,
  minTlsVersion: 'TLS1_2',
  infrastructureEncryptionEnabled: true,
  publicNetworkAccessEnabled: false,
  networkRules: { defaultAction: 'Deny', bypass: ['AzureServices'] },
  identity: { type: 'UserAssigned', identityIds: [identity.id] },
  customerManagedKey: { keyVaultKeyId: keyIds.storage, userAssignedIdentityId: identity.id },
});
