import { Registry, type RegistryProps } from '../../lib/azure/registry';
import { encryption, monitoring, network, only, place, testStack } from '../support/azure';

const registryIn = (copies?: RegistryProps['copies']) => {
  const stack = testStack();
  new Registry(stack, 'Registry', { place, network, encryption, monitoring, copies });
  return stack;
};

describe('the registry', () => {
  const stack = registryIn();

  test('is closed, in all zones, encrypted with our key, and nothing can be carried off', () => {
    expect(only(stack, 'azurerm_container_registry')).toMatchObject({
      name: expect.stringMatching(/^crshopproduction\w{6}$/),
      sku: 'Premium',
      admin_enabled: false,
      anonymous_pull_enabled: false,
      public_network_access_enabled: false,
      export_policy_enabled: false,
      zone_redundancy_enabled: true,
      data_endpoint_enabled: true,
      retention_policy_in_days: 14,
      identity: { type: 'UserAssigned', identity_ids: [encryption.identity.id] },
      encryption: [{ key_vault_key_id: encryption.keyIds.registry, identity_client_id: encryption.identity.clientId }],
      lifecycle: { prevent_destroy: true },
    });
  });

  test('is locked, and reached from the network', () => {
    expect(only(stack, 'azurerm_management_lock').scope).toContain('azurerm_container_registry.');
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['registry'] },
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds.registry] },
    });
    expect(only(stack, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      enabled_log: [{ category_group: 'allLogs' }],
    });
  });

  test('copies images where copies of the site are, and nowhere else', () => {
    expect(only(stack, 'azurerm_container_registry')).not.toHaveProperty('georeplications');
    expect(only(registryIn({ region: 'japaneast' }), 'azurerm_container_registry')).toMatchObject({
      georeplications: [{ location: 'japaneast', zone_redundancy_enabled: true }],
    });
  });
});
