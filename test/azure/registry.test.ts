import { Registry, replicaRegions } from '../../lib/azure/registry';
import { azureSite } from '../../lib/platform/nouns/site';
import { resolved, retailflowWith } from '../support/platform';
import { encryption, monitoring, network, only, place, testStack } from '../support/azure';

const registryIn = (replicas: readonly string[]) => {
  const stack = testStack();
  new Registry(stack, 'Registry', { place, network, encryption, monitoring, replicas });
  return stack;
};

describe('the registry', () => {
  const stack = registryIn([]);

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

  test('copies images to other regions of the platform, and only to those', () => {
    expect(only(stack, 'azurerm_container_registry')).not.toHaveProperty('georeplications');
    expect(only(registryIn(['japaneast']), 'azurerm_container_registry')).toMatchObject({
      georeplications: [{ location: 'japaneast', zone_redundancy_enabled: true }],
    });
  });
});

describe('regions to which images are copied', () => {
  const platform = resolved(retailflowWith({}));
  const { recovery } = platform.stage.sites;
  const onAzure = azureSite.parse({ ...recovery, region: 'japaneast' });

  test('are none where the platform has one region of Azure', () => {
    expect(replicaRegions(platform, 'eastasia')).toEqual([]);
  });

  test('are the other where it has two', () => {
    const two = { stage: { ...platform.stage, sites: { primary: onAzure, recovery } } };
    expect(replicaRegions(two, 'japaneast')).toEqual(['eastasia']);
    expect(replicaRegions(two, 'eastasia')).toEqual(['japaneast']);
  });
});
