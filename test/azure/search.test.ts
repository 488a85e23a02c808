import { Search } from '../../lib/azure/search';
import { aiSearch } from '../../lib/platform/nouns/storage';
import { identity, monitoring, network, ofType, only, place, testStack } from '../support/azure';

const stack = testStack();
const search = new Search(stack, 'Products', {
  place,
  network,
  monitoring,
  name: 'products',
  spec: aiSearch.parse({ engine: 'ai-search' }),
  administrators: { name: 'People', objectId: '5a1b2c3d-0000-4000-8000-000000000001' },
});
search.grant(search, identity('catalog'), { service: 'catalog' });

describe('a search', () => {
  test('is closed, knows no keys, spans zones by its replicas, and is kept', () => {
    expect(only(stack, 'azurerm_search_service')).toMatchObject({
      name: expect.stringMatching(/^srch-shop-production-products-\w{6}$/),
      sku: 'standard',
      replica_count: 3,
      partition_count: 1,
      local_authentication_enabled: false,
      public_network_access_enabled: false,
      network_rule_bypass_option: 'None',
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['searchService'] },
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds.search] },
    });
  });

  test('lets services at documents, and people at what an index is', () => {
    const roles = ofType(stack, 'azurerm_role_assignment').map(
      ({ principal_id: who, principal_type: type, role_definition_name: role }) => [who, type, role],
    );
    expect(roles).toEqual([
      ['5a1b2c3d-0000-4000-8000-000000000001', 'Group', 'Search Service Contributor'],
      ['principal-of-catalog', 'ServicePrincipal', 'Search Index Data Contributor'],
    ]);
  });

  test('calls somebody when queries take longer than promised, or are refused', () => {
    const alerts = ofType(stack, 'azurerm_monitor_metric_alert');
    expect(alerts.map(({ name }) => name)).toEqual(['search-products-slow', 'search-products-throttled']);
    expect(alerts[0]).toMatchObject({
      criteria: [{ metric_name: 'SearchLatency', aggregation: 'Average', operator: 'GreaterThan', threshold: 0.25 }],
    });
  });
});
