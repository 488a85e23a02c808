import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { chunks } from './chunks';
import type { EdgeFigures, PartFigures, ServiceFigures, TrafficFigures } from './figures';
import { linesAtMost, rowsOf, type Section } from './panels';
import {
  cachePanels,
  databasePanels,
  edgePanels,
  messagesPanels,
  queuePanels,
  searchPanels,
  workflowPanels,
} from './part-panels';
import { streamsPanels } from './stream-panels';
import { comparisonPanels, saturationPanels, trafficPanels, type TrafficGoals } from './service-panels';

/** The parts of a platform, as its dashboard shows them. */
export interface PlatformFigures extends PartFigures {
  readonly services: readonly ServiceFigures[];
  /** @default - the platform has none */
  readonly gateway?: ServiceFigures | undefined;
  /** @default - the platform has none */
  readonly edge?: EdgeFigures | undefined;
}

export interface PlatformDashboardProps {
  readonly figures: PlatformFigures;
  /** What names of the stage begin with. */
  readonly prefix: string;
  readonly goals: TrafficGoals;
}

/**
 * The sections of a platform's dashboard, from the user inwards: what the edge and the gateway see, then the services
 * beside each other, then what they stand on. What the platform does not have is left out.
 */
export function platformSections(
  { caches, databases, edge, gateway, messages, queues, searches, services, streams, workflows }: PlatformFigures,
  goals: TrafficGoals,
): readonly Section[] {
  const running = [...(gateway === undefined ? [] : [gateway]), ...services];
  return [
    { title: 'Edge', panels: edge === undefined ? [] : edgePanels(edge, goals) },
    { title: 'Gateway', panels: gateway?.traffic === undefined ? [] : trafficPanels(gateway.traffic, goals) },
    {
      title: 'Services',
      panels: chunks(services.filter(isRouted), linesAtMost).flatMap((some) => comparisonPanels(some, goals)),
    },
    { title: 'Tasks', panels: chunks(running, linesAtMost).flatMap(saturationPanels) },
    { title: 'Databases', panels: databases.flatMap(databasePanels) },
    { title: 'Caches', panels: caches.flatMap(cachePanels) },
    { title: 'Search', panels: searches.flatMap(searchPanels) },
    { title: 'Queues', panels: queuePanels(queues) },
    { title: 'Streams', panels: streams === undefined ? [] : streamsPanels(streams) },
    { title: 'Messages to people', panels: messages.flatMap(messagesPanels) },
    { title: 'Workflows', panels: workflows.flatMap(workflowPanels) },
  ];
}

const isRouted = (service: ServiceFigures): service is ServiceFigures & { readonly traffic: TrafficFigures } =>
  service.traffic !== undefined;

/** The whole platform on one page. People find it by its name. */
export class PlatformDashboard extends Construct {
  public readonly dashboard: cloudwatch.Dashboard;

  public constructor(scope: Construct, id: string, props: PlatformDashboardProps) {
    super(scope, id);
    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: props.prefix,
      defaultInterval: Duration.hours(3),
    });
    for (const row of platformSections(props.figures, props.goals).flatMap(rowsOf)) this.dashboard.addWidgets(...row);
  }
}
