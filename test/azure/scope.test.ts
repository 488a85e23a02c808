import { Network } from '../../lib/azure/network';
import { placeIn } from '../../lib/azure/place';
import { Scope } from '../../lib/azure/scope';
import { azureScopeSubnets, azureSubnetKey, azureSubnetNames, azureScopeSubnetKey } from '../../lib/platform/subnets';
import { monitoring, ofType, place, resourcesOf, testStack, type Arguments } from '../support/azure';
import { remember } from '../support/remember';

const addresses = Object.fromEntries([
  ...azureSubnetNames.map((subnet, index) => [azureSubnetKey('primary', subnet), `10.16.${index}.0/24`]),
  ...Object.keys(azureScopeSubnets).map((subnet, index) => [
    azureScopeSubnetKey('primary', 'cards', subnet as keyof typeof azureScopeSubnets),
    `10.16.100.${index * 64}/26`,
  ]),
]) as Readonly<Record<string, string>>;
const [endpoints, functions, nodes] = ['10.16.100.0/26', '10.16.100.64/26', '10.16.100.128/26'];

const made = remember((callsOut: boolean) => {
  const stack = testStack();
  const site = {
    siteName: 'primary' as const,
    network: { cidr: '10.16.0.0/16', pods: '10.64.0.0/14', ddosProtection: 'basic' as const },
  };
  const network = new Network(stack, 'Network', {
    place,
    monitoring,
    site,
    allocations: addresses,
    otherSites: [],
    objectCopiers: [],
    functionsCallOut: false,
    scopes: ['cards'],
  });
  const scope = new Scope(stack, 'CardsScope', {
    place: placeIn(place, 'cards'),
    monitoring,
    name: 'cards',
    network,
    site,
    allocations: addresses,
    callsOut,
    administrators: { name: 'Shop platform', objectId: '3d1f0a52-9c4e-4d8b-8b8e-2f6f0f6c1a77' },
  });
  return { stack, network, scope };
});

const rules = (direction: string, group: string, callsOut = true): readonly Arguments[] =>
  Object.entries(resourcesOf(made(callsOut).stack)['azurerm_network_security_rule'] ?? {})
    .filter(([address, rule]) => address.startsWith(group) && rule['direction'] === direction)
    .map(([, rule]) => rule);
const peers = (direction: string, group: string, side: string, callsOut = true): readonly unknown[] =>
  rules(direction, group, callsOut)
    .filter(({ access }) => access === 'Allow')
    .flatMap((rule) => rule[`${side}_address_prefixes`] ?? [rule[`${side}_address_prefix`]])
    .flat();

describe('the network of a scope', () => {
  test.each([
    ['endpoints', endpoints],
    ['functions', functions],
    ['nodes', nodes],
  ])('has %s of its own, closed in both directions but to what is listed', (subnet, range) => {
    const found = ofType(made(true).stack, 'azurerm_subnet').filter(({ name }) => name === `cards-${subnet}`);
    expect(found).toEqual([
      expect.objectContaining({
        address_prefixes: [range],
        private_endpoint_network_policies: 'Enabled',
        default_outbound_access_enabled: false,
      }),
    ]);
    const group = `CardsScope_Network_${subnet[0]?.toUpperCase()}${subnet.slice(1)}Group`;
    for (const direction of ['Inbound', 'Outbound']) {
      expect(rules(direction, group)).toContainEqual(
        expect.objectContaining({
          access: 'Deny',
          priority: 4096,
          protocol: '*',
          source_address_prefix: '*',
          destination_address_prefix: '*',
          destination_port_range: '*',
        }),
      );
    }
  });

  test('lets its functions and its nodes in at its endpoints, and neither pods nor other functions', () => {
    expect(peers('Inbound', 'CardsScope_Network_EndpointsGroup', 'source')).toEqual([functions, nodes]);
    expect(peers('Outbound', 'CardsScope_Network_EndpointsGroup', 'destination')).toEqual([]);
    expect(peers('Inbound', 'CardsScope_Network_FunctionsGroup', 'source')).toEqual([]);
  });

  test('lets its functions reach the internet where they call third parties, and otherwise not', () => {
    const shared = addresses[azureSubnetKey('primary', 'endpoints')];
    const reached = (callsOut: boolean) =>
      peers('Outbound', 'CardsScope_Network_FunctionsGroup', 'destination', callsOut);
    expect(reached(true)).toEqual(['AzureActiveDirectory', endpoints, shared, 'Internet']);
    expect(reached(false)).toEqual(['AzureActiveDirectory', endpoints, shared]);
    expect(ofType(made(false).stack, 'azurerm_nat_gateway')).toHaveLength(1);
    expect(ofType(made(true).stack, 'azurerm_nat_gateway')).toHaveLength(2);
  });

  test('lets nodes leave by the way of the cluster', () => {
    expect(ofType(made(true).stack, 'azurerm_subnet_nat_gateway_association')).toContainEqual({
      nat_gateway_id: expect.stringMatching(/azurerm_nat_gateway\.Network_ClusterNat_/),
      subnet_id: expect.stringMatching(/azurerm_subnet\.CardsScope_Network_Nodes_/),
    });
  });

  test('is let in where it needs what is shared: names and images, Azure Monitor, Service Bus', () => {
    const from = (range: string | undefined) =>
      Object.entries(resourcesOf(made(true).stack)['azurerm_network_security_rule'] ?? {})
        .filter(([address]) => address.startsWith('Network_SecurityGroups'))
        .filter(([, rule]) => [rule['source_address_prefix'], rule['source_address_prefixes']].flat().includes(range))
        .map(([address]) => address.replace(/_[0-9A-F]+$/, ''));
    expect(from(functions)).toEqual(['Network_SecurityGroups_Endpoints_InboundScopeFunctions']);
    expect(from(nodes)).toEqual([
      'Network_SecurityGroups_ApiServer_InboundCluster',
      'Network_SecurityGroups_Endpoints_InboundScopeNodes',
    ]);
  });

  test('takes the place of the subnets of the site for what stands in it, and leaves the others', () => {
    const { network, scope } = made(true);
    const differ = azureSubnetNames.filter((name) => scope.network.subnetIds[name] !== network.subnetIds[name]);
    expect(differ).toEqual(['cluster', 'endpoints', 'functions']);
    expect(scope.network.zoneIds).toBe(network.zoneIds);
  });
});

describe('the keys of a scope', () => {
  test('lie in a vault of its own, and are those of databases and of storage alone', () => {
    const { scope, stack } = made(true);
    expect(ofType(stack, 'azurerm_key_vault')).toEqual([
      expect.objectContaining({
        name: expect.stringMatching(/^kv-shop-productio-\w{6}$/),
        tags: expect.objectContaining({ scope: 'cards', 'data-class': 'restricted' }),
        public_network_access_enabled: false,
      }),
    ]);
    expect(Object.keys(scope.encryption.keyIds)).toEqual(['database', 'storage']);
    expect(ofType(stack, 'azurerm_private_endpoint').map((each) => each['subnet_id'])).toEqual([
      expect.stringMatching(/azurerm_subnet\.CardsScope_Network_Endpoints_/),
    ]);
  });

  test('have alerts whose names are not those of the vault of the site', () => {
    const names = ofType(made(true).stack, 'azurerm_monitor_metric_alert').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['cards-vault-unavailable', 'cards-vault-expiry-dropped']));
    expect(names).not.toContain('vault-unavailable');
  });
});
