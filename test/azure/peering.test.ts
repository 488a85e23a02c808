import { Peering } from '../../lib/azure/peering';
import { ofType, place, resourceId, resourcesOf, testStack } from '../support/azure';

test('networks reach each other from both sides, and pass nothing on', () => {
  const stack = testStack();
  const network = (name: string, word: string) => ({
    id: resourceId('Microsoft.Network/virtualNetworks', name),
    name,
    resourceGroupName: `rg-${name}`,
    postgresZone: `${name}.postgres.database.azure.com`,
    word,
  });
  new Peering(stack, 'Peering', { place, networks: [network('here', 'recovery'), network('there', 'primary')] });
  const closed = {
    allow_virtual_network_access: true,
    allow_forwarded_traffic: false,
    allow_gateway_transit: false,
    use_remote_gateways: false,
  };
  expect(ofType(stack, 'azurerm_virtual_network_peering')).toEqual([
    expect.objectContaining({
      ...closed,
      name: 'recovery',
      resource_group_name: 'rg-there',
      virtual_network_name: 'there',
      remote_virtual_network_id: resourceId('Microsoft.Network/virtualNetworks', 'here'),
    }),
    expect.objectContaining({
      ...closed,
      name: 'primary',
      resource_group_name: 'rg-here',
      virtual_network_name: 'here',
      remote_virtual_network_id: resourceId('Microsoft.Network/virtualNetworks', 'there'),
    }),
  ]);
  expect(ofType(stack, 'azurerm_private_dns_zone_virtual_network_link')).toEqual([
    expect.objectContaining({
      name: 'primary',
      resource_group_name: 'rg-here',
      private_dns_zone_name: 'here.postgres.database.azure.com',
      virtual_network_id: resourceId('Microsoft.Network/virtualNetworks', 'there'),
    }),
    expect.objectContaining({
      name: 'recovery',
      resource_group_name: 'rg-there',
      private_dns_zone_name: 'there.postgres.database.azure.com',
      virtual_network_id: resourceId('Microsoft.Network/virtualNetworks', 'here'),
    }),
  ]);
  // Azure refuses to change both at once.
  const halves = Object.values(resourcesOf(stack)['azurerm_virtual_network_peering'] ?? {});
  expect(halves.filter((half) => half['depends_on'] !== undefined)).toHaveLength(1);
});
