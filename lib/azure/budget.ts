import { ConsumptionBudgetSubscription } from '@cdktf/provider-azurerm/lib/consumption-budget-subscription';
import { CostAnomalyAlert } from '@cdktf/provider-azurerm/lib/cost-anomaly-alert';
import { Construct } from 'constructs';
import { sitePrefix } from '../platform/azure-names';
import type { AuditOwner } from '../platform/nouns/audit';
import type { AzureSite } from '../platform/nouns/site';
import type { SiteName } from '../platform/platform';
import type { Monitoring } from './diagnostics';
import { monthlyBudget } from './monthly-budget';
import type { Place } from './place';

export interface BudgetProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** What may be spent on the site in a month, in US dollars. */
  readonly monthlyDollars: number;
  /** Who is told. */
  readonly email: string;
  /** Who looks for spending out of the ordinary. */
  readonly costAnomalies: AuditOwner;
}

/** Share of the platform's spending that a recovery site may take while it waits. Ours. */
const standbyShare = 0.25;

/** What of the platform's monthly spending a site on Azure may take: all of it where the platform runs, a share where it waits. */
export const siteDollars = (
  monthlyDollars: number,
  { siteName, size }: Pick<AzureSite, 'size'> & { readonly siteName: SiteName },
): number => Math.round(monthlyDollars * (siteName === 'recovery' && size === 'standby' ? standbyShare : 1));

/**
 * Tells people when the subscription spends too much, is going to, or spends unlike the weeks before. The budget is that of
 * the whole subscription; where a platform stands on other clouds too, their bills are not in it.
 */
export class Budget extends Construct {
  public readonly budget: ConsumptionBudgetSubscription;

  public constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const { costAnomalies, email, monitoring, monthlyDollars, place } = props;
    const prefix = sitePrefix(place.naming);
    const subscriptionId = `/subscriptions/${place.subscriptionId}`;
    this.budget = new ConsumptionBudgetSubscription(this, 'Monthly', {
      name: prefix,
      subscriptionId,
      ...monthlyBudget({ email, monitoring, monthlyDollars }),
    });
    if (costAnomalies === 'own') {
      new CostAnomalyAlert(this, 'Anomalies', {
        name: prefix,
        displayName: `${prefix} spends unlike before`,
        subscriptionId,
        emailAddresses: [email],
        emailSubject: `${prefix}: spending out of the ordinary`,
        message: 'Runbook: docs/runbooks/cost.md',
      });
    }
  }
}
