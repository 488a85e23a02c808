import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Goals } from '../platform/nouns/goals';
import type { ServiceFigures, TrafficFigures } from './figures';
import { line, metricLine, type Mark, type Panel } from './panels';
import { failedShare, latency, requests } from './traffic-metrics';

/** The goals that graphs of requests show. */
export type TrafficGoals = Pick<Goals, 'errorPercent' | 'p95Milliseconds'>;

export const errorGoal = ({ errorPercent }: TrafficGoals): Mark => ({ label: 'goal', value: errorPercent });
export const latencyGoal = ({ p95Milliseconds }: TrafficGoals): Mark => ({
  label: 'goal of p95',
  value: p95Milliseconds,
});

/** Rate, errors and duration of the requests to one service. */
export const trafficPanels = (traffic: TrafficFigures, goals: TrafficGoals): readonly Panel[] => [
  { title: 'Requests', unit: 'a minute', lines: [requests(traffic, line('requests'))] },
  {
    title: 'Failed requests',
    unit: 'percent',
    lines: [failedShare(traffic, line('failed'))],
    marks: [errorGoal(goals)],
  },
  {
    title: 'Response time',
    unit: 'ms',
    lines: [latency(traffic, 50, line('p50')), latency(traffic, 95, line('p95'))],
    marks: [latencyGoal(goals)],
  },
];

/** How full the tasks of one service are, and how many there are between their bounds. */
export const taskPanels = (service: ServiceFigures): readonly Panel[] => [
  {
    title: 'Processor',
    unit: 'percent',
    lines: [
      usageOf(service, 'CPUUtilization', 'Average', 'average'),
      usageOf(service, 'CPUUtilization', 'Maximum', 'busiest'),
    ],
    marks: [{ label: 'tasks are added', value: service.scale.cpuPercent }],
  },
  {
    title: 'Memory',
    unit: 'percent',
    lines: [
      usageOf(service, 'MemoryUtilization', 'Average', 'average'),
      usageOf(service, 'MemoryUtilization', 'Maximum', 'fullest'),
    ],
    marks: [{ label: 'full', value: 100 }],
  },
  {
    title: 'Tasks',
    unit: 'tasks',
    lines: [tasksOf(service, 'running')],
    marks: [
      { label: 'minimum', value: service.scale.min },
      { label: 'maximum', value: service.scale.max },
    ],
  },
];

/** Several services beside each other: one line each. */
export const comparisonPanels = (
  services: readonly (ServiceFigures & { readonly traffic: TrafficFigures })[],
  goals: TrafficGoals,
): readonly Panel[] => [
  {
    title: 'Requests',
    unit: 'a minute',
    lines: services.map(({ name, traffic }) => requests(traffic, line(name))),
  },
  {
    title: 'Failed requests',
    unit: 'percent',
    lines: services.map(({ name, traffic }) => failedShare(traffic, line(name))),
    marks: [errorGoal(goals)],
  },
  {
    title: 'Response time, p95',
    unit: 'ms',
    lines: services.map(({ name, traffic }) => latency(traffic, 95, line(name))),
    marks: [latencyGoal(goals)],
  },
];

/** How full several services are. */
export const saturationPanels = (services: readonly ServiceFigures[]): readonly Panel[] => [
  {
    title: 'Processor',
    unit: 'percent',
    lines: services.map((service) => usageOf(service, 'CPUUtilization', 'Average', service.name)),
  },
  {
    title: 'Memory',
    unit: 'percent',
    lines: services.map((service) => usageOf(service, 'MemoryUtilization', 'Maximum', service.name)),
    marks: [{ label: 'full', value: 100 }],
  },
  {
    title: 'Tasks of their maximum',
    unit: 'percent',
    lines: services.map((service) => {
      const { id, label, period } = line(service.name);
      return new cloudwatch.MathExpression({
        expression: `100*${id}_tasks/${service.scale.max}`,
        usingMetrics: { [`${id}_tasks`]: tasksOf(service, label) },
        label,
        period,
      });
    }),
    marks: [{ label: 'cannot grow', value: 100 }],
  },
];

const namesOf = ({ clusterName, serviceName }: ServiceFigures) => ({
  ClusterName: clusterName,
  ServiceName: serviceName,
});

const usageOf = (service: ServiceFigures, metricName: string, statistic: string, label: string): cloudwatch.IMetric =>
  metricLine(label, 'AWS/ECS', metricName, statistic, namesOf(service));

const tasksOf = (service: ServiceFigures, label: string): cloudwatch.IMetric =>
  metricLine(label, 'ECS/ContainerInsights', 'RunningTaskCount', 'Average', namesOf(service));
