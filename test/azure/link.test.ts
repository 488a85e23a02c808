import { existsSync } from 'node:fs';
import { Link, connectionBody } from '../../lib/azure/link';
import { linkAlerts } from '../../lib/azure/link-alerts';
import { VpnGateway, bgpSettings } from '../../lib/azure/vpn-gateway';
import { linkPlan } from '../../lib/platform/link';
import { monitoring, network, ofType, only, place, resourceId, testStack } from '../support/azure';
import { remember } from '../support/remember';

const plan = linkPlan({ awsAsn: 64_512, azureAsn: 65_010, inside: ['169.254.21.0/29', '169.254.22.0/29'] });
const gatewayId = resourceId('Microsoft.Network/virtualNetworkGateways', 'vpng');

const gatewayStack = remember(() => {
  const stack = testStack();
  new VpnGateway(stack, 'VpnGateway', { place, monitoring, network, plan });
  return stack;
});

const linkStack = remember(() => {
  const stack = testStack();
  new Link(stack, 'Link', {
    place,
    monitoring,
    plan,
    gatewayId,
    addressOf: ({ connection, tunnel }) => `13.0.${connection}.${tunnel}`,
    keyOf: ({ connection, tunnel }) => `\${var.key_${connection}_${tunnel}}`,
  });
  return stack;
});

describe('the gateway of the link', () => {
  test('speaks BGP by the addresses of the plan, each instance by its own', () => {
    expect(bgpSettings(plan)).toEqual({
      asn: 65_010,
      peeringAddresses: [
        { ipConfigurationName: 'instance-0', apipaAddresses: ['169.254.21.2', '169.254.22.2'] },
        { ipConfigurationName: 'instance-1', apipaAddresses: ['169.254.21.6', '169.254.22.6'] },
      ],
    });
  });

  test('is active in both instances, over all zones, and stands where Azure looks for it', () => {
    expect(only(gatewayStack(), 'azurerm_virtual_network_gateway')).toMatchObject({
      active_active: true,
      enable_bgp: true,
      sku: 'VpnGw2AZ',
      ip_configuration: [{ subnet_id: network.subnetIds.link }, { subnet_id: network.subnetIds.link }],
    });
    for (const address of ofType(gatewayStack(), 'azurerm_public_ip')) {
      expect(address).toMatchObject({ sku: 'Standard', allocation_method: 'Static', zones: ['1', '2', '3'] });
    }
  });

  test('is not let go, and neither are its addresses', () => {
    const kept = [
      only(gatewayStack(), 'azurerm_virtual_network_gateway'),
      ...ofType(gatewayStack(), 'azurerm_public_ip'),
    ];
    expect(kept.map(({ lifecycle }) => lifecycle?.['prevent_destroy'])).toEqual([true, true, true]);
    expect(only(gatewayStack(), 'azurerm_management_lock')).toMatchObject({
      name: 'holds-link',
      lock_level: 'CanNotDelete',
    });
  });

  test('tells what happens to it and to its addresses', () => {
    expect(ofType(gatewayStack(), 'azurerm_monitor_diagnostic_setting')).toHaveLength(3);
  });
});

describe('the link on Azure', () => {
  test('has an end and a connection for each tunnel', () => {
    expect(
      ofType(linkStack(), 'azurerm_local_network_gateway').map((end) => [end['gateway_address'], end['bgp_settings']]),
    ).toEqual([
      ['13.0.1.1', { asn: 64_512, bgp_peering_address: '169.254.21.1' }],
      ['13.0.1.2', { asn: 64_512, bgp_peering_address: '169.254.22.1' }],
      ['13.0.2.1', { asn: 64_512, bgp_peering_address: '169.254.21.5' }],
      ['13.0.2.2', { asn: 64_512, bgp_peering_address: '169.254.22.5' }],
    ]);
    expect(ofType(linkStack(), 'azapi_resource').map(({ name }) => name)).toEqual([
      'vcn-shop-production-aws-1-1',
      'vcn-shop-production-aws-1-2',
      'vcn-shop-production-aws-2-1',
      'vcn-shop-production-aws-2-2',
    ]);
  });

  test('is not made by what reads keys into the state', () => {
    expect(ofType(linkStack(), 'azurerm_virtual_network_gateway_connection')).toEqual([]);
  });

  test('is told the key of each tunnel by what no state keeps', () => {
    const connections = ofType(linkStack(), 'azapi_resource');
    expect(connections.map((connection) => connection['sensitive_body'])).toEqual(
      ['1_1', '1_2', '2_1', '2_2'].map((tunnel) => ({ properties: { sharedKey: `\${var.key_${tunnel}}` } })),
    );
    for (const { body } of connections) expect(JSON.stringify(body)).not.toContain('key_');
  });

  test.each(plan.tunnels)('speaks through tunnel $connection/T$tunnel by an address of either instance', (tunnel) => {
    const { properties } = connectionBody({ ...tunnel, gatewayId, localGatewayId: 'end' });
    expect(properties.gatewayCustomBgpIpAddresses).toEqual([
      { ipConfigurationId: `${gatewayId}/ipConfigurations/instance-0`, customBgpIpAddress: tunnel.customBgp.primary },
      { ipConfigurationId: `${gatewayId}/ipConfigurations/instance-1`, customBgpIpAddress: tunnel.customBgp.secondary },
    ]);
    expect(properties).toMatchObject({ connectionProtocol: 'IKEv2', enableBgp: true });
    expect(properties).not.toHaveProperty('sharedKey');
  });

  test('calls for each tunnel, its peer, and the whole, by a runbook that exists', () => {
    const alerts = linkAlerts(plan, (word) => `vcn-${word}`);
    expect(Object.keys(alerts)).toHaveLength(plan.tunnels.length * 2 + 3);
    expect(alerts['Aws12Quiet']?.dimensions).toEqual({ ConnectionName: ['vcn-aws-1-2'] });
    expect(alerts['Aws21PeerDown']?.dimensions).toEqual({ BgpPeerAddress: ['169.254.21.5'] });
    for (const { runbook } of Object.values(alerts)) expect(existsSync(`docs/runbooks/${runbook}.md`)).toBe(true);
  });

  test('names alerts apart', () => {
    const names = ofType(linkStack(), 'azurerm_monitor_metric_alert').map(({ name }) => name);
    expect(names).toContain('link-aws11-quiet');
    expect(names).toContain('link-crowded');
    expect(new Set(names).size).toBe(names.length);
  });
});
