import { EdgeRecords, recordName } from '../../lib/azure/edge-records';
import { ofType, only, place, testStack } from '../support/azure';
import { edgeIn } from '../support/azure-edge';

test.each([
  ['shop.example.com', 'shop.example.com', '@'],
  ['shop.example.com', 'example.com', 'shop'],
  ['a.shop.example.com', 'example.com', 'a.shop'],
])('%s in %s is %s', (host, zone, name) => {
  expect(recordName(host, zone)).toBe(name);
});

describe('the names of a primary', () => {
  const recordsIn = (zone: string) => {
    const stack = testStack();
    const edge = edgeIn(stack, { hosts: ['shop.example.com'] });
    new EdgeRecords(stack, 'Records', { place, zone: { name: zone, resourceGroup: 'dns' }, edge });
    return stack;
  };

  test.each([
    ['example.com', 'shop', '_dnsauth.shop'],
    ['shop.example.com', '@', '_dnsauth'],
  ])('lead to Front Door and prove whose they are, in the zone %s', (zone, name, validation) => {
    const stack = recordsIn(zone);
    const alias = {
      zone_name: zone,
      resource_group_name: 'dns',
      name,
      ttl: 60,
      target_resource_id: expect.stringMatching(/^\$\{azurerm_cdn_frontdoor_endpoint\.Edge_Endpoint_\w+\.id\}$/),
    };
    for (const type of ['azurerm_dns_a_record', 'azurerm_dns_aaaa_record']) {
      expect(only(stack, type)).toMatchObject(alias);
      expect(only(stack, type)).not.toHaveProperty('records');
    }
    expect(only(stack, 'azurerm_dns_txt_record')).toMatchObject({
      zone_name: zone,
      resource_group_name: 'dns',
      name: validation,
      record: [
        {
          value: expect.stringMatching(
            /^\$\{azurerm_cdn_frontdoor_custom_domain\.Edge_Domains_Domain_\w+\.validation_token\}$/,
          ),
        },
      ],
    });
  });

  test('make no zone, which exists already', () => {
    expect(ofType(recordsIn('example.com'), 'azurerm_dns_zone')).toEqual([]);
  });
});
