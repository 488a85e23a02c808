import { BillingBudget, type BillingBudgetThresholdRules } from '@cdktf/provider-google/lib/billing-budget';
import { Construct } from 'constructs';
import type { Google } from '../platform/nouns/warehouse';
import type { Place } from './place';

export interface BudgetProps {
  readonly place: Place;
  readonly spec: Pick<Google, 'billingAccount' | 'monthlyDollars'>;
  /** Who is told: the full name of a channel. */
  readonly channel: string;
}

/** When somebody is told: at four fifths and all of the month's sum, and when all of it is to be expected. */
export const thresholds: readonly BillingBudgetThresholdRules[] = [
  { thresholdPercent: 0.8, spendBasis: 'CURRENT_SPEND' },
  { thresholdPercent: 1, spendBasis: 'CURRENT_SPEND' },
  { thresholdPercent: 1, spendBasis: 'FORECASTED_SPEND' },
];

/** What the project may spend a month. */
export class Budget extends Construct {
  public readonly budget: BillingBudget;

  public constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const { channel, place, spec } = props;
    this.budget = new BillingBudget(this, 'Budget', {
      billingAccount: spec.billingAccount,
      displayName: place.project,
      budgetFilter: { projects: [`projects/${place.projectNumber}`], calendarPeriod: 'MONTH' },
      amount: { specifiedAmount: { currencyCode: 'USD', units: String(spec.monthlyDollars) } },
      thresholdRules: [...thresholds],
      allUpdatesRule: { monitoringNotificationChannels: [channel], disableDefaultIamRecipients: false },
    });
  }
}
