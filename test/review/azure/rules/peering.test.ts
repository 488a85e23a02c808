import { peering } from '../../../../lib/review/azure/rules/peering';
import { findingsOf, judges, messagesOf, outputOf, remoteState, type Declarations } from '../fixtures';

const half = (from: string, to: string) => ({
  name: to,
  virtual_network_name: from,
  remote_virtual_network_id: `\${azurerm_virtual_network.${to}.id}`,
  allow_virtual_network_access: true,
  allow_forwarded_traffic: false,
  allow_gateway_transit: false,
  use_remote_gateways: false,
});

const valid: Declarations = {
  'azurerm_virtual_network.here': { name: 'here', address_space: ['10.16.0.0/16'] },
  'azurerm_virtual_network.there': { name: 'there', address_space: ['10.32.0.0/16'] },
  'azurerm_virtual_network_peering.There': half('here', 'there'),
  'azurerm_virtual_network_peering.Back': half('there', 'here'),
};
const there = 'azurerm_virtual_network_peering.There';

describe('peering', () => {
  judges(peering, valid, [
    [
      'packets of others pass',
      `${there}/allow_forwarded_traffic`,
      true,
      /There: allow_forwarded_traffic must be false/,
    ],
    ['a gateway is lent', `${there}/allow_gateway_transit`, true, /There: allow_gateway_transit must be false/],
    ['a gateway is borrowed', `${there}/use_remote_gateways`, true, /There: use_remote_gateways must be false/],
    ['nothing passes', `${there}/allow_virtual_network_access`, undefined, /must be true, got nothing: set it/],
  ]);

  test('fails when nothing leads back', () => {
    const { 'azurerm_virtual_network_peering.Back': _back, ...rest } = valid;
    expect(messagesOf(peering, rest)).toEqual([
      expect.stringMatching(/There: leads to azurerm_virtual_network\.there, from which nothing/),
    ]);
  });

  test.each([
    [
      'remote_virtual_network_id',
      '/subscriptions/x',
      /remote_virtual_network_id must be the id of a network of the site/,
    ],
    [
      'virtual_network_name',
      'elsewhere',
      /virtual_network_name must be that of a network of the site, got "elsewhere"/,
    ],
  ])('fails when %s names none of the site', (argument, value, message) => {
    const broken = { ...valid, [there]: { ...half('here', 'there'), [argument]: value } };
    expect(messagesOf(peering, broken)).toContainEqual(expect.stringMatching(message));
  });

  test('fails on both sides when ranges overlap', () => {
    const broken = { ...valid, 'azurerm_virtual_network.there': { name: 'there', address_space: ['10.16.128.0/20'] } };
    expect(messagesOf(peering, broken)).toEqual([
      expect.stringContaining('10.16.128.0/20 overlaps 10.16.0.0/16'),
      expect.stringContaining('10.16.0.0/16 overlaps 10.16.128.0/20'),
    ]);
  });

  test('follows a network into the stack of another site', () => {
    const { 'azurerm_virtual_network.there': network, ...rest } = valid;
    const id = outputOf('there', 'network');
    const found = findingsOf(
      peering,
      {
        id: 'there',
        resources: { 'azurerm_virtual_network.there': network ?? {} },
        outputs: { network: { value: '${azurerm_virtual_network.there.id}' } },
      },
      {
        resources: {
          ...rest,
          ...remoteState('there'),
          [there]: { ...half('here', 'there'), remote_virtual_network_id: id },
        },
        dependencies: ['there'],
      },
    );
    expect(found).toEqual([]);
  });
});
