import type { ConsumptionBudgetSubscriptionConfig } from '@cdktf/provider-azurerm/lib/consumption-budget-subscription';
import type { Monitoring } from './diagnostics';

export interface MonthlyBudget {
  readonly monitoring: Pick<Monitoring, 'actionGroupId'>;
  /** What may be spent in a month, in US dollars. */
  readonly monthlyDollars: number;
  /** Who is told. */
  readonly email: string;
}

/** When somebody is told, in percent of the budget. */
const notices = [
  { thresholdType: 'Actual', threshold: 80 },
  { thresholdType: 'Actual', threshold: 100 },
  { thresholdType: 'Forecasted', threshold: 100 },
] as const;

/** What every budget of a month says, whatever it is a budget of: how much, since when, and who is told at how much of it. */
export const monthlyBudget = ({
  email,
  monitoring,
  monthlyDollars,
}: MonthlyBudget): Pick<
  ConsumptionBudgetSubscriptionConfig,
  'amount' | 'lifecycle' | 'notification' | 'timeGrain' | 'timePeriod'
> => ({
  amount: monthlyDollars,
  timeGrain: 'Monthly',
  // Azure takes no earlier month than the one in which the budget is made, and never another after that.
  timePeriod: { startDate: '${formatdate("YYYY-MM-01\'T\'00:00:00Z", plantimestamp())}' },
  lifecycle: { ignoreChanges: ['time_period'] },
  notification: notices.map((notice) => ({
    ...notice,
    enabled: true,
    operator: 'GreaterThan',
    contactEmails: [email],
    contactGroups: [monitoring.actionGroupId],
  })),
});
