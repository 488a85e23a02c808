import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Use } from '../../lib/aws/capability';
import { commandQueue, participants } from '../../lib/aws/workflow';
import { account, findings, region, staleAcknowledgements, templateOf } from '../support/aws';
import { made } from '../support/made-saga';
import { saga } from '../support/played-saga';

const machineName = 'TestOrderSaga31006E16';
const machineArn = `arn:aws:states:${region}:${account}:stateMachine:${machineName}`;

describe('commandQueue', () => {
  const steps = [
    { name: 'a', service: 'payment', timeoutSeconds: 30, retries: 3, compensation: 'undo-a' },
    { name: 'b', service: 'payment', timeoutSeconds: 600, retries: 3, compensation: 'undo-b' },
    { name: 'c', service: 'order', timeoutSeconds: 86_400, retries: 3, compensation: 'undo-c' },
  ];

  test.each([
    ['payment', 600, 60],
    ['order', 43_200, 86_400],
  ])('of %s hides a command for %d s and calls somebody after %d s', (service, visibilitySeconds, maxAgeSeconds) => {
    expect(commandQueue({ ...saga, steps }, service, 'restricted')).toMatchObject({
      visibilitySeconds,
      maxAgeSeconds,
      fifo: false,
      dataClass: 'restricted',
    });
  });

  test('participants are named once, however many steps they do', () => {
    expect(participants({ ...saga, steps })).toEqual(['payment', 'order']);
  });
});

describe('Workflow', () => {
  const { stack, key, notifications, subject } = made();
  const template = templateOf(stack);
  const keyArn = stack.resolve(key.keyArn);
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));

  test.each(['AWS::StepFunctions::StateMachine', 'AWS::Logs::LogGroup'])('%s bears its data class', (type) => {
    const tagged = Object.values(template.findResources(type));
    expect(tagged.map(({ Properties }) => Properties.Tags)).toEqual([[{ Key: 'data-class', Value: 'restricted' }]]);
  });

  test('encrypts definition and history with the given key', () => {
    expect(machine?.Properties.EncryptionConfiguration).toEqual({
      Type: 'CUSTOMER_MANAGED_KMS_KEY',
      KmsKeyId: keyArn,
      KmsDataKeyReusePeriodSeconds: 300,
    });
  });

  test('logs every event and no data, encrypted, and traces', () => {
    expect(machine?.Properties.LoggingConfiguration).toEqual({
      Level: 'ALL',
      IncludeExecutionData: false,
      Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: stack.resolve(subject.logGroup.logGroupArn) } }],
    });
    expect(machine?.Properties.TracingConfiguration).toEqual({ Enabled: true });
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { KmsKeyId: keyArn, RetentionInDays: 365 },
      DeletionPolicy: 'Retain',
    });
  });

  test('is a standard machine under the name that its role is confined to', () => {
    expect(machine?.Properties).toMatchObject({ StateMachineType: 'STANDARD', StateMachineName: machineName });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'states.amazonaws.com' },
            Condition: {
              ArnEquals: { 'aws:SourceArn': machineArn },
              StringEquals: { 'aws:SourceAccount': account },
            },
          },
        ],
      },
    });
  });

  test('waits for its permissions, for Step Functions checks them when it is made', () => {
    const [policy] = Object.keys(template.findResources('AWS::IAM::ManagedPolicy'));
    expect(machine?.DependsOn).toContain(policy);
  });

  test('sends commands to a queue a service, and the end to the queue named', () => {
    expect(Object.keys(subject.commands)).toEqual(['payment', 'catalog', 'order']);
    const parts: unknown[] = machine?.Properties.DefinitionString['Fn::Join'][1];
    const text = parts.map((part) => (typeof part === 'string' ? part : 'URL')).join('');
    const definition = JSON.parse(text);
    expect(definition).toMatchObject({ QueryLanguage: 'JSONata', StartAt: 'Begin' });
    expect(Object.keys(definition.States)).toEqual(
      expect.arrayContaining(['take-payment', 'release-stock', 'TellDone', 'TellUndone']),
    );
    const urls = parts.filter((part) => typeof part === 'object');
    for (const queue of [...Object.values(subject.commands).map((commands) => commands.queue), notifications]) {
      expect(urls).toContainEqual(stack.resolve(queue.queueUrl));
    }
  });

  test('may send to those queues alone, and may do nothing else beyond logging and tracing', () => {
    const [policy] = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
    const queues = [...Object.values(subject.commands).map(({ queue }) => queue), notifications];
    const inRegion = { StringEquals: { 'aws:RequestedRegion': region } };
    expect(policy?.Properties.PolicyDocument.Statement).toEqual([
      {
        Sid: 'Sends',
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: expect.arrayContaining(queues.map(({ queueArn }) => stack.resolve(queueArn))),
      },
      {
        Sid: 'EncryptsItself',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: keyArn,
        Condition: { StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': machineArn } },
      },
      {
        Sid: 'EncryptsWhatItLogs',
        Effect: 'Allow',
        Action: 'kms:GenerateDataKey',
        Resource: keyArn,
        Condition: { StringLike: { 'kms:EncryptionContext:SourceArn': `arn:aws:logs:${region}:${account}:*` } },
      },
      expect.objectContaining({ Sid: 'Logs', Resource: '*', Condition: inRegion }),
      expect.objectContaining({ Sid: 'Traces', Resource: '*', Condition: inRegion }),
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: keyArn,
        Condition: { StringEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } },
      },
    ]);
    expect(policy?.Properties.PolicyDocument.Statement[0].Resource).toHaveLength(queues.length);
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test.each(['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted', 'ExecutionThrottled'])(
    'calls somebody at the first of %s',
    (MetricName) => {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName,
        Namespace: 'AWS/States',
        Dimensions: [{ Name: 'StateMachineArn', Value: machineArn }],
        Statistic: 'Sum',
        Threshold: 1,
        EvaluationPeriods: 1,
        AlarmDescription: Match.stringLikeRegexp('docs/runbooks/workflow\\.md'),
        AlarmActions: [Match.anyValue()],
      });
    },
  );

  test('calls somebody when most runs are undone', () => {
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      LogGroupName: stack.resolve(subject.logGroup.logGroupName),
      FilterPattern: '{ ($.type = "SucceedStateEntered") && ($.details.name = "Undone") }',
      MetricTransformations: [Match.objectLike({ MetricNamespace: 'Mainstay/Workflows', MetricValue: '1' })],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: 50,
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: 'IF(started >= 10, 100 * FILL(undone, 0) / started, 0)' }),
      ]),
      AlarmActions: [Match.anyValue()],
    });
  });

  test('gives each service its own commands, and the address to whoever starts it', () => {
    expect(Object.keys(subject.values('payment'))).toEqual(['address', 'commands/payment']);
    expect(subject.values('payment')['commands/payment']).toBe(subject.commands['payment']?.queue.queueUrl);
    expect(subject.values('user')).toEqual({ address: subject.machine.attrArn });
    expect(subject.secrets).toEqual({});
    expect(subject.reach).toEqual([]);
  });

  test('has no finding', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });
});

describe('Workflow.grant', () => {
  const granted = (use: Use) => {
    const { stack, key, subject } = made();
    const policy = new iam.ManagedPolicy(stack, 'Policy');
    subject.grant(policy, use);
    const id = stack.getLogicalId(policy.node.defaultChild as iam.CfnManagedPolicy);
    return {
      statements: templateOf(stack).findResources('AWS::IAM::ManagedPolicy')[id]?.Properties.PolicyDocument.Statement,
      machine: stack.resolve(subject.machine.attrArn),
      key: stack.resolve(key.keyArn),
      queueOf: (service: string) => stack.resolve(subject.commands[service]?.queue.queueArn),
    };
  };
  const keyFor = ({ machine, key }: { machine: unknown; key: unknown }) => ({
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: key,
    Condition: {
      StringEquals: {
        'kms:ViaService': `states.${region}.amazonaws.com`,
        'kms:EncryptionContext:aws:states:stateMachineArn': machine,
      },
    },
  });

  test('lets a starter start it, and not answer for others', () => {
    const result = granted({ service: 'order', kind: 'starts' });
    expect(result.statements).toEqual([
      { Effect: 'Allow', Action: 'states:StartExecution', Resource: result.machine },
      keyFor(result),
    ]);
  });

  test('lets a service answer for its steps and receive its own commands, and not start runs', () => {
    const result = granted({ service: 'payment', kind: 'commands' });
    expect(result.statements.slice(0, 2)).toEqual([
      {
        Effect: 'Allow',
        Action: ['states:SendTaskFailure', 'states:SendTaskHeartbeat', 'states:SendTaskSuccess'],
        Resource: result.machine,
      },
      keyFor(result),
    ]);
    const queues = result.statements.filter(({ Action }: { Action: unknown }) => String(Action).includes('sqs:'));
    expect(queues).toEqual([expect.objectContaining({ Resource: result.queueOf('payment') })]);
    expect(JSON.stringify(queues)).not.toContain('SendMessage');
  });

  test('fails when a service without a step asks for commands', () => {
    expect(() => granted({ service: 'user', kind: 'commands' })).toThrow(
      'Test/OrderSaga: services with a step must be one of payment, catalog, order, got user',
    );
  });

  test('fails when a workflow is used as something else', () => {
    expect(() => granted({ service: 'user', kind: 'sends' })).toThrow(
      'Test/OrderSaga can be used for starts, commands, got sends by user: name another part',
    );
  });
});
