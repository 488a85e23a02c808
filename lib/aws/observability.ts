import { Construct } from 'constructs';
import type { AuditOwner } from '../platform/nouns/audit';
import type { Goals } from '../platform/nouns/goals';
import type { Alarms } from './alarms';
import { Budget } from './budget';
import { Commitments, type CommitmentsProps } from './commitments';
import { PlatformDashboard, type PlatformFigures } from './platform-dashboard';
import { ServiceObservability } from './service-observability';
import { TraceQueries } from './trace-queries';

export interface ObservabilityProps {
  readonly figures: PlatformFigures;
  /** What names of the stage begin with. */
  readonly prefix: string;
  readonly goals: Goals;
  readonly alarms: Alarms;
  /** Who is told of spending. */
  readonly email: string;
  readonly costAnomalies: AuditOwner;
  /** What can be paid for ahead. */
  readonly platform: CommitmentsProps['platform'];
  readonly siteName: CommitmentsProps['siteName'];
}

/**
 * What people look at to see how the whole platform does: its dashboard, the objectives of the gateway, which are those
 * of the platform, a query that follows one request through every service, and its spending.
 */
export class Observability extends Construct {
  public readonly dashboard: PlatformDashboard;
  /** Nothing for a platform without a gateway. */
  public readonly gateway: ServiceObservability | undefined;
  public readonly queries: TraceQueries;
  /** Nothing for a platform that sets no limit. */
  public readonly budget: Budget | undefined;
  /** Nothing for a platform that pays for nothing ahead. */
  public readonly commitments: Commitments | undefined;

  public constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const { figures, goals, prefix } = props;
    const { gateway, services } = figures;
    const { commitments, monthlyDollars, serviceLevel } = goals;
    this.dashboard = new PlatformDashboard(this, 'Dashboard', { figures, prefix, goals });
    this.gateway =
      gateway === undefined
        ? undefined
        : new ServiceObservability(this, 'Gateway', { ...props, figures: gateway, serviceLevel });
    this.queries = new TraceQueries(this, 'Queries', {
      prefix,
      logGroupNames: [...(gateway === undefined ? [] : [gateway]), ...services].map(({ logGroupName }) => logGroupName),
    });
    this.commitments = commitments && new Commitments(this, 'Commitments', { ...props, spec: commitments });
    this.budget = monthlyDollars === undefined ? undefined : new Budget(this, 'Budget', { ...props, monthlyDollars });
  }
}
