import { privateEndpoint } from '../../lib/azure/private-endpoint';
import { privateServices, privateZones, zonesOf, type PrivateService } from '../../lib/azure/private-network';
import { network, only, place, resourceId, testStack } from '../support/azure';

const services = Object.keys(privateServices) as PrivateService[];

describe('a private endpoint', () => {
  test.each(services)('of %s stands in the network and is found in its zones', (service) => {
    const stack = testStack();
    const targetId = resourceId('Microsoft.Any/thing', 'one');
    privateEndpoint(stack, 'Endpoint', { place, network, name: 'one', targetId, service });
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      name: `pep-shop-production-one-${service}`,
      subnet_id: network.subnetIds.endpoints,
      private_service_connection: {
        private_connection_resource_id: targetId,
        subresource_names: [privateServices[service].subresource],
        is_manual_connection: false,
      },
      private_dns_zone_group: { private_dns_zone_ids: zonesOf(service).map((zone) => network.zoneIds[zone]) },
    });
  });
});

describe('private DNS zones', () => {
  test('are each of one name, that of private link', () => {
    const names = Object.values(privateZones);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^privatelink\./);
  });

  test('are one a service, but for Azure Monitor, which has names in five', () => {
    expect(services.filter((service) => zonesOf(service).length > 1)).toEqual(['monitor']);
    expect(zonesOf('monitor')).toHaveLength(5);
  });
});
