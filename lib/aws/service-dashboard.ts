import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { objectiveDays } from '../platform/burn-windows';
import type { Goals } from '../platform/nouns/goals';
import { objectivesOf, type Objective } from '../platform/objectives';
import type { ServiceFigures, TrafficFigures } from './figures';
import { badShare, type Objectives } from './objectives';
import { numbers, rowsOf } from './panels';
import { taskPanels, trafficPanels } from './service-panels';

export interface ServiceDashboardProps {
  readonly figures: ServiceFigures;
  /** What names of the stage begin with. */
  readonly prefix: string;
  readonly goals: Pick<Goals, 'availabilityPercent' | 'errorPercent' | 'p95Milliseconds'>;
  /** A second share of requests, and the time in which they are answered. @default - none is promised */
  readonly serviceLevel?: Goals['serviceLevel'];
  /** The alarms on its objectives, if it has any. */
  readonly objectives?: Objectives | undefined;
}

/** What the promise has come to, and what is left of the error budget: below zero, it is broken. */
export function attainment(
  name: string,
  traffic: TrafficFigures,
  { goalPercent, ...objective }: Objective,
): readonly cloudwatch.IMetric[] {
  const period = Duration.days(objectiveDays);
  const bad = badShare(traffic, objective, { period, label: 'bad' });
  const of = (label: string, expression: string) =>
    new cloudwatch.MathExpression({ expression, usingMetrics: { share: bad }, label, period });
  return [
    of(`${name}, percent of ${goalPercent}`, '100-share'),
    of('error budget left, percent', `100-100*share/${Number((100 - goalPercent).toFixed(6))}`),
  ];
}

/** One service: whether it keeps its promises, its requests, and its tasks. People find it by its name. */
export class ServiceDashboard extends Construct {
  public readonly dashboard: cloudwatch.Dashboard;

  public constructor(scope: Construct, id: string, props: ServiceDashboardProps) {
    super(scope, id);
    const { figures, goals, objectives, prefix, serviceLevel: promised } = props;
    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: `${prefix}-${figures.name}`,
      defaultInterval: Duration.hours(3),
    });
    if (figures.traffic !== undefined) {
      const { traffic } = figures;
      const { availability, latency, serviceLevel } = objectivesOf(goals, promised);
      const reached = (name: string, objective: Objective) =>
        numbers(`Last ${objectiveDays} days`, objectiveDays, attainment(name, traffic, objective));
      this.dashboard.addWidgets(
        reached('good requests', availability),
        reached('fast requests', latency),
        ...(serviceLevel === undefined ? [] : [reached('requests in time', serviceLevel)]),
      );
    }
    if (objectives !== undefined) {
      this.dashboard.addWidgets(
        new cloudwatch.AlarmStatusWidget({
          title: 'Error budgets',
          alarms: [
            objectives.availability,
            objectives.latency,
            ...(objectives.serviceLevel === undefined ? [] : [objectives.serviceLevel]),
          ],
          width: 24,
          height: 2,
        }),
      );
    }
    const sections = [
      { title: 'Requests', panels: figures.traffic === undefined ? [] : trafficPanels(figures.traffic, goals) },
      { title: 'Tasks', panels: taskPanels(figures) },
    ];
    for (const row of sections.flatMap(rowsOf)) this.dashboard.addWidgets(...row);
  }
}
