import { about, at, none, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, atLeast, equal, exactly, oneLike, oneOf } from '../../../support/matchers';
import { region, subnet, virtualNetwork, workspace } from './facts';

const stack = 'foundation';

/** Subnets: what stands in each, its addresses, and to which service of Azure it belongs alone. */
const subnets: readonly { name: string; what: string; address: string; service?: string }[] = [
  { name: 'Cluster', what: 'nodes', address: '10.32.0.0/20' },
  {
    name: 'ApiServer',
    what: 'the API server',
    address: '10.32.16.0/28',
    service: 'Microsoft.ContainerService/managedClusters',
  },
  { name: 'Balancer', what: 'the balancer of the gateway', address: '10.32.16.16/28' },
  { name: 'PrivateLink', what: 'the private link of Front Door', address: '10.32.16.32/27' },
  {
    name: 'Postgres',
    what: 'PostgreSQL',
    address: '10.32.16.64/26',
    service: 'Microsoft.DBforPostgreSQL/flexibleServers',
  },
  { name: 'Functions', what: 'functions', address: '10.32.16.128/26', service: 'Microsoft.App/environments' },
  { name: 'Link', what: 'the link to AWS', address: '10.32.16.192/27' },
  { name: 'Endpoints', what: 'private endpoints', address: '10.32.17.0/24' },
  { name: 'ApplicationGateway', what: 'the application gateway', address: '10.32.18.0/24' },
];

const eachSubnet: readonly Expectation[] = subnets.flatMap(({ address, name, service, what }) => [
  ...about(
    { stack, type: 'azurerm_subnet', where: at(`foundation/Network/${name}`), count: 1 },
    {
      [`${what} has its own addresses`]: { path: 'address_prefixes', is: [address] },
      [`the subnet of ${what} belongs to ${service ?? 'no service of Azure'}`]: {
        path: service === undefined ? 'delegation' : 'delegation[*].service_delegation.name',
        is: service === undefined ? absent : equal(service),
      },
    },
  ),
  ...(name === 'Link'
    ? []
    : [
        one(
          `the subnet of ${what} lets in whom its security group names`,
          'azurerm_subnet_network_security_group_association',
          `foundation/Network/SecurityGroups/${name}/Association`,
          {
            subnet_id: subnet(name),
            network_security_group_id: reference(`foundation/Network/SecurityGroups/${name}/Group`, 'id'),
          },
        ),
      ]),
]);

const wayOut: readonly Expectation[] = [
  ...about(
    { stack, type: 'azurerm_public_ip', where: /ClusterNat\/Address\d$/, count: 2 },
    {
      'addresses that third parties know do not change': { path: 'allocation_method', is: 'Static' },
      'addresses that third parties know are never given away': { path: 'lifecycle.prevent_destroy', is: true },
      'addresses that third parties know stand in all zones': { path: 'sku', is: 'StandardV2' },
    },
  ),
  ...about(
    { stack, type: 'azurerm_nat_gateway', count: 1 },
    { 'the way out stands in all zones': { path: 'sku_name', is: 'StandardV2' } },
  ),
  ...['1', '2'].map((number) =>
    one(
      `address ${number} is one of the way out`,
      'azurerm_nat_gateway_public_ip_association',
      `foundation/Network/ClusterNat/Address${number}Association`,
      {
        nat_gateway_id: reference('foundation/Network/ClusterNat/Gateway', 'id'),
        public_ip_address_id: reference(`foundation/Network/ClusterNat/Address${number}`, 'id'),
      },
    ),
  ),
  ...about(
    { stack, type: 'azurerm_subnet_nat_gateway_association', count: 1 },
    {
      'nodes go out by the NAT gateway, and nothing else does': { path: 'subnet_id', is: subnet('Cluster') },
      'nodes go out by the gateway with the known addresses': {
        path: 'nat_gateway_id',
        is: reference('foundation/Network/ClusterNat/Gateway', 'id'),
      },
    },
  ),
];

const flowLogs: readonly Expectation[] = about(
  { stack, type: 'azurerm_network_watcher_flow_log', count: 1 },
  {
    'who talked to whom is logged for the whole network': { path: 'target_resource_id', is: virtualNetwork },
    'flow logs are on': { path: 'enabled', is: true },
    'flow logs say how much was sent': { path: 'version', is: atLeast(2) },
    'flow logs are kept for a year': { path: 'retention_policy.days', is: 365 },
    'flow logs leave after their year': { path: 'retention_policy.enabled', is: true },
    'flow logs lie in an account of their own': {
      path: 'storage_account_id',
      is: reference('foundation/FlowLogs/Account', 'id'),
    },
    'traffic is analysed': { path: 'traffic_analytics.enabled', is: true },
    'traffic is analysed in the workspace': { path: 'traffic_analytics.workspace_resource_id', is: workspace },
    'traffic is analysed every ten minutes': { path: 'traffic_analytics.interval_in_minutes', is: 10 },
  },
);

const flowLogAccount: readonly Expectation[] = [
  ...about(
    { stack, type: 'azurerm_storage_account', where: at('foundation/FlowLogs/Account'), count: 1 },
    {
      'flow logs lie in three zones': { path: 'account_replication_type', is: 'ZRS' },
      'only Network Watcher has a key of an account': { path: 'shared_access_key_enabled', is: true },
      'the account of flow logs waits until it may use its key': {
        path: 'depends_on[*]',
        is: oneLike(/Keys_StorageUse/),
      },
    },
  ),
  ...about(
    { stack, type: 'azurerm_storage_management_policy', where: at('foundation/FlowLogs/Expiry'), count: 1 },
    {
      'flow logs leave the account after a year': {
        path: 'rule[*].actions.base_blob.delete_after_days_since_modification_greater_than',
        is: 365,
      },
      'the rule of flow logs is on': { path: 'rule[*].enabled', is: true },
      'the rule of flow logs is for that account': {
        path: 'storage_account_id',
        is: reference('foundation/FlowLogs/Account', 'id'),
      },
    },
  ),
];

export const network: Row = {
  row: 'network',
  expectations: [
    ...about(
      { stack, type: 'azurerm_virtual_network', count: 1 },
      {
        'the site has its own addresses': { path: 'address_space', is: ['10.32.0.0/16'] },
        'the site stands in Hong Kong': { path: 'location', is: region },
        'names are answered by Azure, which knows the private ones': { path: 'dns_servers', is: absent },
        'subnets are made one by one': { path: 'subnet', is: absent },
      },
    ),
    { name: 'there are no other subnets', stack, type: 'azurerm_subnet', count: subnets.length },
    ...eachSubnet,
    none(
      {
        stack,
        type: 'azurerm_subnet_network_security_group_association',
        having: { subnet_id: subnet('Link') },
      },
      'the gateway of the link has no security group, which Azure would refuse',
    ),
    ...about(
      { type: 'azurerm_subnet' },
      {
        'no subnet has a way out that nobody made': { path: 'default_outbound_access_enabled', is: false },
        'security groups hold for private endpoints too': { path: 'private_endpoint_network_policies', is: 'Enabled' },
        'all subnets are of the one network': {
          path: 'virtual_network_name',
          is: oneOf(reference('foundation/Network/VirtualNetwork', 'name'), 'vnet-retailflow-production'),
        },
      },
    ),
    ...about(
      { type: 'azurerm_subnet', where: at('foundation/Network/Link'), count: 1 },
      { 'the subnet of the link has the name that Azure asks for': { path: 'name', is: 'GatewaySubnet' } },
    ),
    ...about(
      { type: 'azurerm_subnet', where: at('foundation/Network/PrivateLink'), count: 1 },
      {
        'Front Door may stand in the subnet of its private link': {
          path: 'private_link_service_network_policies_enabled',
          is: false,
        },
      },
    ),
    ...about(
      { type: 'azurerm_subnet', where: at('foundation/Network/Postgres'), count: 1 },
      {
        'PostgreSQL writes its log to storage without leaving Azure': {
          path: 'service_endpoints',
          is: exactly('Microsoft.Storage'),
        },
      },
    ),
    ...wayOut,
    none({ type: 'azurerm_virtual_network_peering' }, 'no other network is joined with the site'),
    ...flowLogs,
    ...flowLogAccount,
  ],
};
