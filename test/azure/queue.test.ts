import fc from 'fast-check';
import { isoDuration } from '../../lib/azure/duration';
import { Queue, queueAlerts } from '../../lib/azure/queue';
import { ageWindow, backlogLimit, queueSettings } from '../../lib/azure/queue-settings';
import { ServiceBus } from '../../lib/azure/service-bus';
import { Topic, topicSettings } from '../../lib/azure/topic';
import { queue, topic } from '../../lib/platform/nouns/messaging';
import { encryption, identity, monitoring, network, ofType, only, place, testStack } from '../support/azure';

describe('a time as Azure writes it', () => {
  test.each([
    [0, 'P'],
    [30, 'PT30S'],
    [90, 'PT1M30S'],
    [120, 'PT2M'],
    [3600, 'PT1H'],
    [345_600, 'P4D'],
    [90_061, 'P1DT1H1M1S'],
  ])('%d s is %s', (seconds, expected) => {
    expect(isoDuration(seconds)).toBe(expected);
  });

  test('says what it was given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (seconds) => {
        const [, ...parts] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(isoDuration(seconds)) ?? [];
        const [days = 0, hours = 0, minutes = 0, rest = 0] = parts.map((part) => Number(part ?? 0));
        expect(parts).toHaveLength(4);
        expect(((days * 24 + hours) * 60 + minutes) * 60 + rest).toBe(seconds);
      }),
    );
  });
});

describe('a queue in the terms of Service Bus', () => {
  const common = { deadLetteringOnMessageExpiration: true, maxSizeInMegabytes: 81_920 };
  test.each([
    [
      {},
      {
        ...common,
        lockDuration: 'PT1M',
        maxDeliveryCount: 5,
        defaultMessageTtl: 'P4D',
        requiresSession: false,
        requiresDuplicateDetection: false,
      },
    ],
    [
      { fifo: true, visibilitySeconds: 300, maxReceives: 3, retentionHours: 30 },
      {
        ...common,
        lockDuration: 'PT5M',
        maxDeliveryCount: 3,
        defaultMessageTtl: 'P1DT6H',
        requiresSession: true,
        requiresDuplicateDetection: true,
        duplicateDetectionHistoryTimeWindow: 'PT10M',
      },
    ],
  ])('%j', (patch, expected) => {
    expect(queueSettings(queue.parse(patch))).toEqual(expected);
  });

  test.each([
    [60, 1],
    [299, 1],
    [300, 5],
    [900, 15],
    [7200, 60],
  ])('that may wait for %d s is looked at over %d min', (maxAgeSeconds, minutes) => {
    expect(ageWindow(maxAgeSeconds)).toBe(minutes);
  });

  test.each([
    [[], 100],
    [[{ min: 1, max: 10, cpuPercent: 60, backlogPerTask: 200, schedules: {} }], 2000],
    [
      [
        { min: 1, max: 2, cpuPercent: 60, backlogPerTask: 10, schedules: {} },
        { min: 1, max: 3, cpuPercent: 60, backlogPerTask: 100, schedules: {} },
      ],
      320,
    ],
  ])('whose consumers scale by %j may hold %d messages', (scales, limit) => {
    expect(backlogLimit(scales.map((scale) => ({ scale })))).toBe(limit);
  });
});

test.each([
  [false, { supportOrdering: false, requiresDuplicateDetection: false }],
  [true, { supportOrdering: true, requiresDuplicateDetection: true, duplicateDetectionHistoryTimeWindow: 'PT10M' }],
])('a topic that keeps order: %s', (fifo, expected) => {
  expect(topicSettings({ fifo })).toEqual({ defaultMessageTtl: 'P14D', maxSizeInMegabytes: 81_920, ...expected });
});

describe('queues and topics on Azure', () => {
  const stack = testStack();
  const shared = { place, monitoring };
  const serviceBus = new ServiceBus(stack, 'ServiceBus', { ...shared, network, encryption, dataClass: 'confidential' });
  const spec = queue.parse({ maxAgeSeconds: 300 });
  const updates = new Queue(stack, 'UpdatesQueue', {
    ...shared,
    serviceBus,
    name: 'order-updates',
    spec,
    consumers: [],
  });
  const events = new Topic(stack, 'EventsTopic', {
    ...shared,
    serviceBus,
    name: 'order-events',
    spec: topic.parse({ subscribers: ['order-updates'] }),
    queues: { 'order-updates': updates },
  });
  updates.grant(stack, identity('notification'), { service: 'notification', kind: 'receives' });
  updates.grant(stack, identity('order'), { service: 'order', kind: 'sends' });
  events.grant(stack, identity('order'), { service: 'order', kind: 'publishes' });

  test('stand in a closed namespace that is encrypted with our key, and is kept', () => {
    const namespace = only(stack, 'azurerm_servicebus_namespace');
    expect(namespace).toMatchObject({
      name: expect.stringMatching(/^sbns-shop-production-\w{6}$/),
      sku: 'Premium',
      capacity: 1,
      premium_messaging_partitions: 1,
      local_auth_enabled: false,
      minimum_tls_version: '1.2',
      public_network_access_enabled: false,
      identity: { type: 'UserAssigned', identity_ids: [encryption.identity.id] },
      customer_managed_key: {
        key_vault_key_id: encryption.keyIds.messaging,
        identity_id: encryption.identity.id,
        infrastructure_encryption_enabled: true,
      },
      tags: { 'data-class': 'confidential' },
      lifecycle: { prevent_destroy: true, ignore_changes: ['capacity'] },
    });
    // The provider refuses a rule set that denies everything, which the closed namespace does anyway.
    expect(namespace).not.toHaveProperty('network_rule_set');
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['namespace'] },
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds['service-bus']] },
    });
    expect(only(stack, 'azurerm_monitor_diagnostic_setting').enabled_log).toEqual([{ category_group: 'allLogs' }]);
    expect(ofType(stack, 'azurerm_servicebus_namespace_authorization_rule')).toEqual([]);
  });

  test('get more units under load, and lose them after a quiet hour', () => {
    const { profile } = only(stack, 'azurerm_monitor_autoscale_setting') as unknown as {
      readonly profile: readonly [{ readonly capacity: unknown; readonly rule: readonly unknown[] }];
    };
    expect(profile[0].capacity).toEqual({ default: 1, minimum: 1, maximum: 4 });
    expect(profile[0].rule).toMatchObject([
      {
        metric_trigger: {
          metric_name: 'NamespaceCpuUsage',
          operator: 'GreaterThan',
          threshold: 70,
          time_window: 'PT5M',
        },
        scale_action: { direction: 'Increase', type: 'ServiceAllowedNextValue' },
      },
      {
        metric_trigger: { operator: 'LessThan', threshold: 30, time_window: 'PT1H' },
        scale_action: { direction: 'Decrease' },
      },
    ]);
  });

  test('are kept, and a topic forwards to its queues', () => {
    expect(only(stack, 'azurerm_servicebus_queue')).toMatchObject({
      name: 'order-updates',
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'azurerm_servicebus_topic')).toMatchObject({
      name: 'order-events',
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'azurerm_servicebus_subscription')).toMatchObject({
      name: 'order-updates',
      forward_to: expect.stringMatching(/^\$\{azurerm_servicebus_queue\.UpdatesQueue_\w+\.name\}$/),
      max_delivery_count: 10,
      dead_lettering_on_message_expiration: true,
      dead_lettering_on_filter_evaluation_error: true,
    });
    expect(ofType(stack, 'azurerm_management_lock')).toHaveLength(4);
  });

  test('are open to whom they were told to, each by itself, and to nobody else', () => {
    const roles = ofType(stack, 'azurerm_role_assignment').map(({ principal_id, role_definition_name, scope }) => [
      principal_id,
      role_definition_name,
      /azurerm_servicebus_(\w+)\./.exec(String(scope))?.[1],
    ]);
    expect([...roles].sort()).toEqual([
      ['principal-of-notification', 'Azure Service Bus Data Receiver', 'queue'],
      ['principal-of-order', 'Azure Service Bus Data Sender', 'queue'],
      ['principal-of-order', 'Azure Service Bus Data Sender', 'topic'],
    ]);
  });

  test('fail when they are used as something else', () => {
    expect(() => updates.grant(stack, identity('x'), { service: 'x', kind: 'publishes' })).toThrow(
      'answers to sends and receives, got publishes',
    );
    expect(() => events.grant(stack, identity('x'), { service: 'x', kind: 'sends' })).toThrow(
      'answers to publishes, got sends',
    );
  });

  test('fail when a topic has a subscriber that is not there', () => {
    const props = { ...shared, serviceBus, name: 'lost', queues: {} };
    expect(() => new Topic(stack, 'Lost', { ...props, spec: topic.parse({ subscribers: ['gone'] }) })).toThrow(
      'topics.lost.subscribers names gone, which is no queue here',
    );
  });

  test('call people for dead letters, and when nobody takes what waits', () => {
    const alerts = queueAlerts('orders', spec, []);
    expect(alerts.DeadLetters).toMatchObject({ metricName: 'DeadletteredMessages', threshold: 1 });
    const dimensions = { EntityName: ['orders'] };
    expect(alerts.Stalled).toMatchObject({
      metricName: 'ActiveMessages',
      aggregation: 'Minimum',
      windowMinutes: 5,
      dimensions,
      and: [{ metricName: 'OutgoingMessages', operator: 'LessThanOrEqual', threshold: 0, dimensions }],
    });
    expect(alerts.Backlog).toMatchObject({ metricName: 'ActiveMessages', threshold: 100, windowMinutes: 5 });
    const names = ofType(stack, 'azurerm_monitor_metric_alert').map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'queue-order-updates-dead-letters',
        'queue-order-updates-stalled',
        'topic-order-events-undelivered',
      ]),
    );
    const stalled = ofType(stack, 'azurerm_monitor_metric_alert').find(
      ({ name }) => name === 'queue-order-updates-stalled',
    );
    expect(stalled?.criteria).toHaveLength(2);
  });
});
