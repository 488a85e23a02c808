import { argumentsRule } from '../../../../lib/review/azure/rules/arguments';
import { findingsOf, judges } from '../fixtures';

const valid = {
  'azurerm_key_vault.Vault': {
    name: 'kv',
    location: 'eastasia',
    resource_group_name: 'rg',
    sku_name: 'premium',
    tenant_id: 't',
    soft_delete_retention_days: 90,
    purge_protection_enabled: '${var.protected}',
    network_acls: { bypass: 'AzureServices', default_action: 'Deny', ip_rules: ['10.0.0.1'] },
    tags: { stage: 'production' },
    lifecycle: { prevent_destroy: true },
  },
  'azapi_resource.Key': {
    type: 'Microsoft.KeyVault/vaults/keys@2023-07-01',
    parent_id: '${azurerm_key_vault.Vault.id}',
    body: { properties: { kty: 'RSA-HSM', keySize: 3072 } },
  },
  'azapi_update_resource.Site': {
    type: 'Microsoft.Web/sites@2024-04-01',
    resource_id: '${azurerm_key_vault.Vault.id}',
    body: { properties: { keyVaultReferenceIdentity: 'id' } },
  },
  'terraform_data.Refusal': { lifecycle: { precondition: [] } },
  'data.terraform_remote_state.Other': { backend: 'azurerm', config: {} },
};
const vault = 'azurerm_key_vault.Vault';

describe('arguments', () => {
  judges(argumentsRule, valid, [
    [
      'a type is unknown',
      'azurerm_key_vualt.Other',
      {},
      /^azurerm_key_vualt\.Other: azurerm_key_vualt must be a known type: did you mean azurerm_key_vault\?/,
    ],
    [
      'an argument is unknown',
      `${vault}/purge_protection_enable`,
      true,
      'purge_protection_enable is no argument here: did you mean purge_protection_enabled?',
    ],
    [
      'an argument of a block is unknown',
      `${vault}/network_acls/by_pass`,
      'None',
      'network_acls.by_pass is no argument here: did you mean bypass?',
    ],
    ['what is required is missing', `${vault}/sku_name`, undefined, 'sku_name must be given, got nothing'],
    [
      'what a block requires is missing',
      `${vault}/network_acls/bypass`,
      undefined,
      'network_acls.bypass must be given',
    ],
    [
      'a number is a text',
      `${vault}/soft_delete_retention_days`,
      'ninety',
      'soft_delete_retention_days must be a number, got "ninety"',
    ],
    [
      'a switch is a text',
      `${vault}/purge_protection_enabled`,
      'yes',
      'purge_protection_enabled must be a bool, got "yes"',
    ],
    ['a list is a text', `${vault}/network_acls/ip_rules`, '10.0.0.1', 'network_acls.ip_rules must be a list'],
    [
      'an element is wrong',
      `${vault}/network_acls/ip_rules`,
      [true],
      'network_acls.ip_rules[0] must be a string, got true',
    ],
    ['a map has an object', `${vault}/tags/stage`, { a: 1 }, 'tags.stage must be a string'],
    ['a block is a text', `${vault}/network_acls`, 'Deny', 'network_acls must be a block, got "Deny"'],
    ['a block stands twice', `${vault}/network_acls`, [{}, {}], 'network_acls must be one block, got 2'],
    [
      'a body has an unknown value',
      'azapi_resource.Key/body/properties/keySise',
      1,
      'body: properties.keySise is no argument here: did you mean keySize?',
    ],
    [
      'the body of an update has an unknown value',
      'azapi_update_resource.Site/body/properties/keyVaultIdentity',
      'id',
      'body: properties.keyVaultIdentity is no argument here',
    ],
    [
      'a body is of an unknown type',
      'azapi_resource.Key/type',
      'Microsoft.KeyVault/vaults/keys@2020-01-01',
      'body: Microsoft.KeyVault/vaults/keys@2020-01-01 must be a known type',
    ],
    ['a part of Terraform has an unknown argument', 'terraform_data.Refusal/inptu', 1, 'did you mean input?'],
  ]);

  test('fails when a provider is told what it does not know', () => {
    const findings = findingsOf(argumentsRule, { provider: { features: [{ key_vault: [{ purge: true }] }] } });
    expect(findings.map(({ message, path }) => [path, message])).toEqual([
      [
        'shop-production-data',
        expect.stringMatching(/^azurerm: features\[0\]\.key_vault\[0\]\.purge is no argument here/),
      ],
    ]);
  });
});
