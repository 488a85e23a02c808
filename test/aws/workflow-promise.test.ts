import { Match } from 'aws-cdk-lib/assertions';
import { findings, templateOf } from '../support/aws';
import { made } from '../support/made-saga';
import { saga } from '../support/played-saga';

describe('a step that promises how fast it is undone', () => {
  const promised = made({
    steps: saga.steps.map((step, index) =>
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
