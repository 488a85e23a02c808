import { DefaultTokenResolver, StringConcat, Tokenization, type TerraformStack } from 'cdktf';
import { keyPurposes } from '../../lib/azure/encryption';
import { Keys } from '../../lib/azure/keys';
import { monitoring, network, ofType, only, place, resourcesOf, testStack } from '../support/azure';
import { remember } from '../support/remember';

const administrators = { name: 'Shop platform', objectId: '3d1f0a52-9c4e-4d8b-8b8e-2f6f0f6c1a77' };

const made = remember(() => {
  const stack = testStack();
  return {
    stack,
    keys: new Keys(stack, 'Keys', { place, network, monitoring, administrators, purposes: keyPurposes }),
  };
});
const stack = (): TerraformStack => made().stack;

describe('the vault', () => {
  test('is closed, premium, ruled by roles, and cannot be purged', () => {
    expect(only(stack(), 'azurerm_key_vault')).toMatchObject({
      sku_name: 'premium',
      rbac_authorization_enabled: true,
      purge_protection_enabled: true,
      soft_delete_retention_days: 90,
      public_network_access_enabled: false,
      network_acls: { bypass: 'AzureServices', default_action: 'Deny' },
      tenant_id: place.tenantId,
      lifecycle: { prevent_destroy: true },
      tags: { 'data-class': 'restricted' },
    });
    expect(only(stack(), 'azurerm_management_lock')).toMatchObject({
      lock_level: 'CanNotDelete',
      scope: expect.stringContaining('azurerm_key_vault.'),
    });
  });

  test('has no access policy, and gives its secrets to no machine or template', () => {
    const vault = only(stack(), 'azurerm_key_vault');
    expect(vault).not.toHaveProperty('access_policy');
    expect(vault).toMatchObject({
      enabled_for_deployment: false,
      enabled_for_disk_encryption: false,
      enabled_for_template_deployment: false,
    });
  });

  test('is reached from the network', () => {
    expect(only(stack(), 'azurerm_private_endpoint')).toMatchObject({
      subnet_id: network.subnetIds.endpoints,
      private_service_connection: { subresource_names: ['vault'] },
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds['key-vault']] },
    });
  });

  test('tells who asked for what', () => {
    expect(only(stack(), 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      log_analytics_workspace_id: monitoring.workspaceId,
      enabled_log: [{ category_group: 'allLogs' }],
    });
  });

  test('calls people when it fails, is close to its limit, or refuses', () => {
    const alerts = ofType(stack(), 'azurerm_monitor_metric_alert');
    expect(alerts.map(({ name }) => name).sort()).toEqual(['vault-refused', 'vault-saturated', 'vault-unavailable']);
    for (const { description } of alerts) expect(description).toContain('docs/runbooks/azure-keys.md');
  });
});

describe('the keys', () => {
  const keys = () => Object.values(resourcesOf(stack())['azapi_resource'] ?? {});

  test('are one for each purpose, made without a way into the network', () => {
    expect(
      keys()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...keyPurposes].sort());
    expect(resourcesOf(stack())).not.toHaveProperty('azurerm_key_vault_key');
    for (const key of keys()) {
      expect(key).toMatchObject({
        type: 'Microsoft.KeyVault/vaults/keys@2023-07-01',
        parent_id: expect.stringContaining('azurerm_key_vault.'),
        lifecycle: { prevent_destroy: true, ignore_changes: ['body'] },
      });
    }
  });

  test('stand in hardware, wrap others, are rotated every year and end after two', () => {
    for (const { body, name } of keys()) {
      expect(body).toEqual({
        properties: {
          kty: 'RSA-HSM',
          keySize: 3072,
          keyOps: ['wrapKey', 'unwrapKey', ...(name === 'cluster' ? ['encrypt', 'decrypt'] : [])],
          rotationPolicy: {
            attributes: { expiryTime: 'P2Y' },
            lifetimeActions: [
              { trigger: { timeAfterCreate: 'P1Y' }, action: { type: 'rotate' } },
              { trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'notify' } },
            ],
          },
        },
      });
    }
  });

  test('are named without a version, so that a rotation is followed', () => {
    const { keyIds } = made().keys;
    expect(
      Tokenization.resolve(keyIds, {
        scope: stack(),
        resolver: new DefaultTokenResolver(new StringConcat()),
        preparing: false,
      }),
    ).toEqual(
      Object.fromEntries(
        keyPurposes.map((purpose) => [
          purpose,
          expect.stringMatching(/^\$\{azapi_resource\.Keys_\w+\.output\.properties\.keyUri\}$/),
        ]),
      ),
    );
    expect(new Set(Object.values(keyIds)).size).toBe(keyPurposes.length);
  });

  test('are used by one identity, each by a role on the key itself', () => {
    const roles = ofType(stack(), 'azurerm_role_assignment').filter(
      (each) => each['role_definition_name'] === 'Key Vault Crypto Service Encryption User',
    );
    expect(roles).toHaveLength(keyPurposes.length);
    expect(new Set(roles.map(({ scope }) => scope)).size).toBe(keyPurposes.length);
    for (const role of roles) {
      expect(role).toMatchObject({
        scope: expect.stringContaining('azapi_resource.'),
        principal_id: expect.stringContaining('azurerm_user_assigned_identity.Keys_Identity'),
      });
    }
  });

  test('are administered by the group of the definition, and by nobody else', () => {
    const others = ofType(stack(), 'azurerm_role_assignment').filter(
      (each) => each['role_definition_name'] !== 'Key Vault Crypto Service Encryption User',
    );
    expect(others).toEqual([
      expect.objectContaining({
        role_definition_name: 'Key Vault Administrator',
        principal_id: administrators.objectId,
        principal_type: 'Group',
        scope: expect.stringContaining('azurerm_key_vault.'),
      }),
    ]);
  });
});
