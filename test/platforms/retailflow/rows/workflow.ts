import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, between, containing, exactly, like } from '../../support/matchers';
import { account, home, key } from './facts';

const stack = 'Workflows';
const saga = 'Workflows/OrderSaga';
const states = 'DefinitionString.States';
const commands = (service: string): string => reference(`${saga}/${service}Commands/Queue`);

/** The saga: each step, who does it, what undoes it, and what comes before it is undone when the next one fails. */
const steps = [
  { name: 'take-payment', by: 'Payment', undo: 'refund-payment', before: 'TellUndone', seconds: 120 },
  { name: 'reserve-stock', by: 'Catalog', undo: 'release-stock', before: 'refund-payment', seconds: 60 },
  { name: 'fulfil-order', by: 'Order', undo: 'cancel-order', before: 'release-stock', seconds: 900 },
] as const;

const machine: Common = { stack, type: 'AWS::StepFunctions::StateMachine', count: 1 };
type Common = Pick<Expectation, 'stack' | 'type' | 'count'>;

const stepByStep: readonly Expectation[] = steps.flatMap(({ before, by, name, seconds, undo }) =>
  about(machine, {
    [`${name} is done by ${by}, through its queue`]: {
      path: `${states}[${name}].Arguments.QueueUrl`,
      is: commands(by),
    },
    [`${name} waits for an answer`]: {
      path: `${states}[${name}].Resource`,
      is: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    },
    [`${name} does not wait for ever`]: { path: `${states}[${name}].TimeoutSeconds`, is: seconds },
    [`${name} is told what it answers with`]: {
      path: `${states}[${name}].Arguments.MessageBody.token`,
      is: '{% $states.context.Task.Token %}',
    },
    [`${name} is undone by ${undo} when nobody knows how it ended`]: {
      path: `${states}[${name}].Catch[*].Next`,
      is: {
        says: `${before}, ${undo}`,
        matches: (found) => found.length === 2 && found[0] === before && found[1] === undo,
      },
    },
    [`${name} is not tried again when it was refused`]: {
      path: `${states}[${name}].Retry`,
      is: containing({ ErrorEquals: ['Refused'], MaxAttempts: 0 }),
    },
    [`${undo} is done by ${by}, through its queue`]: {
      path: `${states}[${undo}].Arguments.QueueUrl`,
      is: commands(by),
    },
    [`${undo} waits for an answer`]: {
      path: `${states}[${undo}].Resource`,
      is: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    },
    [`after ${undo} comes what undoes the step before`]: { path: `${states}[${undo}].Next`, is: before },
    [`${undo} is tried often`]: { path: `${states}[${undo}].Retry[*].MaxAttempts`, is: between(5, 100) },
  }),
);

const queues: readonly Expectation[] = steps.flatMap(({ by, seconds }) =>
  about(
    { stack, type: 'AWS::SQS::Queue', where: new RegExp(`/${by}Commands/Queue$`), count: 1 },
    {
      [`commands for ${by} hide for as long as a step takes`]: { path: 'VisibilityTimeout', is: seconds },
      [`commands that ${by} cannot do are kept`]: {
        path: 'RedrivePolicy.deadLetterTargetArn',
        is: reference(`${saga}/${by}Commands/DeadLetters`, 'Arn'),
      },
    },
  ),
);

export const workflow: Row = {
  row: 'workflow',
  expectations: [
    ...about(machine, {
      'the saga logs every step': { path: 'LoggingConfiguration.Level', is: 'ALL' },
      'the saga logs nothing that customers wrote': { path: 'LoggingConfiguration.IncludeExecutionData', is: false },
      'the saga logs into an encrypted log': {
        path: 'LoggingConfiguration.Destinations[*].CloudWatchLogsLogGroup.LogGroupArn',
        is: reference(`${saga}/Logs`, 'Arn'),
      },
      'the saga is traced': { path: 'TracingConfiguration.Enabled', is: true },
      'the saga is encrypted': { path: 'EncryptionConfiguration.Type', is: 'CUSTOMER_MANAGED_KMS_KEY' },
      'the saga is encrypted with the key of messages': { path: 'EncryptionConfiguration.KmsKeyId', is: key.messaging },
      'a step of the saga is done once': { path: 'StateMachineType', is: 'STANDARD' },
      'the saga begins when it may send': { path: 'DependsOn', is: containing(`${saga}/Permissions`) },
      'the saga ends some time': { path: 'DefinitionString.TimeoutSeconds', is: between(3600, 86_400) },
      'the saga begins with the payment': { path: `${states}.Begin.Next`, is: 'take-payment' },
      'after the payment comes the stock': {
        path: `${states}[In time for reserve-stock].Default`,
        is: 'reserve-stock',
      },
      'after the stock comes the fulfilment': {
        path: `${states}[In time for fulfil-order].Default`,
        is: 'fulfil-order',
      },
      'a saga that is done is told to customers': {
        path: `${states}.TellDone.Arguments.QueueUrl`,
        is: reference('Messaging/NotificationsQueue/Queue'),
      },
      'a saga that was undone is told to customers': {
        path: `${states}.TellUndone.Arguments.QueueUrl`,
        is: reference('Messaging/NotificationsQueue/Queue'),
      },
      'customers are told without being waited for': {
        path: `${states}.TellDone.Resource`,
        is: 'arn:aws:states:::sqs:sendMessage',
      },
      'the saga runs as a role of its own': { path: 'RoleArn', is: reference(`${saga}/Role`, 'Arn') },
    }),
    ...stepByStep,
    ...queues,
    ...about(
      { stack, type: 'AWS::Logs::MetricFilter', count: 1 },
      {
        'sagas that were undone are counted': { path: 'FilterPattern', is: like(/\$\.details\.name = "Undone"/) },
        'sagas that were undone are counted in the log of the saga': {
          path: 'LogGroupName',
          is: reference(`${saga}/Logs`),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::IAM::Role', count: 1 },
      {
        'the saga alone takes its role': {
          path: 'AssumeRolePolicyDocument.Statement',
          is: containing({
            Principal: { Service: 'states.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': account },
              ArnEquals: {
                'aws:SourceArn': `arn:aws:states:${home}:${account}:stateMachine:retailflowproductionWorkflowsOrderSagaD069F28B`,
              },
            },
          }),
        },
        'the role of the saga has no policies of others': { path: 'ManagedPolicyArns', is: absent },
      },
    ),
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', count: 1 },
      {
        'the saga sends commands and notices, and nothing else': {
          path: 'PolicyDocument.Statement[Sid=Sends].Resource',
          is: exactly(
            ...['Catalog', 'Order', 'Payment'].map((name) => reference(`${saga}/${name}Commands/Queue`, 'Arn')),
            reference('Messaging/NotificationsQueue/Queue', 'Arn'),
          ),
        },
        'the saga only sends': { path: 'PolicyDocument.Statement[Sid=Sends].Action', is: 'sqs:SendMessage' },
      },
    ),
    {
      ...machine,
      name: 'the saga is written in JSONata',
      path: 'DefinitionString.QueryLanguage',
      is: like(/^JSONata$/),
    },
  ],
};
