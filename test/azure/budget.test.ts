import { Budget, siteDollars, type BudgetProps } from '../../lib/azure/budget';
import { monitoring, ofType, only, place, testStack } from '../support/azure';

describe('what a site may spend', () => {
  test.each([
    [{ siteName: 'recovery', size: 'standby' }, 22_000],
    [{ siteName: 'recovery', size: 'full' }, 88_000],
    [{ siteName: 'primary', size: 'standby' }, 88_000],
  ] as const)('of 88,000 dollars a month, %j: %d', (site, dollars) => {
    expect(siteDollars(88_000, site)).toBe(dollars);
  });
});

describe('the budget', () => {
  const made = (patch: Partial<BudgetProps> = {}) => {
    const stack = testStack();
    new Budget(stack, 'Budget', {
      place,
      monitoring,
      monthlyDollars: 22_000,
      email: 'on-call@example.com',
      costAnomalies: 'own',
      ...patch,
    });
    return stack;
  };

  test('is that of the subscription, from the month in which it is made', () => {
    expect(only(made(), 'azurerm_consumption_budget_subscription')).toMatchObject({
      subscription_id: `/subscriptions/${place.subscriptionId}`,
      amount: 22_000,
      time_grain: 'Monthly',
      time_period: { start_date: expect.stringContaining('plantimestamp()') },
      lifecycle: { ignore_changes: ['time_period'] },
    });
  });

  test('tells people before it is spent, when it is, and when it is going to be', () => {
    expect(only(made(), 'azurerm_consumption_budget_subscription')['notification']).toEqual(
      [
        ['Actual', 80],
        ['Actual', 100],
        ['Forecasted', 100],
      ].map(([type, threshold]) => ({
        threshold_type: type,
        threshold,
        enabled: true,
        operator: 'GreaterThan',
        contact_emails: ['on-call@example.com'],
        contact_groups: [monitoring.actionGroupId],
      })),
    );
  });

  test('comes with a look at spending unlike before, unless the organisation looks', () => {
    expect(only(made(), 'azurerm_cost_anomaly_alert')).toMatchObject({ email_addresses: ['on-call@example.com'] });
    expect(ofType(made({ costAnomalies: 'organization' }), 'azurerm_cost_anomaly_alert')).toEqual([]);
  });
});
