import { Queue } from '../../lib/azure/queue';
import { QueueReader } from '../../lib/azure/queue-reader';
import { ServiceBus } from '../../lib/azure/service-bus';
import { queue } from '../../lib/platform/nouns/messaging';
import { encryption, identity, monitoring, network, ofType, only, place, testStack } from '../support/azure';

describe('whoever counts messages', () => {
  const stack = testStack();
  const shared = { place, monitoring };
  const serviceBus = new ServiceBus(stack, 'ServiceBus', { ...shared, network, encryption, dataClass: 'internal' });
  const make = (name: string) =>
    new Queue(stack, name, { ...shared, serviceBus, name, spec: queue.parse({}), consumers: [] });
  const orders = make('orders');
  make('unread');
  new QueueReader(stack, 'QueueReader', { place, identity: identity('scaler'), queues: { orders } });

  test('asks for the length of a queue, and takes and sends no message', () => {
    expect(only(stack, 'azurerm_role_definition').permissions).toEqual([
      { actions: ['Microsoft.ServiceBus/namespaces/queues/read'] },
    ]);
  });

  test('asks for that of the queues that were named, and of no other', () => {
    const roles = ofType(stack, 'azurerm_role_assignment');
    expect(roles).toMatchObject([{ principal_id: identity('scaler').principalId }]);
    expect(String(roles[0]?.scope)).toMatch(/^\$\{azurerm_servicebus_queue\.orders_Queue_\w+\.id\}$/);
    expect(String(roles[0]?.role_definition_name)).toMatch(/azurerm_role_definition\.QueueReader_Role/);
  });
});
