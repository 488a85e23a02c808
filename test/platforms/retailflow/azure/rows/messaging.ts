import { about, at, none, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, all, atLeast, containing, exactly, notContaining } from '../../../support/matchers';
import { encryptionIdentity, key, subscription } from './facts';

const stack = 'messaging';
/** The group of what carries messages. */
const group = `${subscription}/resourceGroups/${reference('messaging/Group', 'name')}`;
const namespace = reference('messaging/ServiceBus/Namespace', 'id');

const queues: readonly Expectation[] = [
  { id: 'Notifications', name: 'notifications', lock: 'PT2M', ordered: false },
  { id: 'AnalyticsEvents', name: 'analytics-events', lock: 'PT5M', ordered: false },
  { id: 'Orders', name: 'orders', lock: 'PT2M', ordered: true },
  { id: 'OrderUpdates', name: 'order-updates', lock: 'PT2M', ordered: false },
  { id: 'Undelivered', name: 'undelivered', lock: 'PT5M', ordered: false },
].flatMap(({ id, lock, name, ordered }) =>
  about(
    { stack, type: 'azurerm_servicebus_queue', where: at(`messaging/${id}Queue/Queue`), count: 1 },
    {
      [`${id} has the name of the definition`]: { path: 'name', is: name },
      [`${id} hides a message for as long as its consumer takes`]: { path: 'lock_duration', is: lock },
      [`${id} ${ordered ? 'keeps' : 'does without'} the order of messages`]: { path: 'requires_session', is: ordered },
      [`${id} ${ordered ? 'drops' : 'takes'} what was sent twice`]: {
        path: 'requires_duplicate_detection',
        is: ordered,
      },
      [`${id} ${ordered ? 'knows for ten minutes' : 'does not remember'} what was sent`]: {
        path: 'duplicate_detection_history_time_window',
        is: ordered ? 'PT10M' : absent,
      },
    },
  ),
);

const subscriptions: readonly Expectation[] = (['AnalyticsEvents', 'OrderUpdates'] as const).map((id) =>
  one(`events of orders reach ${id}`, 'azurerm_servicebus_subscription', `messaging/OrderEventsTopic/${id}`, {
    topic_id: reference('messaging/OrderEventsTopic/Topic', 'id'),
    forward_to: reference(`messaging/${id}Queue/Queue`, 'name'),
  }),
);

/** Queues whose consumers are counted by how many messages wait. */
const counted: readonly Expectation[] = (
  ['AnalyticsEvents', 'Notifications', 'OrderUpdates', 'Orders', 'Undelivered'] as const
).map((id) =>
  one(`what counts pods may ask how long ${id} is`, 'azurerm_role_assignment', `messaging/QueueReader/${id}`, {
    scope: reference(`messaging/${id}Queue/Queue`, 'id'),
    role_definition_name: reference('messaging/QueueReader/Role', 'name'),
    principal_id: reference('foundation/Identities/Scaler', 'principal_id'),
  }),
);

export const messaging: Row = {
  row: 'messaging',
  expectations: [
    ...counted,
    ...about(
      { stack, type: 'azurerm_role_definition', count: 1 },
      {
        'whoever asks for the length of a queue may do nothing else': {
          path: 'permissions',
          is: exactly({ actions: ['Microsoft.ServiceBus/namespaces/queues/read'] }),
        },
        // Azure knows no role that is for one queue alone; it is given on queues, and nowhere else.
        'the role of who asks for the length of a queue is known where messages are': { path: 'scope', is: group },
        'the role of who asks for the length of a queue can be given nowhere else': {
          path: 'assignable_scopes',
          is: [group],
        },
      },
    ),
    ...about(
      { stack, type: 'azurerm_servicebus_namespace', count: 1 },
      {
        'messages have processors of their own, in all zones': { path: 'sku', is: 'Premium' },
        'messages have one unit at first': { path: 'capacity', is: 1 },
        'messages lie in one partition, so that units can be added': { path: 'premium_messaging_partitions', is: 1 },
        'units that were added are not taken away by Terraform': {
          path: 'lifecycle.ignore_changes',
          is: all(containing('capacity'), notContaining('sku')),
        },
        'messages are sent by name, and not with a key': { path: 'local_auth_enabled', is: false },
        'messages travel by TLS 1.2 or newer': { path: 'minimum_tls_version', is: '1.2' },
        'messages are not reached from the internet': { path: 'public_network_access_enabled', is: false },
        'messages are not reached from the internet by rules either': {
          path: 'network_rule_set.public_network_access_enabled',
          is: false,
        },
        'messages refuse whom no rule names': { path: 'network_rule_set.default_action', is: 'Deny' },
        'messages take what Event Grid tells': { path: 'network_rule_set.trusted_services_allowed', is: true },
        'messages are encrypted with the key of messages': {
          path: 'customer_managed_key.key_vault_key_id',
          is: key('Messaging'),
        },
        'messages are encrypted by the identity of encryption': {
          path: 'customer_managed_key.identity_id',
          is: encryptionIdentity,
        },
        'messages are encrypted twice': { path: 'customer_managed_key.infrastructure_encryption_enabled', is: true },
        'messages have the identity of encryption, and no other': {
          path: 'identity.identity_ids',
          is: exactly(encryptionIdentity),
        },
      },
    ),
    ...about(
      { stack, type: 'azurerm_monitor_autoscale_setting', count: 1 },
      {
        'it is the units of messages that are added': { path: 'target_resource_id', is: namespace },
        'messages have four units at most': { path: 'profile[*].capacity.maximum', is: 4 },
        'messages have one unit at least': { path: 'profile[*].capacity.minimum', is: 1 },
        'units follow how busy messages are': {
          path: 'profile[*].rule[*].metric_trigger.metric_resource_id',
          is: namespace,
        },
        'a unit is added when those there are busy': {
          path: 'profile[*].rule[0]',
          is: containing({
            metric_trigger: { metric_name: 'NamespaceCpuUsage', operator: 'GreaterThan', threshold: 70 },
            scale_action: { direction: 'Increase', type: 'ServiceAllowedNextValue' },
          }),
        },
        'a unit is taken away after a quiet hour': {
          path: 'profile[*].rule[1]',
          is: containing({
            metric_trigger: { operator: 'LessThan', threshold: 30, time_window: 'PT1H' },
            scale_action: { direction: 'Decrease', type: 'ServiceAllowedNextValue' },
          }),
        },
      },
    ),
    { name: 'there are the queues of the definition, and no other', stack, type: 'azurerm_servicebus_queue', count: 5 },
    ...queues,
    ...about(
      { type: 'azurerm_servicebus_queue' },
      {
        'queues give a message up after five tries': { path: 'max_delivery_count', is: 5 },
        'what nobody took in time is kept': { path: 'dead_lettering_on_message_expiration', is: true },
        'messages wait for four days': { path: 'default_message_ttl', is: 'P4D' },
        'queues have room': { path: 'max_size_in_megabytes', is: atLeast(81_920) },
        'queues stand where messages are encrypted': { path: 'namespace_id', is: namespace },
      },
    ),
    ...about(
      { stack, type: 'azurerm_servicebus_topic', count: 1 },
      {
        'events of orders have their topic': { path: 'name', is: 'order-events' },
        'the topic stands where messages are encrypted': { path: 'namespace_id', is: namespace },
        'events wait for two weeks': { path: 'default_message_ttl', is: 'P14D' },
        'events need no order': { path: 'support_ordering', is: false },
        'the topic has room': { path: 'max_size_in_megabytes', is: atLeast(81_920) },
      },
    ),
    ...subscriptions,
    ...about(
      { stack, type: 'azurerm_servicebus_subscription', count: 2 },
      {
        'events that nobody took in time are kept': { path: 'dead_lettering_on_message_expiration', is: true },
        'events that no rule understands are kept': { path: 'dead_lettering_on_filter_evaluation_error', is: true },
        'events are tried ten times': { path: 'max_delivery_count', is: 10 },
        'events wait for a queue for two weeks': { path: 'default_message_ttl', is: 'P14D' },
      },
    ),
    none({ type: 'azurerm_servicebus_queue_authorization_rule' }, 'there are no keys to a queue'),
    none({ type: 'azurerm_servicebus_topic_authorization_rule' }, 'there are no keys to a topic'),
    none({ type: 'azurerm_servicebus_namespace_authorization_rule' }, 'there are no keys to all messages'),
  ],
};
