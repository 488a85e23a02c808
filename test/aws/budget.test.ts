import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { anomalyDollars, Budget } from '../../lib/aws/budget';
import type { AuditOwner } from '../../lib/platform/nouns/audit';
import { findings, templateOf, testStack } from '../support/aws';

function made(costAnomalies: AuditOwner = 'own') {
  const stack = testStack();
  const subject = new Budget(stack, 'Budget', {
    prefix: 'shop-production',
    monthlyDollars: 88_000,
    email: 'on-call@example.com',
    costAnomalies,
  });
  return { subject, template: templateOf(stack) };
}

describe('anomalyDollars', () => {
  test.each([
    [88_000, 880],
    [2_050, 21],
    [1_000, 10],
    [1, 10],
  ])('of a budget of %d are %d', (monthlyDollars, expected) => {
    expect(anomalyDollars(monthlyDollars)).toBe(expected);
  });
});

describe('Budget', () => {
  const { subject, template } = made();

  test('is the monthly limit of the whole account, under a name that a replacement does not collide with', () => {
    template.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: {
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: 88_000, Unit: 'USD' },
        BudgetName: Match.absent(),
        CostFilters: Match.absent(),
      },
    });
  });

  test.each([
    ['ACTUAL', 80],
    ['ACTUAL', 100],
    ['FORECASTED', 100],
  ])('tells of %s spending above %d%%', (NotificationType, Threshold) => {
    template.hasResourceProperties('AWS::Budgets::Budget', {
      NotificationsWithSubscribers: Match.arrayWith([
        {
          Notification: {
            NotificationType,
            Threshold,
            ThresholdType: 'PERCENTAGE',
            ComparisonOperator: 'GREATER_THAN',
          },
          Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'on-call@example.com' }],
        },
      ]),
    });
  });

  test('tells of spending out of the ordinary, by service, from a share of the budget on', () => {
    template.hasResourceProperties('AWS::CE::AnomalyMonitor', {
      MonitorType: 'DIMENSIONAL',
      MonitorDimension: 'SERVICE',
    });
    template.hasResourceProperties('AWS::CE::AnomalySubscription', {
      Frequency: 'DAILY',
      Subscribers: [{ Type: 'EMAIL', Address: 'on-call@example.com' }],
      MonitorArnList: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^BudgetServices'), 'MonitorArn'] }],
      ThresholdExpression: Match.serializedJson({
        Dimensions: {
          Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          MatchOptions: ['GREATER_THAN_OR_EQUAL'],
          Values: ['880'],
        },
      }),
    });
  });

  test('leaves that to the organisation where it looks itself, and keeps the limit', () => {
    const left = made('organization');
    left.template.resourceCountIs('AWS::CE::AnomalyMonitor', 0);
    left.template.resourceCountIs('AWS::CE::AnomalySubscription', 0);
    left.template.resourceCountIs('AWS::Budgets::Budget', 1);
    expect(left.subject.anomalies).toBeUndefined();
  });

  test('has a runbook', () => {
    expect(existsSync(resolve(__dirname, '../../docs/runbooks/cost.md'))).toBe(true);
  });

  test('has no finding that nobody answered', () => {
    expect(findings(subject)).toEqual([]);
  });
});
