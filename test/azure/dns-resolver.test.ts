import { DnsResolver } from '../../lib/azure/dns-resolver';
import { linkNetwork } from '../../lib/platform/link-network';
import retailflow from '../../platforms/retailflow';
import { monitoring, network, ofType, only, place, testStack } from '../support/azure';
import { resolved } from '../support/platform';
import { remember } from '../support/remember';

const made = remember(() => {
  const stack = testStack();
  new DnsResolver(stack, 'Dns', { place, monitoring, network, link: linkNetwork(resolved(retailflow)) });
  return stack;
});

describe('names across the link on Azure', () => {
  test('are answered at the address of the plan, from a subnet of the resolver alone', () => {
    expect(only(made(), 'azurerm_private_dns_resolver_inbound_endpoint')).toMatchObject({
      ip_configurations: { private_ip_address: '10.32.16.228', private_ip_allocation_method: 'Static' },
    });
    for (const subnet of ofType(made(), 'azurerm_subnet')) {
      expect(subnet).toMatchObject({
        virtual_network_name: 'vnet-shop-production',
        resource_group_name: 'rg-shop-production-foundation',
        default_outbound_access_enabled: false,
        delegation: [{ service_delegation: { name: 'Microsoft.Network/dnsResolvers' } }],
      });
    }
  });

  test('are asked for on AWS in every zone, where they are of databases there', () => {
    expect(only(made(), 'azurerm_private_dns_resolver_forwarding_rule')).toMatchObject({
      domain_name: 'ap-southeast-1.rds.amazonaws.com.',
      target_dns_servers: ['10.16.120.4', '10.16.120.20', '10.16.120.36'].map((address) => ({
        ip_address: address,
        port: 53,
      })),
    });
  });

  test('are asked for by resolvers of the other site alone', () => {
    const allowed = ofType(made(), 'azurerm_network_security_rule').filter(({ access }) => access === 'Allow');
    expect(allowed.map((rule) => [rule['direction'], rule['destination_port_range']])).toEqual([
      ['Inbound', '53'],
      ['Outbound', '53'],
    ]);
    const resolvers = ['10.16.120.0/28', '10.16.120.16/28', '10.16.120.32/28'];
    expect(allowed[0]?.['source_address_prefixes']).toEqual(resolvers);
    expect(allowed[1]?.['destination_address_prefixes']).toEqual(resolvers);
  });
});
