import { Construct } from 'constructs';
import type { Goals } from '../platform/nouns/goals';
import type { Alarms } from './alarms';
import type { ServiceFigures } from './figures';
import { Objectives } from './objectives';
import { ServiceDashboard } from './service-dashboard';

export interface ServiceObservabilityProps {
  readonly figures: ServiceFigures;
  /** What names of the stage begin with. */
  readonly prefix: string;
  readonly goals: Pick<Goals, 'availabilityPercent' | 'errorPercent' | 'p95Milliseconds'>;
  readonly alarms: Alarms;
  /** A second share of requests, and the time in which they are answered. @default - none is promised */
  readonly serviceLevel?: Goals['serviceLevel'];
}

/**
 * What a service's team looks at: a dashboard, and alarms on the objectives of its routes. It belongs into the service's
 * own stack: it comes and goes with the service, refers to no other stack, and no stack grows with the number of services.
 */
export class ServiceObservability extends Construct {
  /** Nothing for a service without routes. */
  public readonly objectives: Objectives | undefined;
  public readonly dashboard: ServiceDashboard;

  public constructor(scope: Construct, id: string, props: ServiceObservabilityProps) {
    super(scope, id);
    const { figures } = props;
    this.objectives =
      figures.traffic === undefined
        ? undefined
        : new Objectives(this, 'Objectives', { ...props, name: figures.name, traffic: figures.traffic });
    this.dashboard = new ServiceDashboard(this, 'Dashboard', { ...props, objectives: this.objectives });
  }
}
