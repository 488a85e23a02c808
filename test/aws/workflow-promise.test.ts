import { Match } from 'aws-cdk-lib/assertions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Workflow } from '../../lib/aws/workflow';
import { workflow } from '../../lib/platform/nouns/service';
import retailflow from '../../platforms/retailflow';
import { findings, surroundings, templateOf, testStack } from '../support/aws';

const spec = workflow.parse(retailflow.workflows?.['order-saga']);

function made(overrides: Partial<typeof spec> = {}) {
  const stack = testStack();
  const { key, alarms } = surroundings(stack);
  const notifications = new sqs.Queue(stack, 'Notifications', { encryptionMasterKey: key });
  const subject = new Workflow(stack, 'OrderSaga', {
    name: 'order-saga',
    spec: { ...spec, ...overrides },
    notifications,
    key,
    logsKey: key,
    alarms,
    logDays: 365,
    dataClass: 'restricted',
  });
  return { stack, key, notifications, subject };
}

describe('a step that promises how fast it is undone', () => {
  const promised = made({
    steps: spec.steps.map((step, index) =>
      index === 0 ? { ...step, compensates: { withinMilliseconds: 200, workMilliseconds: 40 } } : step,
    ),
  });
  const template = templateOf(promised.stack);

  test('lets the machine note figures in the namespace of workflows, and nowhere else', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Sid: 'NotesFigures',
            Action: 'cloudwatch:PutMetricData',
            Effect: 'Allow',
            Resource: '*',
            Condition: { StringEquals: { 'cloudwatch:namespace': 'Mainstay/Workflows' } },
          },
        ]),
      },
    });
    expect(JSON.stringify(templateOf(made().stack))).not.toContain('PutMetricData');
  });

  test('has somebody called when most of what was measured is late', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'Mainstay/Workflows',
      MetricName: Match.stringLikeRegexp('UndoneAfter$'),
      ExtendedStatistic: 'p95',
      Period: 300,
      Threshold: 200,
      ComparisonOperator: 'GreaterThanThreshold',
      DatapointsToAlarm: 2,
      EvaluationPeriods: 3,
      TreatMissingData: 'notBreaching',
      AlarmActions: [Match.anyValue()],
    });
    expect(JSON.stringify(templateOf(made().stack))).not.toContain('SlowUndoing');
  });

  test('leaves nothing to find', () => {
    expect(findings(promised.stack).filter((each) => each.includes('OrderSaga'))).toEqual([]);
  });
});
