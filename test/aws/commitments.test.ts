import { Commitments, committedOf } from '../../lib/aws/commitments';
import retailflow from '../../platforms/retailflow';
import { findings, staleAcknowledgements, templateOf, testStack } from '../support/aws';
import { resolved } from '../support/platform';
import { allOf } from '../support/template';

const platform = resolved(retailflow);
const nothing = { caches: {}, databases: {}, searches: {} };

describe('what can be paid for ahead', () => {
  test.each([
    ['tasks and all that keeps data', platform, ['tasks', 'databases', 'caches', 'searches']],
    ['tasks alone, where nothing keeps data', nothing, ['tasks']],
    ['tasks and what there is', { ...nothing, caches: platform.caches }, ['tasks', 'caches']],
  ])('is %s', (_what, given, names) => {
    expect(committedOf({ platform: given, siteName: 'primary' }).map(({ name }) => name)).toEqual(names);
  });

  test('is what stands on the site alone', () => {
    const elsewhere = {
      caches: Object.fromEntries(Object.entries(platform.caches).map(([name, each]) => [name, { ...each, on: [] }])),
    };
    expect(
      committedOf({ platform: { ...nothing, ...elsewhere }, siteName: 'primary' }).map(({ name }) => name),
    ).toEqual(['tasks']);
  });
});

describe('budgets of what is paid for ahead', () => {
  const stack = testStack();
  const subject = new Commitments(stack, 'Commitments', {
    spec: { coveredPercent: 60, usedPercent: 90 },
    platform: { ...nothing, databases: platform.databases },
    siteName: 'primary',
    email: 'on-call@example.com',
  });
  const found = allOf(templateOf(subject), 'AWS::Budgets::Budget').map(({ properties }) => properties);

  test.each([
    ['SAVINGS_PLANS_COVERAGE', undefined, 60],
    ['SAVINGS_PLANS_UTILIZATION', undefined, 90],
    ['RI_COVERAGE', ['Amazon Relational Database Service'], 60],
    ['RI_UTILIZATION', ['Amazon Relational Database Service'], 90],
  ])('%s of %j tells people below %d%%', (BudgetType, service, Threshold) => {
    expect(found.find(({ Budget }) => (Budget as { BudgetType: string }).BudgetType === BudgetType)).toEqual({
      Budget: {
        BudgetType,
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: 100, Unit: 'PERCENTAGE' },
        ...(service === undefined ? {} : { CostFilters: { Service: service } }),
      },
      NotificationsWithSubscribers: [
        {
          Notification: {
            NotificationType: 'ACTUAL',
            ComparisonOperator: 'LESS_THAN',
            Threshold,
            ThresholdType: 'PERCENTAGE',
          },
          Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'on-call@example.com' }],
        },
      ],
    });
  });

  test('are two of each kind, and no more', () => {
    expect(found).toHaveLength(4);
    expect(subject.budgets).toHaveLength(4);
  });

  test('has no finding that is not answered, and no answer without a finding', () => {
    expect({ open: findings(subject), stale: staleAcknowledgements(subject) }).toEqual({ open: [], stale: [] });
  });
});
