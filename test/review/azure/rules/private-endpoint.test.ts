import { privateEndpoint } from '../../../../lib/review/azure/rules/private-endpoint';
import { findingsOf, judges, outputOf, remoteState } from '../fixtures';

const network = {
  'azurerm_virtual_network.Network': { name: 'vnet' },
  'azurerm_virtual_network.Other': { name: 'other' },
  'azurerm_subnet.Endpoints': { virtual_network_name: '${azurerm_virtual_network.Network.name}' },
  'azurerm_subnet.Postgres': {
    virtual_network_name: '${azurerm_virtual_network.Network.name}',
    delegation: [{ service_delegation: { name: 'Microsoft.DBforPostgreSQL/flexibleServers' } }],
  },
  'azurerm_private_dns_zone.Vault': { name: 'privatelink.vaultcore.azure.net' },
  'azurerm_private_dns_zone.Postgres': { name: 'privatelink.postgres.database.azure.com' },
  'azurerm_private_dns_zone_virtual_network_link.Vault': {
    private_dns_zone_name: '${azurerm_private_dns_zone.Vault.name}',
    virtual_network_id: '${azurerm_virtual_network.Network.id}',
  },
  'azurerm_private_dns_zone_virtual_network_link.Postgres': {
    private_dns_zone_name: '${azurerm_private_dns_zone.Postgres.name}',
    virtual_network_id: '${azurerm_virtual_network.Network.id}',
  },
};
const endpoint = (id: string, subnet: string, zone: string) => ({
  subnet_id: subnet,
  private_service_connection: { private_connection_resource_id: id, subresource_names: ['vault'] },
  private_dns_zone_group: { private_dns_zone_ids: [zone] },
});
const valid = {
  ...network,
  'azurerm_key_vault.Vault': {},
  'azurerm_private_endpoint.Vault': endpoint(
    '${azurerm_key_vault.Vault.id}',
    '${azurerm_subnet.Endpoints.id}',
    '${azurerm_private_dns_zone.Vault.id}',
  ),
  'azurerm_postgresql_flexible_server.Server': {
    delegated_subnet_id: '${azurerm_subnet.Postgres.id}',
    private_dns_zone_id: '${azurerm_private_dns_zone.Postgres.id}',
  },
};
const group = 'azurerm_private_endpoint.Vault/private_dns_zone_group';
const server = 'azurerm_postgresql_flexible_server.Server';

describe('private-endpoint', () => {
  judges(privateEndpoint, valid, [
    [
      'there is no endpoint',
      'azurerm_private_endpoint.Vault',
      undefined,
      /^azurerm_key_vault\.Vault: must have a private endpoint for vault, got none/,
    ],
    [
      'the endpoint leads elsewhere',
      'azurerm_private_endpoint.Vault/private_service_connection/private_connection_resource_id',
      '/subscriptions/x',
      /^azurerm_key_vault\.Vault: must have/,
    ],
    [
      'there is no zone',
      group,
      undefined,
      /private_dns_zone_group must have the zone privatelink\.vaultcore\.azure\.net, got none/,
    ],
    [
      'the zone is another',
      `${group}/private_dns_zone_ids/0`,
      '${azurerm_private_dns_zone.Postgres.id}',
      /must have the zone privatelink\.vaultcore/,
    ],
    [
      'the zone has no link',
      'azurerm_private_dns_zone_virtual_network_link.Vault',
      undefined,
      /is azurerm_private_dns_zone\.Vault, which is not linked to azurerm_virtual_network\.Network/,
    ],
    [
      'the zone is linked to another network',
      'azurerm_private_dns_zone_virtual_network_link.Vault/virtual_network_id',
      '${azurerm_virtual_network.Other.id}',
      /not linked to azurerm_virtual_network\.Network/,
    ],
    [
      'the subnet is unknown',
      'azurerm_private_endpoint.Vault/subnet_id',
      '/subscriptions/x',
      /subnet_id must be the id of a subnet of the site/,
    ],
    [
      'a database has no subnet',
      `${server}/delegated_subnet_id`,
      undefined,
      /delegated_subnet_id must be the id of a subnet of the site, got nothing/,
    ],
    [
      'its subnet is not delegated',
      'azurerm_subnet.Postgres/delegation',
      undefined,
      /must be delegated to Microsoft\.DBforPostgreSQL/,
    ],
    [
      'a database has no zone',
      `${server}/private_dns_zone_id`,
      undefined,
      /private_dns_zone_id must be the id of a private DNS zone/,
    ],
    [
      'its zone has no link',
      'azurerm_private_dns_zone_virtual_network_link.Postgres',
      undefined,
      /azurerm_private_dns_zone\.Postgres, which is not linked/,
    ],
    [
      'its zone is of something else',
      `${server}/private_dns_zone_id`,
      '${azurerm_private_dns_zone.Vault.id}',
      /must be a zone whose name ends with \.postgres/,
    ],
  ]);

  const other = {
    id: 'data',
    resources: {
      ...remoteState('foundation'),
      'azurerm_key_vault.Vault': {},
      'azurerm_private_endpoint.Vault': endpoint(
        '${azurerm_key_vault.Vault.id}',
        outputOf('foundation', 'subnet'),
        outputOf('foundation', 'zone'),
      ),
    },
  };
  const outputs = {
    subnet: { value: '${azurerm_subnet.Endpoints.id}' },
    zone: { value: '${azurerm_private_dns_zone.Vault.id}' },
  };
  test('the network and the zone may stand in another stack', () => {
    expect(findingsOf(privateEndpoint, other, { id: 'foundation', resources: network, outputs })).toEqual([]);
  });
  test('fails when the other stack does not link the zone', () => {
    const { 'azurerm_private_dns_zone_virtual_network_link.Vault': _gone, ...rest } = network;
    expect(findingsOf(privateEndpoint, other, { id: 'foundation', resources: rest, outputs })).toMatchObject([
      { path: 'shop-production-data/Vault', message: expect.stringContaining('not linked') },
    ]);
  });
});
