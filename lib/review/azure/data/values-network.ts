import { between, like, oneOf } from './allowed';
import type { Values, ValuesOf } from './allowed';

const port = like(/^(\*|\d{1,5}(-\d{1,5})?)$/, 'a port, a range such as 8000-8080, or *');

const rule = (at: string): Readonly<Record<string, Values>> => ({
  [`${at}access`]: oneOf('Allow Deny'),
  [`${at}direction`]: oneOf('Inbound Outbound'),
  [`${at}priority`]: between(100, 4096),
  [`${at}protocol`]: oneOf('* Ah Esp Icmp Tcp Udp'),
  [`${at}destination_port_range`]: port,
  [`${at}destination_port_ranges`]: port,
  [`${at}source_port_range`]: port,
  [`${at}source_port_ranges`]: port,
});

/** https://learn.microsoft.com/rest/api/virtualnetwork */
export const networkValues: Readonly<Record<string, ValuesOf>> = {
  azurerm_nat_gateway: { idle_timeout_in_minutes: between(4, 120), sku_name: oneOf('Standard StandardV2') },
  azurerm_network_security_group: rule('security_rule.'),
  azurerm_network_security_rule: rule(''),
  azurerm_network_watcher_flow_log: {
    version: { oneOf: [1, 2] },
    'retention_policy.days': between(0, 365),
    'traffic_analytics.interval_in_minutes': { oneOf: [10, 60] },
  },
  azurerm_private_dns_zone_virtual_network_link: { resolution_policy: oneOf('Default NxDomainRedirect') },
  azurerm_private_endpoint: {
    'private_service_connection.subresource_names': oneOf(
      'azuremonitor blob configurationStores dfs file Gateway grafana namespace prometheusMetrics queue redisEnterprise registry searchService',
      'sites Sql sqlServer table vault web',
    ),
  },
  azurerm_public_ip: {
    allocation_method: oneOf('Dynamic Static'),
    ddos_protection_mode: oneOf('Disabled Enabled VirtualNetworkInherited'),
    idle_timeout_in_minutes: between(4, 30),
    ip_version: oneOf('IPv4 IPv6'),
    sku: oneOf('Basic Standard StandardV2'),
    sku_tier: oneOf('Global Regional'),
  },
  azurerm_private_dns_resolver_inbound_endpoint: {
    'ip_configurations.private_ip_allocation_method': oneOf('Dynamic Static'),
  },
  azurerm_route: { next_hop_type: oneOf('Internet None VirtualAppliance VirtualNetworkGateway VnetLocal') },
  azurerm_subnet: {
    private_endpoint_network_policies: oneOf('Disabled Enabled NetworkSecurityGroupEnabled RouteTableEnabled'),
  },
  azurerm_virtual_network_gateway: {
    generation: oneOf('Generation1 Generation2 None'),
    sku: oneOf('ErGw1AZ ErGw2AZ ErGw3AZ VpnGw1AZ VpnGw2AZ VpnGw3AZ VpnGw4AZ VpnGw5AZ'),
    type: oneOf('ExpressRoute Vpn'),
    vpn_type: oneOf('PolicyBased RouteBased'),
  },
};
