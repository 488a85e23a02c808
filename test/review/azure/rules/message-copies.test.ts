import { messageCopies } from '../../../../lib/review/azure/rules/message-copies';
import { judges, messagesOf, type Declarations } from '../fixtures';

const update = 'azapi_update_resource.Copies';
const copied = (geoDataReplication: unknown): Declarations => ({
  'azurerm_servicebus_namespace.Namespace': { location: 'westeurope' },
  [update]: {
    resource_id: '${azurerm_servicebus_namespace.Namespace.id}',
    body: { properties: { geoDataReplication } },
  },
});
const locations = (primary: string, secondary: string) => [
  { locationName: primary, roleType: 'Primary' },
  { locationName: secondary, roleType: 'Secondary' },
];
const sound = { maxReplicationLagDurationInSeconds: 300, locations: locations('westeurope', 'northeurope') };

describe('message-copies', () => {
  test('accepts copies of messages in another region', () => {
    expect(messagesOf(messageCopies, copied(sound))).toEqual([]);
    expect(messagesOf(messageCopies, copied({ ...sound, maxReplicationLagDurationInSeconds: 0 }))).toEqual([]);
  });

  test('says nothing of other resources that are updated', () => {
    const resources = { [update]: { body: { properties: { keyVaultReferenceIdentity: 'x' } } } };
    expect(messagesOf(messageCopies, resources)).toEqual([]);
  });

  test.each([
    ['the other region leads', { ...sound, locations: locations('northeurope', 'westeurope') }, /must be Primary/],
    ['both are one region', { ...sound, locations: locations('westeurope', 'westeurope') }, /must be Secondary/],
    [
      'there is no second region',
      { ...sound, locations: locations('westeurope', 'x').slice(0, 1) },
      /must be Secondary/,
    ],
    ['copies may be so far behind', { ...sound, maxReplicationLagDurationInSeconds: 60 }, /must be 0, or 300 to 86400/],
    ['nobody says how far', { locations: sound.locations }, /must be 0, or 300 to 86400, got nothing/],
  ])('fails when %s', (_, copies, message) => {
    const messages = messagesOf(messageCopies, copied(copies));
    expect(messages).toContainEqual(expect.stringMatching(message));
  });

  describe('where a network stands in the second region', () => {
    const namespace = '${azurerm_servicebus_namespace.Namespace.id}';
    const endpoint = (location: string) => ({
      location,
      private_service_connection: { private_connection_resource_id: namespace },
    });
    const both: Declarations = {
      ...copied(sound),
      'azurerm_virtual_network.Here': { location: 'westeurope' },
      'azurerm_virtual_network.There': { location: 'northeurope' },
      'azurerm_private_endpoint.Here': endpoint('westeurope'),
      'azurerm_private_endpoint.There': endpoint('northeurope'),
    };

    judges(messageCopies, both, [
      [
        'the messages are not reached from there',
        'azurerm_private_endpoint.There',
        undefined,
        /has no private endpoint in northeurope, where a network stands/,
      ],
      [
        'the endpoint there is of something else',
        'azurerm_private_endpoint.There/private_service_connection/private_connection_resource_id',
        '${azurerm_virtual_network.There.id}',
        /has no private endpoint in northeurope/,
      ],
    ]);
  });

  test('fails when names of queues are copied and no message', () => {
    const resources = { 'azurerm_servicebus_namespace_disaster_recovery_config.Pair': {} };
    expect(messagesOf(messageCopies, resources)).toEqual([expect.stringMatching(/messages are lost with a region/)]);
  });
});
