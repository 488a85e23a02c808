import { chunks } from './chunks';
import { edgeRegion } from './edge-region';
import type {
  CacheFigures,
  DatabaseFigures,
  EdgeFigures,
  MessagesFigures,
  QueueFigures,
  SearchFigures,
  WorkflowFigures,
} from './figures';
import { reputation, reviewRates, smsSpend } from './message-alarms';
import { linesAtMost, metricLine, type Panel } from './panels';
import { errorGoal, latencyGoal, type TrafficGoals } from './service-panels';

/** Requests at the edge. Times are those of the origins, which is what the edge waits for. */
export function edgePanels({ distributionId, firewall }: EdgeFigures, goals: TrafficGoals): readonly Panel[] {
  const region = edgeRegion;
  const edge = (label: string, metricName: string, statistic: string) =>
    metricLine(
      label,
      'AWS/CloudFront',
      metricName,
      statistic,
      { DistributionId: distributionId, Region: 'Global' },
      { region },
    );
  const wall = (label: string, metricName: string) =>
    metricLine(label, 'AWS/WAFV2', metricName, 'Sum', { WebACL: firewall, Rule: 'ALL' }, { region });
  return [
    {
      title: 'Requests',
      unit: 'a minute',
      lines: [edge('requests', 'Requests', 'Sum'), wall('blocked', 'BlockedRequests')],
      region,
    },
    {
      title: 'Errors',
      unit: 'percent',
      lines: [edge('refused (4xx)', '4xxErrorRate', 'Average'), edge('failed (5xx)', '5xxErrorRate', 'Average')],
      marks: [errorGoal(goals)],
      region,
    },
    {
      title: 'Response time of the origins',
      unit: 'ms',
      lines: [edge('p50', 'OriginLatency', 'p50'), edge('p95', 'OriginLatency', 'p95')],
      marks: [latencyGoal(goals)],
      region,
    },
  ];
}

/** A database's load, its connections, and how far its readers are behind. */
export function databasePanels(database: DatabaseFigures): readonly Panel[] {
  const { lag, name } = database;
  return [
    {
      title: `${name}: processor`,
      unit: 'percent',
      lines: [database.worst('CPUUtilization', 'Maximum')],
      marks: [{ label: 'full', value: 100 }],
    },
    { title: `${name}: connections`, unit: 'connections', lines: [database.worst('DatabaseConnections', 'Maximum')] },
    { title: `${name}: free memory`, unit: 'bytes', lines: [database.worst('FreeableMemory', 'Minimum')] },
    { title: `${name}: writes to disk`, unit: 'seconds', lines: [database.worst('WriteLatency', 'Maximum')] },
    { title: `${name}: reads from disk`, unit: 'seconds', lines: [database.worst('ReadLatency', 'Maximum')] },
    ...(lag === undefined
      ? []
      : [
          {
            title: `${name}: readers behind`,
            unit: 'as in the alarm',
            lines: [lag.metric],
            marks: [{ label: 'alarm', value: lag.threshold }],
          },
        ]),
  ];
}

/** A cache's load, how full it is, and what it throws away. One line a node. */
export function cachePanels({ name, nodes, replicationGroupId }: CacheFigures): readonly Panel[] {
  const each = (some: readonly string[], metricName: string, statistic: string) =>
    some.map((node) =>
      metricLine(node, 'AWS/ElastiCache', metricName, statistic, { CacheClusterId: `${replicationGroupId}-${node}` }),
    );
  return chunks(nodes, linesAtMost).flatMap((some) => [
    {
      title: `${name}: processor of the engine`,
      unit: 'percent',
      lines: each(some, 'EngineCPUUtilization', 'Maximum'),
      marks: [{ label: 'full', value: 100 }],
    },
    {
      title: `${name}: memory`,
      unit: 'percent',
      lines: each(some, 'DatabaseMemoryUsagePercentage', 'Maximum'),
      marks: [{ label: 'full', value: 100 }],
    },
    { title: `${name}: evicted keys`, unit: 'a minute', lines: each(some, 'Evictions', 'Sum') },
  ]);
}

/** A search domain's load, memory and free disk. */
export function searchPanels({ account, domainName, name }: SearchFigures): readonly Panel[] {
  const of = (metricName: string, statistic: string) =>
    metricLine(metricName, 'AWS/ES', metricName, statistic, { DomainName: domainName, ClientId: account });
  return [
    { title: `${name}: processor`, unit: 'percent', lines: [of('CPUUtilization', 'Maximum')] },
    { title: `${name}: memory`, unit: 'percent', lines: [of('JVMMemoryPressure', 'Maximum')] },
    { title: `${name}: free disk of the fullest node`, unit: 'MiB', lines: [of('FreeStorageSpace', 'Minimum')] },
  ];
}

/** Queues beside each other: how old their messages are, how many wait, how many could not be processed. */
export const queuePanels = (queues: readonly QueueFigures[]): readonly Panel[] =>
  chunks(queues, linesAtMost).flatMap((some) => {
    const each = (metricName: string, queueName: (queue: QueueFigures) => string) =>
      some.map((queue) => metricLine(queue.name, 'AWS/SQS', metricName, 'Maximum', { QueueName: queueName(queue) }));
    return [
      {
        title: 'Age of the oldest message',
        unit: 'seconds',
        lines: each('ApproximateAgeOfOldestMessage', (queue) => queue.queueName),
        marks: [{ label: 'first alarm', value: Math.min(...some.map(({ maxAgeSeconds }) => maxAgeSeconds)) }],
      },
      {
        title: 'Messages that wait',
        unit: 'messages',
        lines: each('ApproximateNumberOfMessagesVisible', (queue) => queue.queueName),
      },
      {
        title: 'Dead letters',
        unit: 'messages',
        lines: each('ApproximateNumberOfMessagesVisible', (queue) => queue.deadLettersName),
        marks: [{ label: 'alarm', value: 1 }],
      },
    ];
  });

/** How a workflow's runs end, and how long they take. */
export function workflowPanels({ machineArn, name }: WorkflowFigures): readonly Panel[] {
  const of = (label: string, metricName: string, statistic: string) =>
    metricLine(label, 'AWS/States', metricName, statistic, { StateMachineArn: machineArn });
  return [
    {
      title: `${name}: runs`,
      unit: 'a minute',
      lines: [of('started', 'ExecutionsStarted', 'Sum'), of('ended', 'ExecutionsSucceeded', 'Sum')],
    },
    {
      title: `${name}: left half done`,
      unit: 'a minute',
      lines: [
        of('failed', 'ExecutionsFailed', 'Sum'),
        of('timed out', 'ExecutionsTimedOut', 'Sum'),
        of('aborted', 'ExecutionsAborted', 'Sum'),
      ],
    },
    { title: `${name}: duration`, unit: 'ms', lines: [of('p95', 'ExecutionTime', 'p95')] },
  ];
}

/** How messages to people arrive: what bounces and who complains, of e-mail; what SMS of the account have cost this month. */
export function messagesPanels({ configurationSetName: set, monthlyDollars, name }: MessagesFigures): readonly Panel[] {
  return [
    ...(set === undefined
      ? []
      : [
          {
            title: `${name}: e-mail that bounces`,
            unit: 'of 1',
            lines: [reputation('BounceRate', set)],
            marks: [{ label: 'Amazon reviews', value: reviewRates.bounces }],
          },
          {
            title: `${name}: e-mail of which people complain`,
            unit: 'of 1',
            lines: [reputation('ComplaintRate', set)],
            marks: [{ label: 'Amazon reviews', value: reviewRates.complaints }],
          },
        ]),
    ...(monthlyDollars === undefined
      ? []
      : [
          {
            title: `${name}: SMS this month`,
            unit: 'US dollars',
            lines: [smsSpend()],
            marks: [{ label: 'limit', value: monthlyDollars }],
          },
        ]),
  ];
}
