import { azureExpiryExpectations, endsOfKeys } from '../../../support/azure-expiry-row';
import { about, at, none, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { atLeast, containing, exactly, like, withoutText } from '../../../support/matchers';
import { onCall } from './facts';

const vault = reference('foundation/Keys/Vault', 'id');

const purposes = ['Cache', 'Cluster', 'Database', 'Messaging', 'Registry', 'Storage'] as const;

/** Keys wrap other keys and do nothing else; with that of the cluster, Kubernetes encrypts its secrets itself. */
const eachKey: readonly Expectation[] = purposes.flatMap((purpose) => [
  one(`there is a key for ${purpose}`, 'azapi_resource', `foundation/Keys/${purpose}`, {
    type: like(/^Microsoft\.KeyVault\/vaults\/keys@/),
    name: purpose.toLowerCase(),
    parent_id: vault,
    'body.properties.keyOps': exactly('wrapKey', 'unwrapKey', ...(purpose === 'Cluster' ? ['encrypt', 'decrypt'] : [])),
  }),
  one(
    `services encrypt with the key for ${purpose}, and may do nothing else with it`,
    'azurerm_role_assignment',
    `foundation/Keys/${purpose}Use`,
    {
      scope: reference(`foundation/Keys/${purpose}`, 'id'),
      role_definition_name: 'Key Vault Crypto Service Encryption User',
      principal_id: reference('foundation/Keys/Identity', 'principal_id'),
    },
  ),
]);

/** Keys in the vault. They are made by their name at Azure, since Terraform's own resource has to reach the vault. */
const ofKeys = { type: 'azapi_resource', having: { type: like(/vaults\/keys@/) }, count: purposes.length + 1 } as const;

export const keys: Row = {
  row: 'secrets, keys',
  expectations: [
    ...about(
      { type: 'azurerm_key_vault', count: 2 },
      {
        'keys are kept in hardware': { path: 'sku_name', is: 'premium' },
        'roles say who may use the vault': { path: 'rbac_authorization_enabled', is: true },
        'no list in the vault says who may use it': { path: 'access_policy', is: withoutText(/./) },
        'nobody removes the vault for good before its time': { path: 'purge_protection_enabled', is: true },
        'a deleted vault can be had back for 90 days': { path: 'soft_delete_retention_days', is: atLeast(90) },
        'the vault does not answer the internet': { path: 'public_network_access_enabled', is: false },
        'the vault refuses whoever is not named': { path: 'network_acls.default_action', is: 'Deny' },
        'services of Azure reach the keys that encrypt them': { path: 'network_acls.bypass', is: 'AzureServices' },
        'no address has a way around the network': { path: 'network_acls.ip_rules', is: withoutText(/./) },
        'virtual machines get nothing from the vault': { path: 'enabled_for_deployment', is: false },
        'disks get nothing from the vault': { path: 'enabled_for_disk_encryption', is: false },
        'templates get nothing from the vault': { path: 'enabled_for_template_deployment', is: false },
        'the vault holds what is restricted': { path: 'tags.data-class', is: 'restricted' },
        'Terraform does not destroy the vault': { path: 'lifecycle.prevent_destroy', is: true },
        'the vault knows its tenant': { path: 'tenant_id', is: '00000000-0000-0000-0000-000000000000' },
      },
    ),
    ...eachKey,
    ...about(ofKeys, {
      'keys never leave the hardware': { path: 'body.properties.kty', is: 'RSA-HSM' },
      'keys are long enough': { path: 'body.properties.keySize', is: atLeast(3072) },
      'keys are renewed each year': {
        path: 'body.properties.rotationPolicy.lifetimeActions',
        is: containing({ action: { type: 'rotate' }, trigger: { timeAfterCreate: 'P1Y' } }),
      },
      'people hear of a key that ends in a month': {
        path: 'body.properties.rotationPolicy.lifetimeActions',
        is: containing({ action: { type: 'notify' }, trigger: { timeBeforeExpiry: 'P30D' } }),
      },
      'a key that nobody renewed ends': { path: 'body.properties.rotationPolicy.attributes.expiryTime', is: 'P2Y' },
      'Terraform does not destroy a key': { path: 'lifecycle.prevent_destroy', is: true },
      'a rotation is not undone': { path: 'lifecycle.ignore_changes', is: containing('body') },
    }),
    one(
      'the administrators of the platform manage the vault',
      'azurerm_role_assignment',
      'foundation/Keys/Administrators',
      {
        scope: vault,
        role_definition_name: 'Key Vault Administrator',
        principal_type: 'Group',
        principal_id: '00000000-0000-0000-0000-000000000000',
      },
    ),
    ...about(
      { type: 'azurerm_user_assigned_identity', where: at('foundation/Keys/Identity'), count: 1 },
      { 'what encrypts has an identity of its own': { path: 'name', is: 'id-retailflow-production-encryption' } },
    ),
    ...azureExpiryExpectations({ stack: 'foundation', onCall, byDay: onCall }),
    ...azureExpiryExpectations({
      stack: 'data',
      part: 'BackupKey/Expiry',
      vault: 'BackupKey/Vault',
      ends: endsOfKeys,
      onCall,
      byDay: onCall,
    }),
    none({ type: 'azurerm_key_vault_secret' }, 'no secret is written by Terraform'),
    none({ type: 'azurerm_key_vault_access_policy' }, 'no policy of the old kind says who may use the vault'),
    none({ type: 'random_password' }, 'no password is made where Terraform keeps it'),
  ],
};
