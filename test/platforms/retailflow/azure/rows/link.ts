import { about, at, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, exactly, like } from '../../../support/matchers';
import { onCall, subnet, virtualNetwork, workspace } from './facts';

const gateway = reference('link-base/VpnGateway/Gateway', 'id');

/** The table of Microsoft and AWS, written down again. */
const tunnels = [
  { connection: 1, tunnel: 1, aws: '169.254.21.1', primary: '169.254.21.2', secondary: '169.254.21.6' },
  { connection: 1, tunnel: 2, aws: '169.254.22.1', primary: '169.254.22.2', secondary: '169.254.21.6' },
  { connection: 2, tunnel: 1, aws: '169.254.21.5', primary: '169.254.21.2', secondary: '169.254.21.6' },
  { connection: 2, tunnel: 2, aws: '169.254.22.5', primary: '169.254.21.2', secondary: '169.254.22.6' },
] as const;

const gatewayRow: readonly Expectation[] = [
  ...about(
    { stack: 'link-base', type: 'azurerm_public_ip', count: 2 },
    {
      'addresses that AWS leads to do not change': { path: 'allocation_method', is: 'Static' },
      'addresses that AWS leads to are never given away': { path: 'lifecycle.prevent_destroy', is: true },
      'addresses that AWS leads to are of the kind that gateways take': { path: 'sku', is: 'Standard' },
      'addresses that AWS leads to stand in all zones': { path: 'zones', is: exactly('1', '2', '3') },
    },
  ),
  ...[0, 1].map((number) =>
    one(
      `address ${number} of the link tells what happens to it`,
      'azurerm_monitor_diagnostic_setting',
      `link-base/VpnGateway/Address${number}Diagnostics`,
      {
        target_resource_id: reference(`link-base/VpnGateway/Address${number}`, 'id'),
        log_analytics_workspace_id: workspace,
        'enabled_log.0.category_group': 'allLogs',
        'enabled_metric.0.category': 'AllMetrics',
      },
    ),
  ),
  one(
    'the gateway of the link tells what happens to it',
    'azurerm_monitor_diagnostic_setting',
    'link-base/VpnGateway/Diagnostics',
    {
      target_resource_id: gateway,
      log_analytics_workspace_id: workspace,
      'enabled_log.0.category_group': 'allLogs',
      'enabled_metric.0.category': 'AllMetrics',
    },
  ),
  one(
    'Azure does not delete the gateway of the link, whoever asks',
    'azurerm_management_lock',
    'link-base/VpnGateway/GatewayLock',
    {
      scope: gateway,
      lock_level: 'CanNotDelete',
      notes: like(/docs\/runbooks\/azure-lock\.md/),
    },
  ),
  ...about(
    { type: 'azurerm_virtual_network_gateway', count: 1 },
    {
      'both instances of the gateway carry traffic': { path: 'active_active', is: true },
      'the gateway speaks BGP': { path: 'enable_bgp', is: true },
      'the gateway spans the zones': { path: 'sku', is: 'VpnGw2AZ' },
      'the gateway is of the second generation': { path: 'generation', is: 'Generation2' },
      'the gateway makes tunnels': { path: 'type', is: 'Vpn' },
      'the gateway follows routes': { path: 'vpn_type', is: 'RouteBased' },
      'Terraform does not destroy the gateway': { path: 'lifecycle.prevent_destroy', is: true },
      'the gateway has the number of the definition': { path: 'bgp_settings.asn', is: 65_010 },
      'each instance speaks BGP by its own addresses': {
        path: 'bgp_settings.peering_addresses',
        is: [
          { ip_configuration_name: 'instance-0', apipa_addresses: ['169.254.21.2', '169.254.22.2'] },
          { ip_configuration_name: 'instance-1', apipa_addresses: ['169.254.21.6', '169.254.22.6'] },
        ],
      },
      'each instance has its own address': {
        path: 'ip_configuration',
        is: [0, 1].map((number) => ({
          name: `instance-${number}`,
          private_ip_address_allocation: 'Dynamic',
          public_ip_address_id: reference(`link-base/VpnGateway/Address${number}`, 'id'),
          subnet_id: subnet('Link'),
        })),
      },
    },
  ),
];

const body = 'body.properties';

const each: readonly Expectation[] = tunnels.flatMap(({ aws, connection, primary, secondary, tunnel }) => {
  const path = `link/Link/Connection${connection}Tunnel${tunnel}`;
  const what = `tunnel ${connection}/T${tunnel}`;
  return [
    ...about(
      { type: 'azurerm_local_network_gateway', where: at(`${path}/End`), count: 1 },
      {
        [`${what} leads to the address that AWS told`]: {
          path: 'gateway_address',
          is: `\${var.connection_${connection}_tunnel_${tunnel}_address}`,
        },
        [`${what} knows the number of AWS`]: { path: 'bgp_settings.asn', is: 64_512 },
        [`${what} knows the address by which AWS speaks BGP`]: { path: 'bgp_settings.bgp_peering_address', is: aws },
        [`${what} takes its routes by BGP alone`]: { path: 'address_space', is: absent },
      },
    ),
    ...about(
      { type: 'azapi_resource', where: at(`${path}/Connection`), count: 1 },
      {
        [`${what} ends at the gateway`]: { path: `${body}.virtualNetworkGateway1.id`, is: gateway },
        [`${what} leads to its own end on AWS`]: {
          path: `${body}.localNetworkGateway2.id`,
          is: reference(`${path}/End`, 'id'),
        },
        [`${what} is changed while no other one is`]: { path: 'locks', is: exactly(gateway) },
        [`${what} is told its own key`]: {
          path: 'sensitive_body.properties.sharedKey',
          is: `\${var.connection_${connection}_tunnel_${tunnel}_key}`,
        },
        [`${what} speaks BGP by its own addresses`]: {
          path: `${body}.gatewayCustomBgpIpAddresses`,
          is: [
            { customBgpIpAddress: primary, ipConfigurationId: `${gateway}/ipConfigurations/instance-0` },
            { customBgpIpAddress: secondary, ipConfigurationId: `${gateway}/ipConfigurations/instance-1` },
          ],
        },
      },
    ),
  ];
});

const connections: readonly Expectation[] = [
  ...about(
    { stack: 'link', type: 'azapi_resource', count: tunnels.length },
    {
      'connections are made by what keeps no key in a state': {
        path: 'type',
        is: like(/^Microsoft\.Network\/connections@/),
      },
      'no key of a connection is written': { path: `${body}.sharedKey`, is: absent },
      'of a connection is read back that it is there, and nothing more': {
        path: 'response_export_values',
        is: exactly('properties.provisioningState'),
      },
      ...Object.fromEntries(
        Object.entries({
          connectionType: 'IPsec',
          connectionProtocol: 'IKEv2',
          enableBgp: true,
          usePolicyBasedTrafficSelectors: false,
          dpdTimeoutSeconds: 45,
        }).map(([name, is]) => [`connections have ${name} ${is}`, { path: `${body}.${name}`, is }]),
      ),
      'connections offer one suite and no other': {
        path: `${body}.ipsecPolicies`,
        is: [
          {
            ikeEncryption: 'AES256',
            ikeIntegrity: 'SHA256',
            dhGroup: 'DHGroup14',
            ipsecEncryption: 'GCMAES256',
            ipsecIntegrity: 'GCMAES256',
            pfsGroup: 'PFS2048',
            saLifeTimeSeconds: 3600,
            saDataSizeKilobytes: 102_400_000,
          },
        ],
      },
    },
  ),
  ...about(
    { stack: 'link', type: 'azurerm_monitor_scheduled_query_rules_alert_v2', count: 1 },
    {
      'a tunnel that comes and goes calls somebody': {
        path: 'criteria[*].query',
        is: like(/TunnelDiagnosticLog" and OperationName == "TunnelConnected"/),
      },
      'a tunnel may come anew three times': { path: 'criteria[*].threshold', is: 3 },
      'a tunnel comes and goes when it does so more often': { path: 'criteria[*].operator', is: 'GreaterThan' },
      'each tunnel that comes and goes counts by itself': { path: 'criteria[*].dimension[*].name', is: 'remoteIP_s' },
      'those on call hear of a tunnel that comes and goes': { path: 'action.action_groups[*]', is: onCall },
    },
  ),
];

const subnets = [
  { name: 'DnsInbound', address: '10.32.16.224/28' },
  { name: 'DnsOutbound', address: '10.32.16.240/28' },
] as const;

const names: readonly Expectation[] = [
  ...subnets.flatMap(({ address, name }) => [
    ...about(
      { type: 'azurerm_subnet', where: at(`link-base/Dns/${name}/Subnet`), count: 1 },
      {
        [`${name} has its own addresses`]: { path: 'address_prefixes', is: [address] },
        [`${name} is the resolver's alone`]: {
          path: 'delegation[*].service_delegation.name',
          is: 'Microsoft.Network/dnsResolvers',
        },
        [`${name} lies in the network of the site`]: { path: 'virtual_network_name', is: 'vnet-retailflow-production' },
      },
    ),
    one(
      `${name} lets in whom its security group names`,
      'azurerm_subnet_network_security_group_association',
      `link-base/Dns/${name}/SecurityGroup/Association`,
      {
        subnet_id: reference(`link-base/Dns/${name}/Subnet`, 'id'),
        network_security_group_id: reference(`link-base/Dns/${name}/SecurityGroup/Group`, 'id'),
      },
    ),
    one(
      `${name} tells whom it refused`,
      'azurerm_monitor_diagnostic_setting',
      `link-base/Dns/${name}/SecurityGroup/Diagnostics`,
      {
        target_resource_id: reference(`link-base/Dns/${name}/SecurityGroup/Group`, 'id'),
        log_analytics_workspace_id: workspace,
        'enabled_log.0.category_group': 'allLogs',
      },
    ),
  ]),
  one('the resolver stands in the network of the site', 'azurerm_private_dns_resolver', 'link-base/Dns/Resolver', {
    virtual_network_id: virtualNetwork,
  }),
  one(
    'AWS asks for names at an address that it knows',
    'azurerm_private_dns_resolver_inbound_endpoint',
    'link-base/Dns/Inbound',
    {
      private_dns_resolver_id: reference('link-base/Dns/Resolver', 'id'),
      'ip_configurations.private_ip_address': '10.32.16.228',
      'ip_configurations.private_ip_allocation_method': 'Static',
      'ip_configurations.subnet_id': reference('link-base/Dns/DnsInbound/Subnet', 'id'),
    },
  ),
  one(
    'the site asks for names from a subnet of its own',
    'azurerm_private_dns_resolver_outbound_endpoint',
    'link-base/Dns/Outbound',
    {
      private_dns_resolver_id: reference('link-base/Dns/Resolver', 'id'),
      subnet_id: reference('link-base/Dns/DnsOutbound/Subnet', 'id'),
    },
  ),
  one(
    'names of databases on AWS are asked for there, in every zone',
    'azurerm_private_dns_resolver_forwarding_rule',
    'link-base/Dns/ApSoutheast1RdsAmazonawsCom',
    {
      dns_forwarding_ruleset_id: reference('link-base/Dns/Ruleset', 'id'),
      domain_name: 'ap-southeast-1.rds.amazonaws.com.',
      enabled: true,
      target_dns_servers: ['10.16.120.4', '10.16.120.20', '10.16.120.36'].map((ip_address) => ({
        ip_address,
        port: 53,
      })),
    },
  ),
  one(
    'questions leave by the resolver',
    'azurerm_private_dns_resolver_dns_forwarding_ruleset',
    'link-base/Dns/Ruleset',
    {
      private_dns_resolver_outbound_endpoint_ids: exactly(reference('link-base/Dns/Outbound', 'id')),
    },
  ),
  one('the whole network asks so', 'azurerm_private_dns_resolver_virtual_network_link', 'link-base/Dns/Network', {
    dns_forwarding_ruleset_id: reference('link-base/Dns/Ruleset', 'id'),
    virtual_network_id: virtualNetwork,
  }),
];

export const link: Row = { row: 'link to AWS', expectations: [...gatewayRow, ...each, ...connections, ...names] };
