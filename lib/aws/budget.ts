import { aws_budgets as budgets, aws_ce as ce } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { AuditOwner } from '../platform/nouns/audit';

export interface BudgetProps {
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** What may be spent in a month, in US dollars. */
  readonly monthlyDollars: number;
  /** Who is told. */
  readonly email: string;
  /**
   * Who looks for spending out of the ordinary. An account has one such monitor. A new account outside an organisation has
   * it from AWS already, as "Default-Services-Monitor": delete that one first, or say `organization`.
   */
  readonly costAnomalies: AuditOwner;
}

/** When somebody is told, in percent of the budget. */
export const budgetNotices = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 100 },
] as const;

/** Spending out of the ordinary is worth a mail from 1% of the monthly budget on, and from ten dollars. Ours. */
export const anomalyDollars = (monthlyDollars: number): number => Math.max(10, Math.round(monthlyDollars / 100));

/**
 * Tells people when the account spends too much, is going to, or spends unlike the weeks before.
 *
 * The budget is that of the whole account: a filter by tags would count nothing until somebody activates those tags for
 * billing, and would say so to nobody. Where a platform stands on other clouds too, their bills are not in it. The budget
 * has no name of its own, since a change of its notices replaces it.
 */
export class Budget extends Construct {
  public readonly budget: budgets.CfnBudget;
  /** Nothing where the organisation watches. */
  public readonly anomalies: ce.CfnAnomalySubscription | undefined;

  public constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const { email, monthlyDollars } = props;
    this.budget = new budgets.CfnBudget(this, 'Monthly', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyDollars, unit: 'USD' },
      },
      notificationsWithSubscribers: budgetNotices.map((notice) => ({
        notification: { ...notice, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
        subscribers: [{ subscriptionType: 'EMAIL', address: email }],
      })),
    });
    this.anomalies = props.costAnomalies === 'own' ? this.watchAnomalies(props) : undefined;
  }

  private watchAnomalies({ email, monthlyDollars, prefix }: BudgetProps): ce.CfnAnomalySubscription {
    const monitor = new ce.CfnAnomalyMonitor(this, 'Services', {
      monitorName: `${prefix}-services`,
      monitorType: 'DIMENSIONAL',
      monitorDimension: 'SERVICE',
    });
    return new ce.CfnAnomalySubscription(this, 'Anomalies', {
      subscriptionName: `${prefix}-anomalies`,
      monitorArnList: [monitor.attrMonitorArn],
      // The most often that mail is sent.
      frequency: 'DAILY',
      subscribers: [{ type: 'EMAIL', address: email }],
      thresholdExpression: JSON.stringify({
        Dimensions: {
          Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          MatchOptions: ['GREATER_THAN_OR_EQUAL'],
          Values: [String(anomalyDollars(monthlyDollars))],
        },
      }),
    });
  }
}
