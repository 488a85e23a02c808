import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as logs from 'aws-cdk-lib/aws-logs';
import { trailAlarms, watchedCalls } from '../../lib/aws/audit-trail-alarms';
import { surroundings, templateOf, testStack } from '../support/aws';

const patterns = Object.fromEntries(watchedCalls.map(({ id, pattern }) => [id, pattern]));

describe('watchedCalls', () => {
  test('are use of root, logins without a second factor, deletion of keys, and changes of trails', () => {
    expect(Object.keys(patterns)).toEqual(['RootUse', 'LoginWithoutSecondFactor', 'KeyDeletion', 'TrailChange']);
  });

  test.each([
    ['RootUse', '$.userIdentity.type = "Root"'],
    ['RootUse', '$.userIdentity.invokedBy NOT EXISTS'],
    ['RootUse', '$.eventType != "AwsServiceEvent"'],
    ['LoginWithoutSecondFactor', '$.eventName = "ConsoleLogin"'],
    ['LoginWithoutSecondFactor', '$.additionalEventData.MFAUsed != "Yes"'],
    ['LoginWithoutSecondFactor', '$.responseElements.ConsoleLogin = "Success"'],
    ['KeyDeletion', '$.eventSource = "kms.amazonaws.com" && ('],
    ['KeyDeletion', '$.eventName = "ScheduleKeyDeletion"'],
    ['KeyDeletion', '$.eventName = "DisableKey"'],
    ['TrailChange', '$.eventSource = "cloudtrail.amazonaws.com" && ('],
    ['TrailChange', '$.eventName = "StopLogging"'],
    ['TrailChange', '$.eventName = "DeleteTrail"'],
    ['TrailChange', '$.eventName = "UpdateTrail"'],
    ['TrailChange', '$.eventName = "PutEventSelectors"'],
  ])('%s are found by %s', (id, condition) => {
    expect(patterns[id]).toContain(condition);
  });

  test.each(watchedCalls)('$id has a filter with balanced brackets, no longer than one may be', ({ pattern }) => {
    expect(pattern).toMatch(/^\{ .* \}$/);
    expect(pattern.split('(')).toHaveLength(pattern.split(')').length);
    expect(pattern.length).toBeLessThanOrEqual(1024);
  });
});

describe('trailAlarms', () => {
  const stack = testStack();
  const { alarms } = surroundings(stack);
  trailAlarms(stack, { logGroup: new logs.LogGroup(stack, 'Logs'), prefix: 'shop-production', alarms });
  const template = templateOf(stack);

  test.each(watchedCalls)('tells of one $id, once, and is quiet otherwise', ({ description, id, pattern }) => {
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: pattern,
      MetricTransformations: [
        { MetricNamespace: 'shop-production/audit', MetricName: id, MetricValue: '1', DefaultValue: 0 },
      ],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: `${description} Runbook: docs/runbooks/security-finding.md`,
      Namespace: 'shop-production/audit',
      MetricName: id,
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: stack.getLogicalId(alarms.topic.node.defaultChild as never) }],
    });
  });

  test('makes no alarm besides', () => {
    template.resourceCountIs('AWS::CloudWatch::Alarm', watchedCalls.length);
  });

  test('names a runbook that exists', () => {
    expect(existsSync(resolve(__dirname, '../../docs/runbooks/security-finding.md'))).toBe(true);
  });
});
