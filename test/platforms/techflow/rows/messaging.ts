import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { containing } from '../../support/matchers';
import { key, onCall } from './facts';

const queues = [
  { id: 'Notifications', name: 'notifications', receives: 5 },
  { id: 'Undelivered', name: 'undelivered', receives: 5 },
  { id: 'UsageEvents', name: 'usage-events', receives: 5 },
  { id: 'WebhookDeliveries', name: 'webhook-deliveries', receives: 10 },
  { id: 'WorkflowSteps', name: 'workflow-steps', receives: 5 },
] as const;

/** Service Bus queues with dead letters and retry. */
export const messaging: Row = {
  row: 'messaging',
  expectations: [
    one(
      'messages have processors of their own, reached by identities from the network alone',
      'azurerm_servicebus_namespace',
      'messaging/ServiceBus/Namespace',
      {
        sku: 'Premium',
        local_auth_enabled: false,
        public_network_access_enabled: false,
        'customer_managed_key.key_vault_key_id': key('Messaging'),
      },
    ),
    ...queues.flatMap(({ id, name, receives }) => [
      one(
        `${name} tries ${receives} times, and keeps what fails as a dead letter`,
        'azurerm_servicebus_queue',
        `messaging/${id}Queue/Queue`,
        {
          name,
          max_delivery_count: receives,
          dead_lettering_on_message_expiration: true,
          'lifecycle.prevent_destroy': true,
        },
      ),
      one(
        `somebody is called for a dead letter of ${name}`,
        'azurerm_monitor_metric_alert',
        `messaging/${id}Queue/DeadLetters`,
        {
          'criteria[*].metric_name': 'DeadletteredMessages',
          action: containing({ action_group_id: onCall }),
        },
      ),
    ]),
    ...(['UsageEvents', 'WebhookDeliveries'] as const).map((id) =>
      one(`events of workflows reach ${id}`, 'azurerm_servicebus_subscription', `messaging/WorkflowEventsTopic/${id}`, {
        topic_id: reference('messaging/WorkflowEventsTopic/Topic', 'id'),
        forward_to: reference(`messaging/${id}Queue/Queue`, 'name'),
      }),
    ),
  ],
};
