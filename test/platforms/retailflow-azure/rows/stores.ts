import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { exactly, like } from '../../support/matchers';
import { byDay, onCall, principal, region } from './facts';

const account = reference('data/ShopDocuments/Account', 'id');

/** Documents for everybody, search, Redis. */
export const stores: Row = {
  row: 'documents, search, caches',
  expectations: [
    one(
      'documents lie in two regions, over zones, and the second takes writes when the first is lost',
      'azurerm_cosmosdb_account',
      'data/ShopDocuments/Account',
      {
        'geo_location.0.location': region,
        'geo_location.0.zone_redundant': true,
        'geo_location.1.location': 'centralus',
        'geo_location.1.failover_priority': 1,
        'geo_location.1.zone_redundant': true,
        automatic_failover_enabled: true,
        local_authentication_disabled: true,
        public_network_access_enabled: false,
        minimal_tls_version: 'Tls12',
        'consistency_policy.consistency_level': 'Session',
        'backup.type': 'Continuous',
        'backup.tier': 'Continuous30Days',
        'lifecycle.prevent_destroy': true,
      },
    ),
    one('documents are reached by a private endpoint', 'azurerm_private_endpoint', 'data/ShopDocuments/Endpoint', {
      'private_service_connection.private_connection_resource_id': account,
      'private_service_connection.subresource_names.0': 'Sql',
    }),
    ...(['Catalog', 'Customer', 'Order'] as const).map((service) =>
      one(
        `${service} reads and writes documents`,
        'azurerm_cosmosdb_sql_role_assignment',
        `data/ShopDocuments/${service}Writes`,
        {
          principal_id: principal(service),
          role_definition_id: like(/sqlRoleDefinitions\/0{8}-0{4}-0{4}-0{4}-0{11}2$/),
          scope: like(/\/dbs\//),
        },
      ),
    ),
    one(
      'analytics reads documents, and writes none',
      'azurerm_cosmosdb_sql_role_assignment',
      'data/ShopDocuments/AnalyticsReads',
      {
        principal_id: principal('Analytics'),
        role_definition_id: like(/sqlRoleDefinitions\/0{8}-0{4}-0{4}-0{4}-0{11}1$/),
      },
    ),
    { name: 'nobody else is let at documents', type: 'azurerm_cosmosdb_sql_role_assignment', count: 4 },
    ...Object.entries({ Unavailable: onCall, RegionLost: onCall, Throttled: byDay, Busy: byDay }).map(([alert, told]) =>
      one(
        `somebody is called when documents are ${alert}`,
        'azurerm_monitor_metric_alert',
        `data/ShopDocuments/${alert}`,
        {
          'scopes.0': account,
          'action.0.action_group_id': told,
        },
      ),
    ),
    one(
      'search stands three times over zones, closed and without keys',
      'azurerm_search_service',
      'data/ProductsSearch/Search',
      {
        sku: 'standard',
        replica_count: 3,
        local_authentication_enabled: false,
        public_network_access_enabled: false,
        'lifecycle.prevent_destroy': true,
      },
    ),
    one(
      'a query that takes longer than 250 ms calls somebody',
      'azurerm_monitor_metric_alert',
      'data/ProductsSearch/Slow',
      {
        'criteria.0.metric_name': 'SearchLatency',
        'criteria.0.threshold': 0.25,
        'action.0.action_group_id': byDay,
      },
    ),
    one('the catalog writes and reads what is found', 'azurerm_role_assignment', 'data/ProductsSearch/CatalogUses', {
      principal_id: principal('Catalog'),
      role_definition_name: 'Search Index Data Contributor',
      scope: reference('data/ProductsSearch/Search', 'id'),
    }),
    one('sessions are never evicted, and survive the cache', 'azurerm_managed_redis', 'data/SessionsCache/Cache', {
      high_availability_enabled: true,
      public_network_access: 'Disabled',
      'default_database.eviction_policy': 'NoEviction',
      'default_database.access_keys_authentication_enabled': false,
    }),
    {
      name: 'sessions are open to three services',
      type: 'azurerm_managed_redis_access_policy_assignment',
      where: /^data\/SessionsCache\//,
      count: 3,
    },
    {
      name: 'the cache of the catalog is the catalog’s',
      type: 'azurerm_managed_redis_access_policy_assignment',
      where: /^data\/CatalogCache\//,
      path: 'object_id',
      is: exactly(principal('Catalog')),
      count: 1,
    },
  ],
};
