import { about, at, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { atLeast, containing, exactly, oneOf, withoutText } from '../../../support/matchers';
import { encryptionIdentity, key, subscription } from './facts';

const stack = 'data';

const account = (name: string): string => reference(`data/${name}Storage/Account`, 'id');

const dataGroup = `${subscription}/resourceGroups/${reference('data/Group', 'name')}`;

/** Accounts of the buckets: the one that is used, and the one that keeps. */
const accounts: readonly Expectation[] = [
  ...about(
    { stack, type: 'azurerm_storage_account', where: /^data\/(Assets|Hot)Storage\/Account$/, count: 2 },
    {
      'objects in use lie in three zones and in Singapore, where they can be read': {
        path: 'account_replication_type',
        is: 'RAGZRS',
      },
      'objects in use are at hand': { path: 'access_tier', is: 'Hot' },
      'objects in use can be set back to how they were, for 30 days': {
        path: 'blob_properties.restore_policy.days',
        is: atLeast(30),
      },
    },
  ),
  ...about(
    { stack, type: 'azurerm_storage_account', where: at('data/ArchiveStorage/Account'), count: 1 },
    {
      'the archive lies in Hong Kong and in Singapore, and may grow cold': {
        path: 'account_replication_type',
        is: 'GRS',
      },
      'the archive is hardly ever read': { path: 'access_tier', is: 'Cool' },
    },
  ),
  ...about(
    { stack, type: 'azurerm_storage_account' },
    {
      'objects are had by name, and not with a key': { path: 'shared_access_key_enabled', is: false },
      'objects have versions': { path: 'blob_properties.versioning_enabled', is: true },
      'changes of objects are written down': { path: 'blob_properties.change_feed_enabled', is: true },
      'changes of objects are known for 90 days': {
        path: 'blob_properties.change_feed_retention_in_days',
        is: atLeast(90),
      },
      'objects of the platform can be had back for 90 days': {
        path: 'blob_properties.delete_retention_policy.days',
        is: atLeast(90),
      },
      'buckets of the platform can be had back for 90 days': {
        path: 'blob_properties.container_delete_retention_policy.days',
        is: atLeast(90),
      },
      'signatures that live for more than a day are told': { path: 'sas_policy.expiration_period', is: '01.00:00:00' },
      'signatures that live too long are written down': { path: 'sas_policy.expiration_action', is: 'Log' },
    },
  ),
];

const buckets: readonly Expectation[] = (
  [
    ['Assets', 'Assets'],
    ['Exports', 'Hot'],
    ['Archive', 'Archive'],
  ] as const
).map(([name, kind]) =>
  one(
    `${name} lies in the ${kind.toLowerCase()} account`,
    'azurerm_storage_container',
    `data/${name}Bucket/Container`,
    {
      name: name.toLowerCase(),
      storage_account_id: account(kind),
    },
  ),
);

const lifecycle: readonly Expectation[] = [
  ...about(
    { stack, type: 'azurerm_storage_management_policy', where: /^data\/(Assets|Hot)Storage\/Lifecycle$/, count: 2 },
    {
      'old versions of objects in use leave after 90 days': {
        path: 'rule[*].actions.version.delete_after_days_since_creation',
        is: 90,
      },
      'rules of objects in use are on': { path: 'rule[*].enabled', is: true },
    },
  ),
  one('exports leave after 90 days', 'azurerm_storage_management_policy', 'data/HotStorage/Lifecycle', {
    storage_account_id: account('Hot'),
    'rule[name=exports].actions.base_blob.delete_after_days_since_modification_greater_than': 90,
    'rule[name=exports].filters.prefix_match': ['exports/'],
  }),
  one(
    'files of the shop never leave by themselves',
    'azurerm_storage_management_policy',
    'data/AssetsStorage/Lifecycle',
    {
      storage_account_id: account('Assets'),
      'rule[*].actions.base_blob': withoutText(/./),
      'rule[name=assets].filters.prefix_match': ['assets/'],
    },
  ),
  ...about(
    { stack, type: 'azurerm_storage_management_policy', where: at('data/ArchiveStorage/Lifecycle'), count: 1 },
    {
      'the archive grows cold after 90 days': {
        path: 'rule[name=archive].actions.base_blob.tier_to_archive_after_days_since_modification_greater_than',
        is: 90,
      },
      'the archive never leaves by itself': {
        path: 'rule[*].actions.base_blob.delete_after_days_since_modification_greater_than',
        is: withoutText(/./),
      },
      'old versions of the archive leave after 90 days': {
        path: 'rule[name=archive].actions.version.delete_after_days_since_creation',
        is: 90,
      },
      'rules of the archive are for the archive': { path: 'rule[name=archive].filters.prefix_match', is: ['archive/'] },
      'rules of the archive are for its account': { path: 'storage_account_id', is: account('Archive') },
      'rules of the archive are on': { path: 'rule[*].enabled', is: true },
    },
  ),
];

const archive: readonly Expectation[] = [
  ...about(
    { stack, type: 'azurerm_storage_container_immutability_policy', count: 1 },
    {
      'nobody changes the archive for a year': { path: 'immutability_period_in_days', is: atLeast(365) },
      'those who may remove the policy can correct a mistake': { path: 'locked', is: false },
      'nobody adds to what is in the archive': { path: 'protected_append_writes_all_enabled', is: false },
      'it is the archive that nobody changes': {
        path: 'storage_container_resource_manager_id',
        is: reference('data/ArchiveBucket/Container', 'id'),
      },
    },
  ),
  ...about(
    { stack, type: 'azurerm_role_definition', where: /^data\/ArchiveWriter\//, count: 1 },
    {
      'who writes to the archive removes nothing': {
        path: 'permissions[*].not_data_actions',
        is: containing('Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'),
      },
      'who writes to the archive reads and writes alone': {
        path: 'permissions[*].data_actions',
        is: exactly(
          ...['read', 'write', 'add/action'].map(
            (action) => `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/${action}`,
          ),
        ),
      },
      'who writes to the archive may do nothing to its account': {
        path: 'permissions[*].actions',
        is: withoutText(/./),
      },
      // Azure knows no role that is for one account alone; it is given on the archive, and nowhere else.
      'the role of those who write to the archive is known where data lies': { path: 'scope', is: dataGroup },
      'the role of those who write to the archive can be given nowhere else': {
        path: 'assignable_scopes',
        is: [dataGroup],
      },
    },
  ),
];

export const storage: Row = {
  row: 'storage',
  expectations: [
    ...accounts,
    ...buckets,
    {
      name: 'there are the buckets of the definition, and no other',
      stack,
      type: 'azurerm_storage_container',
      count: 5,
    },
    one(
      'files of the shop are read without a name, and cannot be listed',
      'azurerm_storage_container',
      'data/AssetsBucket/Container',
      {
        container_access_type: 'blob',
      },
    ),
    one('who leads is read without a name', 'azurerm_storage_container', 'data/FailoverStore/Leader', {
      name: 'mainstay-leader',
      storage_account_id: account('Assets'),
      container_access_type: 'blob',
    }),
    one('the journal of a failover is read by nobody', 'azurerm_storage_container', 'data/FailoverStore/Journal', {
      name: 'mainstay-failover',
      storage_account_id: account('Assets'),
    }),
    ...about(
      { type: 'azurerm_storage_container', where: /^(?!data\/(AssetsBucket|FailoverStore\/Leader))/ },
      { 'no other bucket is read without a name': { path: 'container_access_type', is: 'private' } },
    ),
    one(
      'the account of the files lets a bucket be read without a name',
      'azurerm_storage_account',
      'data/AssetsStorage/Account',
      {
        allow_nested_items_to_be_public: true,
        public_network_access_enabled: false,
      },
    ),
    ...about(
      { type: 'azurerm_storage_account', where: /^(?!data\/AssetsStorage\/)/ },
      {
        'no other account lets a bucket be read without a name': { path: 'allow_nested_items_to_be_public', is: false },
      },
    ),
    ...lifecycle,
    ...archive,
    ...about(
      { type: 'azurerm_storage_account' },
      {
        'objects are not copied to other tenants': { path: 'cross_tenant_replication_enabled', is: false },
        'objects are copied within the tenant alone': { path: 'allowed_copy_scope', is: 'AAD' },
        'people see objects by their name, and not by a key': { path: 'default_to_oauth_authentication', is: true },
        'services of Azure that are trusted reach objects': { path: 'network_rules.bypass', is: ['AzureServices'] },
        'objects travel encrypted': { path: 'https_traffic_only_enabled', is: true },
        'objects travel by TLS 1.2 or newer': { path: 'min_tls_version', is: oneOf('TLS1_2', 'TLS1_3') },
        'objects are encrypted twice': { path: 'infrastructure_encryption_enabled', is: true },
        'objects are encrypted with the key of storage': {
          path: 'customer_managed_key.key_vault_key_id',
          is: key('Storage'),
        },
        'objects are encrypted by the identity of encryption': {
          path: 'customer_managed_key.user_assigned_identity_id',
          is: encryptionIdentity,
        },
        'accounts have the identity of encryption, and no other': {
          path: 'identity.identity_ids',
          is: exactly(encryptionIdentity),
        },
        'no account has users of its own': { path: 'local_user_enabled', is: false },
        'accounts are of the kind that Azure still sells': { path: 'account_kind', is: 'StorageV2' },
        'accounts refuse whoever is not named': { path: 'network_rules.default_action', is: 'Deny' },
        'no address has a way around the network to an account': {
          path: 'network_rules.ip_rules',
          is: withoutText(/./),
        },
        'deleted objects can be had back': { path: 'blob_properties.delete_retention_policy.days', is: atLeast(7) },
        'deleted buckets can be had back': {
          path: 'blob_properties.container_delete_retention_policy.days',
          is: atLeast(7),
        },
      },
    ),
  ],
};
