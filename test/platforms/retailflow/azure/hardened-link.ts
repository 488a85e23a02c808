import type { Hardened } from '../../support/mutations';
import { foreign, kept, paths, tagged } from '../../support/hardened-azure';

/** The link to AWS: what encrypts it, leads through it, and finds names across it. */
export const hardenedLink: Readonly<Record<string, readonly Hardened[]>> = {
  azurerm_virtual_network_gateway: [
    {},
    ...tagged,
    ...kept,
    ...paths('active_active', 'enable_bgp'),
    { path: 'sku', weak: ['VpnGw1AZ', 'VpnGw2'] },
    { path: 'bgp_settings.asn', weak: [64_512] },
    { path: 'bgp_settings.peering_addresses', weak: [[]] },
    { path: 'ip_configuration', weak: [[]] },
  ],
  azurerm_local_network_gateway: [
    {},
    ...tagged,
    { path: 'gateway_address', weak: ['192.0.2.3'] },
    { path: 'bgp_settings.asn', weak: [65_010] },
    { path: 'bgp_settings.bgp_peering_address', weak: ['169.254.21.9'] },
  ],
  azurerm_private_dns_resolver: [{}, ...tagged, { path: 'virtual_network_id', weak: [foreign] }],
  azurerm_private_dns_resolver_inbound_endpoint: [
    {},
    { path: 'ip_configurations.private_ip_address', weak: ['10.32.16.229'] },
    { path: 'ip_configurations.private_ip_allocation_method', weak: ['Dynamic'] },
    { path: 'ip_configurations.subnet_id', weak: [foreign] },
  ],
  azurerm_private_dns_resolver_outbound_endpoint: [{}, { path: 'subnet_id', weak: [foreign] }],
  azurerm_private_dns_resolver_dns_forwarding_ruleset: [
    {},
    { path: 'private_dns_resolver_outbound_endpoint_ids', weak: [[]] },
  ],
  azurerm_private_dns_resolver_forwarding_rule: [
    {},
    { path: 'domain_name', weak: ['amazonaws.com.'] },
    { path: 'target_dns_servers', weak: [[{ ip_address: '192.0.2.53', port: 53 }]] },
    ...paths('enabled', 'dns_forwarding_ruleset_id'),
  ],
  azurerm_private_dns_resolver_virtual_network_link: [{}, { path: 'virtual_network_id', weak: [foreign] }],
};

const suite = 'body.properties.ipsecPolicies[0]';

/** The tunnels, which are made by Azure's own interface. */
export const hardenedConnections: readonly Hardened[] = [
  { path: 'type', weak: ['Microsoft.Network/virtualNetworkGateways@2024-05-01'] },
  { path: 'sensitive_body.properties.sharedKey', weak: ['${var.documentation_values}'] },
  { path: 'locks', weak: [[]] },
  { path: 'body.properties.enableBgp' },
  { path: 'body.properties.connectionProtocol', weak: ['IKEv1'] },
  { path: 'body.properties.gatewayCustomBgpIpAddresses', weak: [[]] },
  { path: 'body.properties.virtualNetworkGateway1.id', weak: [foreign] },
  { path: 'body.properties.localNetworkGateway2.id', weak: [foreign] },
  { path: 'body.properties.ipsecPolicies', weak: [[]] },
  { path: `${suite}.ikeEncryption`, weak: ['AES128'] },
  { path: `${suite}.ikeIntegrity`, weak: ['SHA1'] },
  { path: `${suite}.dhGroup`, weak: ['DHGroup2'] },
  { path: `${suite}.ipsecEncryption`, weak: ['None'] },
  { path: `${suite}.ipsecIntegrity`, weak: ['MD5'] },
  { path: `${suite}.pfsGroup`, weak: ['None'] },
  { path: 'response_export_values', weak: [['*']] },
].map((each) => ({ ...each, where: /\/Connection$/ }));
