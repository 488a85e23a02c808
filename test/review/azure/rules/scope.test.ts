import { scope } from '../../../../lib/review/azure/rules/scope';
import { judges, messagesOf, type Declarations } from '../fixtures';

const own = { tags: { scope: 'cards' } };
const list = (name: string, tags: object) => ({
  [`azurerm_network_security_group.${name}`]: { name, ...tags },
  [`azurerm_subnet.${name}`]: { name, address_prefixes: [name === 'cards' ? '10.0.1.0/27' : '10.0.0.0/24'] },
  [`azurerm_subnet_network_security_group_association.${name}`]: {
    subnet_id: `\${azurerm_subnet.${name}.id}`,
    network_security_group_id: `\${azurerm_network_security_group.${name}.id}`,
  },
});
const everything = {
  source_address_prefix: '*',
  destination_address_prefix: '*',
  destination_port_range: '*',
  protocol: '*',
};
const refuses = (direction: string) => ({
  ...everything,
  network_security_group_name: '${azurerm_network_security_group.cards.name}',
  direction,
  access: 'Deny',
});

const valid: Declarations = {
  ...list('shared', { tags: {} }),
  ...list('cards', own),
  'azurerm_network_security_rule.In': refuses('Inbound'),
  'azurerm_network_security_rule.Out': refuses('Outbound'),
  'azurerm_network_security_rule.Own': {
    network_security_group_name: '${azurerm_network_security_group.cards.name}',
    direction: 'Inbound',
    access: 'Allow',
    source_address_prefix: '10.0.1.0/27',
    destination_port_ranges: ['443', '1433'],
  },
  'azurerm_network_security_rule.Kubelet': {
    network_security_group_name: '${azurerm_network_security_group.cards.name}',
    direction: 'Inbound',
    access: 'Allow',
    source_address_prefixes: ['10.0.0.0/24'],
    destination_port_range: '10250',
  },
  'azurerm_key_vault.Cards': own,
  'azurerm_key_vault.Shared': { tags: {} },
  'azapi_resource.CardsKey': { type: 'Microsoft.KeyVault/vaults/keys', parent_id: '${azurerm_key_vault.Cards.id}' },
  'azapi_resource.SharedKey': { type: 'Microsoft.KeyVault/vaults/keys', parent_id: '${azurerm_key_vault.Shared.id}' },
  'azurerm_mssql_server.Server': own,
  'azurerm_mssql_server_transparent_data_encryption.Encryption': {
    server_id: '${azurerm_mssql_server.Server.id}',
    key_vault_key_id: '${azapi_resource.CardsKey.output.properties.keyUriWithVersion}',
  },
  'azurerm_storage_account.Code': {
    ...own,
    customer_managed_key: { key_vault_key_id: '${azapi_resource.CardsKey.output.properties.keyUri}' },
  },
  'azurerm_private_endpoint.Sql': {
    ...own,
    subnet_id: '${azurerm_subnet.cards.id}',
    private_service_connection: { private_connection_resource_id: '${azurerm_mssql_server.Server.id}' },
  },
  'azurerm_private_endpoint.Vault': {
    tags: {},
    subnet_id: '${azurerm_subnet.shared.id}',
    private_service_connection: { private_connection_resource_id: '${azurerm_key_vault.Shared.id}' },
  },
  'azurerm_function_app_flex_consumption.App': { ...own, virtual_network_subnet_id: '${azurerm_subnet.cards.id}' },
  'azurerm_kubernetes_cluster_node_pool.Nodes': {
    ...own,
    vnet_subnet_id: '${azurerm_subnet.cards.id}',
    node_taints: ['mainstay/scope=cards:NoSchedule'],
  },
};

const inShared = '${azurerm_subnet.shared.id}';
const inCards = '${azurerm_subnet.cards.id}';
const sharedKey = '${azapi_resource.SharedKey.output.properties.keyUri}';

describe('what is judged apart', () => {
  judges(scope, valid, [
    [
      'an endpoint of the scope stands elsewhere',
      'azurerm_private_endpoint.Sql/subnet_id',
      inShared,
      /Sql: is in the scope cards, and subnet_id is in no scope/,
    ],
    [
      'an endpoint of others stands in the scope',
      'azurerm_private_endpoint.Vault/subnet_id',
      inCards,
      /Vault: is in no scope, and subnet_id is in the scope cards/,
    ],
    [
      'somebody else is behind its endpoint',
      'azurerm_private_endpoint.Sql/private_service_connection',
      { private_connection_resource_id: '${azurerm_key_vault.Shared.id}' },
      /azurerm_key_vault\.Shared behind it is in no scope/,
    ],
    [
      'its function stands elsewhere',
      'azurerm_function_app_flex_consumption.App/virtual_network_subnet_id',
      inShared,
      /App: is in the scope cards, and virtual_network_subnet_id is in no scope/,
    ],
    [
      'nodes of others stand in it',
      'azurerm_kubernetes_cluster_node_pool.Nodes/tags',
      {},
      /Nodes: is in no scope, and vnet_subnet_id is in the scope cards/,
    ],
    [
      'its nodes take pods of others',
      'azurerm_kubernetes_cluster_node_pool.Nodes/node_taints',
      [],
      /must have the taint mainstay\/scope=cards:NoSchedule/,
    ],
    [
      'its databases are encrypted by a key of others',
      'azurerm_mssql_server_transparent_data_encryption.Encryption/key_vault_key_id',
      sharedKey,
      /its key lies in azurerm_key_vault\.Shared, which is in no scope/,
    ],
    [
      'its account is encrypted by a key of others',
      'azurerm_storage_account.Code/customer_managed_key',
      { key_vault_key_id: sharedKey },
      /Code: .*its key lies in azurerm_key_vault\.Shared/,
    ],
    [
      'others encrypt by its key',
      'azurerm_storage_account.Code/tags',
      {},
      /Code: is in no scope, and its key lies in azurerm_key_vault\.Cards, which is in the scope cards/,
    ],
    [
      'somebody outside is let in',
      'azurerm_network_security_rule.Own/source_address_prefix',
      '10.0.0.0/24',
      /lets 10\.0\.0\.0\/24 in to the scope cards on 443, 1433, allowed are its own subnets 10\.0\.1\.0\/27/,
    ],
    [
      'somebody outside is let in beyond the kubelet',
      'azurerm_network_security_rule.Kubelet/destination_port_range',
      '22',
      /lets 10\.0\.0\.0\/24 in to the scope cards on 22/,
    ],
    [
      'nothing refuses the rest on the way in',
      'azurerm_network_security_rule.In/source_address_prefix',
      '10.0.0.0/24',
      /lets the rest pass Inbound: refuse it/,
    ],
    [
      'nothing refuses the rest on the way out',
      'azurerm_network_security_rule.Out/protocol',
      'Tcp',
      /lets the rest pass Outbound: refuse it/,
    ],
  ]);

  test('says nothing of a site without scopes', () => {
    expect(messagesOf(scope, list('shared', { tags: {} }))).toEqual([]);
  });
});
