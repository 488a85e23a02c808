import { link } from '../../../../lib/review/azure/rules/link';
import { findingsOf, judges, outputOf, remoteState } from '../fixtures';

const gateway = {
  type: 'Vpn',
  active_active: true,
  enable_bgp: true,
  bgp_settings: {
    asn: 65_010,
    peering_addresses: [
      { ip_configuration_name: 'instance-0', apipa_addresses: ['169.254.21.2', '169.254.22.2'] },
      { ip_configuration_name: 'instance-1', apipa_addresses: ['169.254.21.6', '169.254.22.6'] },
    ],
  },
};
const custom = (...addresses: readonly string[]) =>
  addresses.map((customBgpIpAddress, index) => ({
    ipConfigurationId: `\${azurerm_virtual_network_gateway.Gateway.id}/ipConfigurations/instance-${index}`,
    customBgpIpAddress,
  }));
const properties = {
  connectionType: 'IPsec',
  enableBgp: true,
  virtualNetworkGateway1: { id: '${azurerm_virtual_network_gateway.Gateway.id}', properties: {} },
  gatewayCustomBgpIpAddresses: custom('169.254.22.2', '169.254.21.6'),
};
const connection = (change: object = {}) => ({
  type: 'Microsoft.Network/connections@2024-05-01',
  body: { properties: { ...properties, ...change } },
  sensitive_body: { properties: { sharedKey: '${var.key}' } },
});
const variables = { key: { type: 'string', ephemeral: true, sensitive: true } };
const valid = { 'azurerm_virtual_network_gateway.Gateway': gateway, 'azapi_resource.Connection': connection() };

const at = 'azapi_resource.Connection';
const properties0 = `${at}/body/properties`;
const speaking = `${properties0}/gatewayCustomBgpIpAddresses`;

describe('link', () => {
  judges(
    link,
    valid,
    [
      [
        'one instance of the gateway stands by',
        'azurerm_virtual_network_gateway.Gateway/active_active',
        false,
        /^azurerm_virtual_network_gateway\.Gateway: active_active must be true, got false/,
      ],
      [
        'the gateway does not say whether it stands by',
        'azurerm_virtual_network_gateway.Gateway/active_active',
        undefined,
        /active_active must be true, got nothing/,
      ],
      [
        'the gateway speaks no BGP',
        'azurerm_virtual_network_gateway.Gateway/enable_bgp',
        false,
        /enable_bgp must be true, got false/,
      ],
      [
        'a connection speaks no BGP',
        `${properties0}/enableBgp`,
        false,
        /body\.properties\.enableBgp must be true, got false/,
      ],
      [
        'a connection says nothing of the second instance',
        speaking,
        custom('169.254.22.2'),
        /must name 169\.254\.21\.6 or 169\.254\.22\.6 for instance-1, got nothing: without, every tunnel/,
      ],
      [
        'an instance speaks by an address of the other',
        `${speaking}/0/customBgpIpAddress`,
        '169.254.21.6',
        /must name 169\.254\.21\.2 or 169\.254\.22\.2 for instance-0, got 169\.254\.21\.6/,
      ],
      [
        'a connection leads to no gateway of the site',
        `${properties0}/virtualNetworkGateway1/id`,
        '/subscriptions/x',
        /virtualNetworkGateway1\.id must be that of a gateway, got "\/subscriptions\/x"/,
      ],
      [
        'a key is written',
        `${properties0}/sharedKey`,
        '${var.key}',
        /: body\.properties\.sharedKey must be left out, got one/,
      ],
      [
        'nobody brings a key',
        `${at}/sensitive_body`,
        undefined,
        /sensitive_body\.properties\.sharedKey must be an ephemeral and sensitive variable, got nothing: Azure makes a key/,
      ],
      [
        'the key is of another resource',
        `${at}/sensitive_body/properties/sharedKey`,
        '${azurerm_virtual_network_gateway.Gateway.id}',
        /must be an ephemeral and sensitive variable, got something else/,
      ],
      ['the key has a version', `${at}/sensitive_body_version`, { x: '1' }, /sensitive_body_version must be left out/],
    ],
    { variables },
  );

  test.each(['ephemeral', 'sensitive'])('fails when the variable of a key is not %s', (word) => {
    const weak = { key: { ...variables.key, [word]: false } };
    expect(findingsOf(link, { resources: valid, variables: weak })).toHaveLength(1);
  });

  test('fails when a connection says nothing of its addresses: once for each instance', () => {
    const findings = findingsOf(link, {
      variables,
      resources: { ...valid, [at]: connection({ gatewayCustomBgpIpAddresses: [] }) },
    });
    expect(findings).toHaveLength(2);
  });

  test('fails when a connection is made by what reads its key into the state', () => {
    const findings = findingsOf(link, { resources: { 'azurerm_virtual_network_gateway_connection.Tunnel': {} } });
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^reads the key of the connection into the state: make Microsoft\.Network\/connections by azapi/,
      ),
    ]);
  });

  test('follows the gateway into another stack', () => {
    const base = {
      id: 'link-base',
      resources: { 'azurerm_virtual_network_gateway.Gateway': gateway },
      outputs: { gateway: { value: '${azurerm_virtual_network_gateway.Gateway.id}' } },
    };
    const there = (address: string) => ({
      id: 'link',
      variables,
      resources: {
        ...remoteState('link-base'),
        [at]: connection({
          virtualNetworkGateway1: { id: outputOf('link-base', 'gateway'), properties: {} },
          gatewayCustomBgpIpAddresses: custom(address, '169.254.21.6'),
        }),
      },
    });
    expect(findingsOf(link, there('169.254.21.2'), base)).toEqual([]);
    expect(findingsOf(link, there('169.254.21.9'), base)).toHaveLength(1);
  });

  test('has nothing to say of gateways and connections of another kind', () => {
    const resources = {
      'azurerm_virtual_network_gateway.Circuit': { type: 'ExpressRoute' },
      [at]: connection({ connectionType: 'ExpressRoute', enableBgp: false }),
    };
    expect(findingsOf(link, { resources })).toEqual([]);
  });
});
