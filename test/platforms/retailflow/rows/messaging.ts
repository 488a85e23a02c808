import { about, none, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, between, containing, like, notContaining, oneOf } from '../../support/matchers';
import { key, tlsOnly } from './facts';

const stack = 'Messaging';

/** Queue by queue: how long a message hides, and what gives up on it. */
const queues: readonly Expectation[] = [
  { name: 'Notifications', visibility: 120, fifo: false },
  { name: 'AnalyticsEvents', visibility: 300, fifo: false },
  { name: 'Orders', visibility: 120, fifo: true },
  { name: 'OrderUpdates', visibility: 120, fifo: false },
  { name: 'Undelivered', visibility: 300, fifo: false },
].flatMap(({ fifo, name, visibility }) => [
  ...about(
    { stack, type: 'AWS::SQS::Queue', where: new RegExp(`/${name}Queue/Queue$`), count: 1 },
    {
      [`${name} hides a message for as long as its consumer takes`]: { path: 'VisibilityTimeout', is: visibility },
      [`${name} gives a message up after five tries`]: { path: 'RedrivePolicy.maxReceiveCount', is: 5 },
      [`${name} puts what it gives up where people find it`]: {
        path: 'RedrivePolicy.deadLetterTargetArn',
        is: reference(`Messaging/${name}Queue/DeadLetters`, 'Arn'),
      },
      [`${name} ${fifo ? 'keeps' : 'does without'} the order of messages`]: {
        path: 'FifoQueue',
        is: fifo ? true : absent,
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::SQS::Queue', where: new RegExp(`/${name}Queue/DeadLetters$`), count: 1 },
    {
      [`${name}: what is given up waits for two weeks`]: { path: 'MessageRetentionPeriod', is: 1_209_600 },
      [`${name}: nothing else is put with what is given up`]: {
        path: 'RedriveAllowPolicy.redrivePermission',
        is: 'byQueue',
      },
    },
  ),
]);

export const messaging: Row = {
  row: 'queue, topic',
  expectations: [
    ...queues,
    ...about(
      { stack, type: 'AWS::SQS::Queue', where: /OrdersQueue\/Queue$/, count: 1 },
      {
        'orders are processed side by side, each customer in order': { path: 'DeduplicationScope', is: 'messageGroup' },
        'an order is known by its id, not by its text': { path: 'ContentBasedDeduplication', is: false },
      },
    ),
    ...about(
      { type: 'AWS::SQS::Queue' },
      {
        'every queue is encrypted with the key of messages': { path: 'KmsMasterKeyId', is: key.messaging },
        'queues ask for their key seldom': { path: 'KmsDataKeyReusePeriodSeconds', is: between(300, 86_400) },
        'every queue outlives its stack': { path: 'DeletionPolicy', is: oneOf('Retain', 'RetainExceptOnCreate') },
        'every queue outlives a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
      },
    ),
    ...about(
      { type: 'AWS::SQS::Queue', through: { type: 'AWS::SQS::QueuePolicy', by: 'Queues' } },
      {
        'every queue refuses what does not come by TLS': { path: 'PolicyDocument.Statement', is: containing(tlsOnly) },
        'no queue is open to everybody': {
          path: 'PolicyDocument.Statement',
          is: notContaining({ Effect: 'Allow', Principal: { AWS: '*' } }),
        },
      },
    ),
    ...about(
      { type: 'AWS::SQS::QueuePolicy' },
      {
        'the policy of a queue outlives its stack as the queue does': {
          path: 'DeletionPolicy',
          is: 'RetainExceptOnCreate',
        },
        'the policy of a queue outlives a replacement as the queue does': { path: 'UpdateReplacePolicy', is: 'Retain' },
      },
    ),
    ...about(
      { type: 'AWS::SQS::Queue', where: /\/Queue$/ },
      {
        'consumers wait for messages instead of asking again and again': {
          path: 'ReceiveMessageWaitTimeSeconds',
          is: 20,
        },
      },
    ),
    ...about(
      { type: 'AWS::SNS::Topic' },
      {
        'every topic is encrypted with a customer key': { path: 'KmsMasterKeyId', is: oneOf(key.messaging, key.edge) },
      },
    ),
    ...about(
      { type: 'AWS::SNS::Topic', through: { type: 'AWS::SNS::TopicPolicy', by: 'Topics' } },
      {
        'every topic refuses what does not come by TLS': { path: 'PolicyDocument.Statement', is: containing(tlsOnly) },
        'no topic is open to everybody': {
          path: 'PolicyDocument.Statement',
          is: notContaining({ Effect: 'Allow', Principal: '*' }),
        },
      },
    ),
    ...['Catalog', 'Order', 'Payment'].map((name) => ({
      name: `commands for ${name} have dead letters`,
      type: 'AWS::SQS::Queue',
      where: new RegExp(`^Workflows/OrderSaga/${name}Commands/DeadLetters$`),
      count: 1,
    })),
    {
      name: 'migrations that could not be run are kept',
      type: 'AWS::SQS::Queue',
      where: /^Cluster\/Migrations\/DeadLetters$/,
      count: 1,
    },
    {
      name: 'steps of a rotation that were given up are kept',
      type: 'AWS::SQS::Queue',
      where: /^Cluster\/GatewayLogin\/DeadLetters$/,
      count: 1,
    },
    ...(['AnalyticsEvents', 'OrderUpdates'] as const).flatMap((name) => [
      ...about(
        { stack, type: 'AWS::SNS::Subscription', where: new RegExp(`/${name}Subscription$`), count: 1 },
        {
          [`events of orders reach ${name}`]: {
            path: 'Endpoint',
            is: reference(`Messaging/${name}Queue/Queue`, 'Arn'),
          },
          [`events of orders reach ${name} from their topic`]: {
            path: 'TopicArn',
            is: reference('Messaging/OrderEventsTopic/Topic'),
          },
          [`events of orders reach ${name} as they were sent`]: { path: 'RawMessageDelivery', is: true },
          [`events that do not reach ${name} are kept`]: {
            path: 'RedrivePolicy.deadLetterTargetArn',
            is: reference(`Messaging/OrderEventsTopic/${name}Undelivered`, 'Arn'),
          },
        },
      ),
      ...['Queue', 'Undelivered'].flatMap((end) =>
        about(
          { stack, type: 'AWS::SQS::QueuePolicy', where: new RegExp(`/${name}(Queue/)?${end}/Policy$`), count: 1 },
          {
            [`${name}, ${end}: takes messages of its topic alone`]: {
              path: 'PolicyDocument.Statement',
              is: containing({
                Action: 'sqs:SendMessage',
                Principal: { Service: 'sns.amazonaws.com' },
                Condition: { ArnEquals: { 'aws:SourceArn': reference('Messaging/OrderEventsTopic/Topic') } },
              }),
            },
          },
        ),
      ),
    ]),
    none({ stack, type: 'AWS::Kinesis::*' }, 'there is nothing that the definition does not name among the messages'),
    ...about(
      { stack, type: 'AWS::SQS::Queue', where: /Undelivered$/, count: 4 },
      {
        'nothing is redriven into what could not be delivered': {
          path: 'RedriveAllowPolicy.redrivePermission',
          is: 'denyAll',
        },
        'what could not be delivered waits for two weeks': { path: 'MessageRetentionPeriod', is: 1_209_600 },
      },
    ),
    ...about(
      { type: 'AWS::SNS::Subscription', where: /Alarms\/Topic/, count: 2 },
      {
        'alarms reach people': { path: 'Protocol', is: 'email' },
        'alarms reach those on call': { path: 'Endpoint', is: 'on-call@example.com' },
        'alarms are told at home and at the edge': { path: 'TopicArn', is: like(/(Security|Edge)\/Alarms\/Topic/) },
      },
    ),
    ...about(
      { stack, type: 'AWS::SNS::Topic', count: 1 },
      { 'events of orders say of what class they are': { path: 'Tags', is: containing({ Key: 'data-class' }) } },
    ),
  ],
};
