import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmProps } from '../../lib/aws/alarms';
import { alarmPeriod } from '../../lib/aws/alarms';
import { account, findings, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { only } from '../support/template';

const metric = new cloudwatch.Metric({ namespace: 'Shop', metricName: 'Orders', period: alarmPeriod });

function raised(overrides: Partial<AlarmProps> = {}) {
  const stack = testStack();
  const { alarms } = surroundings(stack);
  alarms.raise(stack, 'FewOrders', {
    metric,
    description: 'Few orders come in.',
    runbook: 'service',
    threshold: 5,
    ...overrides,
  });
  return { alarms, template: templateOf(stack) };
}

describe('an alarm', () => {
  const alarm = only(raised().template, 'AWS::CloudWatch::Alarm').properties;
  const topic = [{ Ref: 'AlarmsTopic3A2DFEBA' }];

  test.each([
    ['tells somebody when it begins', alarm['AlarmActions'], topic],
    ['tells somebody when it ends', alarm['OKActions'], topic],
    [
      'says what is wrong and what to do',
      alarm['AlarmDescription'],
      'Few orders come in. Runbook: docs/runbooks/service.md',
    ],
    ['goes off at the threshold', alarm['ComparisonOperator'], 'GreaterThanOrEqualToThreshold'],
    ['has the threshold that it is given', alarm['Threshold'], 5],
    ['looks at three periods', alarm['EvaluationPeriods'], 3],
    ['wants all of them', alarm['DatapointsToAlarm'], 3],
    ['takes silence for peace', alarm['TreatMissingData'], 'notBreaching'],
    ['has no name of its own', alarm['AlarmName'], undefined],
    ['reads minute by minute', alarm['Period'], 60],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test('takes what it is given instead', () => {
    const { template } = raised({
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 5,
      periodsToAlarm: 2,
      missingData: TreatMissingData.BREACHING,
      name: 'shop-few-orders',
    });
    expect(only(template, 'AWS::CloudWatch::Alarm').properties).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 5,
      DatapointsToAlarm: 2,
      TreatMissingData: 'breaching',
      AlarmName: 'shop-few-orders',
    });
  });

  test('wants all periods where only their number is given', () => {
    expect(only(raised({ periods: 5 }).template, 'AWS::CloudWatch::Alarm').properties['DatapointsToAlarm']).toBe(5);
  });
});

describe('Alarms', () => {
  const { alarms, template } = raised();
  const { Statement } = only(template, 'AWS::SNS::TopicPolicy').properties['PolicyDocument'];

  test('encrypt what they tell with the given key', () => {
    expect(only(template, 'AWS::SNS::Topic').properties['KmsMasterKeyId']).toEqual({
      'Fn::GetAtt': ['Key961B73FD', 'Arn'],
    });
  });

  test('tell the person who is on call', () => {
    expect(only(template, 'AWS::SNS::Subscription').properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'on-call@example.com',
    });
  });

  test("take what the account's own CloudWatch tells, and no other account's", () => {
    expect(Statement).toContainEqual({
      Sid: 'CloudWatchPublishes',
      Effect: 'Allow',
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Resource: { Ref: 'AlarmsTopic3A2DFEBA' },
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    });
  });

  test('take nothing that does not come by TLS', () => {
    expect(Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });

  test('have no finding that nobody answered, and no answer without a finding', () => {
    expect(findings(alarms)).toEqual([]);
    expect(staleAcknowledgements(alarms)).toEqual([]);
  });
});
