import { geoReplica } from '../../../../lib/review/azure/rules/geo-replica';
import { change, judges, messagesOf, type Declarations } from '../fixtures';

const alike = { sku_name: 'MO_Standard_E8ds_v5', storage_mb: 131_072, version: '17', auto_grow_enabled: true };
const network = (name: string) => ({
  [`azurerm_virtual_network.${name}`]: {},
  [`azurerm_subnet.${name}`]: { virtual_network_name: `\${azurerm_virtual_network.${name}.name}` },
  [`azurerm_private_dns_zone.${name}`]: { name: `${name}.postgres.database.azure.com`, resource_group_name: name },
});
const linked = (zone: string, to: string) => ({
  private_dns_zone_name: `\${azurerm_private_dns_zone.${zone}.name}`,
  virtual_network_id: `\${azurerm_virtual_network.${to}.id}`,
});
const server = (name: string, location: string) => ({
  ...alike,
  location,
  delegated_subnet_id: `\${azurerm_subnet.${name}.id}`,
  private_dns_zone_id: `\${azurerm_private_dns_zone.${name}.id}`,
  customer_managed_key: { key_vault_key_id: `\${azapi_resource.${name}.output.properties.keyUri}` },
});
const parameter = (of: string, name: string, value: string) => ({
  server_id: `\${azurerm_postgresql_flexible_server.${of}.id}`,
  name,
  value,
});
const replica = 'azurerm_postgresql_flexible_server.there';
const pair = 'azurerm_postgresql_flexible_server_virtual_endpoint.Pair';

const valid: Declarations = {
  ...network('here'),
  ...network('there'),
  'azurerm_private_dns_zone_virtual_network_link.There': linked('here', 'there'),
  'azurerm_private_dns_zone_virtual_network_link.Back': linked('there', 'here'),
  'azurerm_key_vault.here': { location: 'westeurope' },
  'azurerm_key_vault.there': { location: 'northeurope' },
  'azapi_resource.here': { parent_id: '${azurerm_key_vault.here.id}' },
  'azapi_resource.there': { parent_id: '${azurerm_key_vault.there.id}' },
  'azurerm_postgresql_flexible_server.here': { ...server('here', 'westeurope'), create_mode: 'Default' },
  [replica]: {
    ...server('there', 'northeurope'),
    create_mode: 'Replica',
    source_server_id: '${azurerm_postgresql_flexible_server.here.id}',
  },
  'azurerm_postgresql_flexible_server_configuration.Here': parameter('here', 'pgbouncer.enabled', 'true'),
  'azurerm_postgresql_flexible_server_configuration.There': parameter('there', 'pgbouncer.enabled', 'true'),
  [pair]: {
    source_server_id: '${azurerm_postgresql_flexible_server.here.id}',
    replica_server_id: `\${${replica}.id}`,
  },
};

describe('geo-replica', () => {
  judges(geoReplica, valid, [
    [
      'it is smaller than its source',
      `${replica}/sku_name`,
      'MO_Standard_E4ds_v5',
      /sku_name must be "MO_Standard_E8ds_v5", that of its source, got "MO_Standard_E4ds_v5"/,
    ],
    ['its disk is another', `${replica}/storage_mb`, 65_536, /storage_mb must be 131072/],
    ['its disk does not grow', `${replica}/auto_grow_enabled`, undefined, /auto_grow_enabled must be true/],
    ['it is of another version', `${replica}/version`, '16', /version must be "17"/],
    [
      'it has no pool',
      'azurerm_postgresql_flexible_server_configuration.There/value',
      'false',
      /is told pgbouncer\.enabled false, and its source true/,
    ],
    [
      'it is encrypted with the key of the other region',
      `${replica}/customer_managed_key/key_vault_key_id`,
      '${azapi_resource.here.output.properties.keyUri}',
      /must be a key of "northeurope", got one of "westeurope"/,
    ],
    ['it is encrypted with no key of ours', `${replica}/customer_managed_key`, undefined, /got one of nothing/],
    [
      'the pair of names leads to another',
      `${pair}/replica_server_id`,
      '${azurerm_postgresql_flexible_server.here.id}',
      /must be what the one pair of names of its source leads to/,
    ],
    ['there is no pair of names', pair, undefined, /got 0 that do not: Azure promotes no other/],
    [
      'clients there do not find the source',
      'azurerm_private_dns_zone_virtual_network_link.There',
      undefined,
      /link azurerm_private_dns_zone\.here of shop-production-data to azurerm_virtual_network\.there/,
    ],
    [
      'clients here do not find it',
      'azurerm_private_dns_zone_virtual_network_link.Back',
      undefined,
      /link azurerm_private_dns_zone\.there of shop-production-data to azurerm_virtual_network\.here/,
    ],
  ]);

  test('says nothing of machines of another generation, which are as large', () => {
    expect(messagesOf(geoReplica, change(valid, `${replica}/sku_name`, 'MO_Standard_E8ds_v4'))).toEqual([]);
  });

  test('says nothing of a replica in the region of its source, which readers use', () => {
    const beside = change(change(valid, `${replica}/location`, 'westeurope'), `${replica}/sku_name`, 'MO_Other');
    expect(messagesOf(geoReplica, beside)).toEqual([]);
  });
});
