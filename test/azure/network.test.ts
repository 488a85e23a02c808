import allocations from '../../allocations/retailflow.json';
import { inboundRules, outboundRules } from '../../lib/azure/flows';
import { Network, networkSubnet, type NetworkProps } from '../../lib/azure/network';
import { ruleSettings } from '../../lib/azure/security-group';
import { occasionalServices, ownPostgresZone, privateZones } from '../../lib/azure/private-network';
import { azureSubnetKey, azureSubnetNames, type AzureSubnet } from '../../lib/platform/subnets';
import { monitoring, ofType, only, place, resourcesOf, testStack, type Arguments } from '../support/azure';
import { remember } from '../support/remember';

const addresses: Readonly<Record<string, string>> = allocations.production.addresses;
const range = (subnet: AzureSubnet): string | undefined => addresses[azureSubnetKey('recovery', subnet)];

const made = remember((patch: Partial<NetworkProps> = {}) => {
  const stack = testStack();
  const network = new Network(stack, 'Network', {
    place,
    monitoring,
    site: { siteName: 'recovery', network: { cidr: '10.32.0.0/16', pods: '10.64.0.0/14', ddosProtection: 'basic' } },
    allocations: addresses,
    otherSites: ['10.16.0.0/16'],
    objectCopiers: ['10.16.0.0/19', '10.16.32.0/19'],
    functionsCallOut: false,
    ...patch,
  });
  return { stack, network };
});

const subnetName = (subnet: AzureSubnet): string => (subnet === 'link' ? 'GatewaySubnet' : subnet);
const subnets = () => ofType(made().stack, 'azurerm_subnet');
const subnetCalled = (name: string) => subnets().find((each) => each['name'] === name);

describe('the network of a site on Azure', () => {
  test('has the range of the site', () => {
    expect(only(made().stack, 'azurerm_virtual_network')).toMatchObject({
      name: 'vnet-shop-production',
      address_space: ['10.32.0.0/16'],
    });
  });

  test('has a plan against floods where one is asked for, and none otherwise', () => {
    const planned = made({
      site: {
        siteName: 'recovery',
        network: { cidr: '10.32.0.0/16', pods: '10.64.0.0/14', ddosProtection: 'network' },
      },
    }).stack;
    expect(only(planned, 'azurerm_network_ddos_protection_plan')).toMatchObject({ name: 'ddos-shop-production' });
    expect(only(planned, 'azurerm_virtual_network')).toMatchObject({ ddos_protection_plan: { enable: true } });
    expect(ofType(made().stack, 'azurerm_network_ddos_protection_plan')).toEqual([]);
    expect(only(made().stack, 'azurerm_virtual_network')).not.toHaveProperty('ddos_protection_plan');
  });

  test.each(azureSubnetNames)('has the subnet %s on its range, without a way out of its own', (subnet) => {
    expect(subnetCalled(subnetName(subnet))).toMatchObject({
      address_prefixes: [range(subnet)],
      default_outbound_access_enabled: false,
      private_endpoint_network_policies: 'Enabled',
    });
  });

  test('has these subnets and no other', () => {
    expect(subnets().map(({ name }) => name)).toHaveLength(azureSubnetNames.length);
  });

  test.each([
    ['api-server', 'Microsoft.ContainerService/managedClusters'],
    ['postgres', 'Microsoft.DBforPostgreSQL/flexibleServers'],
    ['functions', 'Microsoft.App/environments'],
  ] as const)('gives the subnet %s over to %s', (subnet, service) => {
    expect(networkSubnet(subnet, '10.0.0.0/24').delegation).toEqual([
      {
        name: subnet,
        serviceDelegation: { name: service, actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'] },
      },
    ]);
  });

  test('gives no other subnet over', () => {
    expect(subnets().filter(({ delegation }) => delegation !== undefined)).toHaveLength(3);
  });

  test('lets a private link service stand in the subnet that is there for one, and in no other', () => {
    expect(subnets().filter((each) => each['private_link_service_network_policies_enabled'] === false)).toEqual([
      subnetCalled('private-link'),
    ]);
  });

  test.each(occasionalServices)('has no zone of %s where the platform does not use it', (service) => {
    const names = ofType(made().stack, 'azurerm_private_dns_zone').map(({ name }) => name);
    expect(names).not.toContain(privateZones[service]);
    expect(made().network.zoneIds[service]).toBeUndefined();
  });

  const withAll = { services: occasionalServices };
  test.each(Object.entries(privateZones))('finds %s by the private zone %s', (_, name) => {
    const zones = Object.values(resourcesOf(made(withAll).stack)['azurerm_private_dns_zone'] ?? {});
    const links = ofType(made(withAll).stack, 'azurerm_private_dns_zone_virtual_network_link');
    expect(zones.filter((zone) => zone['name'] === name)).toHaveLength(1);
    expect(links).toHaveLength(zones.length);
    expect(new Set(links.map((link) => link['private_dns_zone_name'])).size).toBe(zones.length);
    for (const link of links) {
      expect(link['virtual_network_id']).toMatch(/^\$\{azurerm_virtual_network\.Network_VirtualNetwork_\w+\.id\}$/);
      expect(link['registration_enabled']).toBe(false);
    }
  });
});

describe('the way out', () => {
  test('is one gateway that spans the zones, on two addresses that stay', () => {
    const { stack } = made();
    expect(only(stack, 'azurerm_nat_gateway')).toMatchObject({ sku_name: 'StandardV2' });
    expect(only(stack, 'azurerm_nat_gateway')).not.toHaveProperty('zones');
    const addressesOut = ofType(stack, 'azurerm_public_ip');
    expect(addressesOut).toHaveLength(2);
    for (const address of addressesOut) {
      expect(address).toMatchObject({
        sku: 'StandardV2',
        allocation_method: 'Static',
        lifecycle: { prevent_destroy: true },
      });
    }
    expect(ofType(stack, 'azurerm_nat_gateway_public_ip_association')).toHaveLength(2);
  });

  test('is that of the cluster alone', () => {
    expect(only(made().stack, 'azurerm_subnet_nat_gateway_association').subnet_id).toMatch(
      /azurerm_subnet\.Network_Cluster_/,
    );
  });

  test('is another for functions, where one calls third parties', () => {
    const { network, stack } = made({ functionsCallOut: true });
    expect(ofType(stack, 'azurerm_nat_gateway').map((each) => each['sku_name'])).toEqual(['StandardV2', 'Standard']);
    expect(ofType(stack, 'azurerm_public_ip').filter(({ sku }) => sku === 'Standard')).toEqual([
      expect.objectContaining({ zones: ['1', '2', '3'], name: 'pip-shop-production-egress-functions-1' }),
    ]);
    expect(network.egressAddresses).toHaveLength(3);
  });

  test('is told when packets are lost', () => {
    expect(only(made().stack, 'azurerm_monitor_metric_alert')).toMatchObject({
      criteria: [{ metric_name: 'DatapathAvailability', operator: 'LessThan', threshold: 98 }],
    });
  });
});

describe('security groups', () => {
  const stack = () => made().stack;
  const rulesOf = (subnet: string): readonly Arguments[] =>
    Object.entries(resourcesOf(stack())['azurerm_network_security_rule'] ?? {})
      .filter(([, rule]) => String(rule['network_security_group_name']).includes(`SecurityGroups_${subnet}_Group`))
      .map(([, rule]) => rule);

  test('stand before every subnet but that of the gateway of the link', () => {
    const associated = ofType(stack(), 'azurerm_subnet_network_security_group_association').map((each) =>
      String(each['subnet_id']),
    );
    expect(associated).toHaveLength(azureSubnetNames.length - 1);
    expect(associated.filter((id) => id.includes('Network_Link'))).toEqual([]);
  });

  test.each(Object.keys(inboundRules))('refuse everybody at %s who is not named', (subnet) => {
    const settings = ruleSettings(inboundRules[subnet as keyof typeof inboundRules], {}, 'everything');
    expect(settings).toEqual([
      expect.objectContaining({ access: 'Deny', priority: 4096, protocol: '*', peers: ['*'], ports: ['*'] }),
    ]);
  });

  test('let the internet in at the application gateway alone, on the ports of the web', () => {
    const open = ofType(stack(), 'azurerm_network_security_rule').filter(
      (rule) =>
        rule['direction'] === 'Inbound' &&
        rule['access'] === 'Allow' &&
        ['*', '0.0.0.0/0', 'Internet'].includes(String(rule['source_address_prefix'])),
    );
    expect(open).toEqual([
      expect.objectContaining({ source_address_prefix: 'Internet', destination_port_ranges: ['80', '443'] }),
    ]);
    expect(rulesOf('ApplicationGateway')).toContainEqual(open[0]);
  });

  test('let Azure look after the application gateway', () => {
    expect(rulesOf('ApplicationGateway')).toContainEqual(
      expect.objectContaining({ source_address_prefix: 'GatewayManager', destination_port_range: '65200-65535' }),
    );
  });

  test.each(['Cluster', 'Balancer'])(
    'let the application gateway call the gateway in %s, and nothing else',
    (subnet) => {
      expect(rulesOf(subnet).filter((rule) => rule['source_address_prefix'] === range('application-gateway'))).toEqual([
        expect.objectContaining({ access: 'Allow', destination_port_ranges: ['8000', '8100'] }),
      ]);
    },
  );

  test('let pods and nodes talk to each other, since packets between them keep their addresses', () => {
    expect(rulesOf('Cluster')).toContainEqual(
      expect.objectContaining({
        access: 'Allow',
        protocol: '*',
        source_address_prefixes: [range('cluster'), '10.64.0.0/14'],
        destination_port_range: '*',
      }),
    );
  });

  test('let the other site replicate from the databases, and reach nothing else', () => {
    const fromThere = ofType(stack(), 'azurerm_network_security_rule').filter(
      (rule) => rule['source_address_prefix'] === '10.16.0.0/16',
    );
    expect(fromThere).toEqual([expect.objectContaining({ destination_port_range: '5432', name: 'other-sites' })]);
    expect(rulesOf('Postgres')).toContainEqual(fromThere[0]);
  });

  test('have no rule for another site where there is none', () => {
    const alone = ofType(made({ otherSites: [] }).stack, 'azurerm_network_security_rule');
    expect(alone.filter(({ name }) => name === 'other-sites')).toEqual([]);
  });

  test.each(Object.keys(outboundRules))('keep %s from the internet', (subnet) => {
    const settings = ruleSettings(outboundRules[subnet as keyof typeof outboundRules] ?? {}, {}, 'internet');
    expect(settings.at(-1)).toMatchObject({ access: 'Deny', priority: 4096, peers: ['Internet'] });
  });

  test('keep what holds data from the internet', () => {
    expect(Object.keys(outboundRules)).toEqual(expect.arrayContaining(['postgres', 'endpoints']));
    expect(rulesOf('Postgres').filter(({ direction }) => direction === 'Outbound')).toContainEqual(
      expect.objectContaining({ access: 'Deny', destination_address_prefix: 'Internet' }),
    );
  });

  test('give no two rules of a direction the same priority', () => {
    for (const subnet of ['Cluster', 'ApiServer', 'Postgres', 'Endpoints', 'ApplicationGateway']) {
      const keys = rulesOf(subnet).map(({ direction, priority }) => `${String(direction)} ${String(priority)}`);
      expect(keys.length).toBeGreaterThan(1);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe('a network beside another in a second region', () => {
  const zoneName = 'shop-production-recovery.postgres.database.azure.com';
  const beside = () =>
    made({ otherRegions: ['10.48.0.0/16'], postgresZone: ownPostgresZone('shop-production-recovery') }).stack;
  const callers = (stack: ReturnType<typeof testStack>) =>
    ofType(stack, 'azurerm_network_security_rule').filter(({ name }) => name === 'other-regions');

  test('lets services of the other region call its databases, and nothing else of it', () => {
    expect(callers(beside())).toEqual([
      expect.objectContaining({
        access: 'Allow',
        direction: 'Inbound',
        source_address_prefix: '10.48.0.0/16',
        destination_port_ranges: ['5432', '6432'],
        network_security_group_name: expect.stringContaining('Postgres_Group'),
      }),
    ]);
    expect(callers(made().stack)).toEqual([]);
  });

  test('has a zone of its own for PostgreSQL, so that that of the other can be linked as well', () => {
    const zones = ofType(beside(), 'azurerm_private_dns_zone').map(({ name }) => name);
    expect(zones).toContain(zoneName);
    expect(zones).not.toContain(privateZones.postgres);
    const links = resourcesOf(beside())['azurerm_private_dns_zone_virtual_network_link'] ?? {};
    const [own, ...others] = Object.values(links).filter((link) => !('resolution_policy' in link));
    expect(others).toEqual([]);
    expect(own).toMatchObject({ private_dns_zone_name: expect.stringContaining('Dns_Postgres') });
  });
});
