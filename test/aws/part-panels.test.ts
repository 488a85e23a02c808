import type { Panel } from '../../lib/aws/panels';
import { edgeRegion } from '../../lib/aws/edge-region';
import {
  cachePanels,
  databasePanels,
  edgePanels,
  queuePanels,
  searchPanels,
  workflowPanels,
} from '../../lib/aws/part-panels';
import { everything, goals } from '../support/figures';

/** `title: namespace/metric statistic {dimensions}`, a line a metric, and the marks. */
const shown = (panels: readonly Panel[]) =>
  panels.flatMap(({ lines, marks = [], title }) => [
    ...lines.map((metric) => {
      const stat = metric.toMetricConfig().metricStat;
      const dimensions = (stat?.dimensions ?? []).map(({ value }) => String(value)).join(' ');
      return `${title}: ${stat?.namespace} ${stat?.metricName} ${stat?.statistic} ${dimensions}`.trim();
    }),
    ...marks.map(({ label, value }) => `${title}: ${label} at ${value}`),
  ]);

const [store] = everything.databases;
const [sessions] = everything.caches;
const [products] = everything.searches;
const [saga] = everything.workflows;
if (!store || !sessions || !products || !saga || !everything.edge) throw new Error('everything lacks a part');
const { edge } = everything;

test.each([
  [
    'edge',
    edgePanels(edge, goals),
    [
      'Requests: AWS/CloudFront Requests Sum E1SHOP Global',
      'Requests: AWS/WAFV2 BlockedRequests Sum ALL shop-firewall',
      'Errors: AWS/CloudFront 4xxErrorRate Average E1SHOP Global',
      'Errors: AWS/CloudFront 5xxErrorRate Average E1SHOP Global',
      'Errors: goal at 0.5',
      'Response time of the origins: AWS/CloudFront OriginLatency p50 E1SHOP Global',
      'Response time of the origins: AWS/CloudFront OriginLatency p95 E1SHOP Global',
      'Response time of the origins: goal of p95 at 800',
    ],
  ],
  [
    'database',
    databasePanels(store),
    [
      'store: processor: AWS/RDS CPUUtilization Maximum',
      'store: processor: full at 100',
      'store: connections: AWS/RDS DatabaseConnections Maximum',
      'store: free memory: AWS/RDS FreeableMemory Minimum',
      'store: writes to disk: AWS/RDS WriteLatency Maximum',
      'store: reads from disk: AWS/RDS ReadLatency Maximum',
      'store: readers behind: AWS/RDS ReplicaLag Average',
      'store: readers behind: alarm at 30',
    ],
  ],
  [
    'cache',
    cachePanels(sessions),
    [
      'sessions: processor of the engine: AWS/ElastiCache EngineCPUUtilization Maximum shop-sessions-001',
      'sessions: processor of the engine: AWS/ElastiCache EngineCPUUtilization Maximum shop-sessions-002',
      'sessions: processor of the engine: full at 100',
      'sessions: memory: AWS/ElastiCache DatabaseMemoryUsagePercentage Maximum shop-sessions-001',
      'sessions: memory: AWS/ElastiCache DatabaseMemoryUsagePercentage Maximum shop-sessions-002',
      'sessions: memory: full at 100',
      'sessions: evicted keys: AWS/ElastiCache Evictions Sum shop-sessions-001',
      'sessions: evicted keys: AWS/ElastiCache Evictions Sum shop-sessions-002',
    ],
  ],
  [
    'search domain',
    searchPanels(products),
    [
      'products: processor: AWS/ES CPUUtilization Maximum 111122223333 shop-products',
      'products: memory: AWS/ES JVMMemoryPressure Maximum 111122223333 shop-products',
      'products: free disk of the fullest node: AWS/ES FreeStorageSpace Minimum 111122223333 shop-products',
    ],
  ],
  [
    'list of queues',
    queuePanels(everything.queues),
    [
      'Age of the oldest message: AWS/SQS ApproximateAgeOfOldestMessage Maximum shop-mails',
      'Age of the oldest message: AWS/SQS ApproximateAgeOfOldestMessage Maximum shop-orders',
      'Age of the oldest message: first alarm at 300',
      'Messages that wait: AWS/SQS ApproximateNumberOfMessagesVisible Maximum shop-mails',
      'Messages that wait: AWS/SQS ApproximateNumberOfMessagesVisible Maximum shop-orders',
      'Dead letters: AWS/SQS ApproximateNumberOfMessagesVisible Maximum shop-mails-dead',
      'Dead letters: AWS/SQS ApproximateNumberOfMessagesVisible Maximum shop-orders-dead',
      'Dead letters: alarm at 1',
    ],
  ],
  [
    'workflow',
    workflowPanels(saga),
    [
      ['runs', 'ExecutionsStarted Sum'],
      ['runs', 'ExecutionsSucceeded Sum'],
      ['left half done', 'ExecutionsFailed Sum'],
      ['left half done', 'ExecutionsTimedOut Sum'],
      ['left half done', 'ExecutionsAborted Sum'],
      ['duration', 'ExecutionTime p95'],
    ].map(([title, metric]) => `saga: ${title}: AWS/States ${metric} ${saga.machineArn}`),
  ],
])('the panels of a %s', (_, panels, expected) => {
  expect(shown(panels)).toEqual(expected);
});

describe('panels', () => {
  test('of the edge look where the edge is measured', () => {
    const panels = edgePanels(edge, goals);
    expect(panels.map(({ region }) => region)).toEqual(panels.map(() => edgeRegion));
    for (const { lines } of panels) {
      expect(lines.map((metric) => metric.toMetricConfig().metricStat?.region)).toEqual(lines.map(() => edgeRegion));
    }
  });

  test('of a database without readers say nothing of lag', () => {
    const panels = databasePanels({
      name: 'store',
      worst: (metricName, statistic) => store.worst(metricName, statistic),
    });
    expect(panels.map(({ title }) => title).filter((title) => title.includes('behind'))).toEqual([]);
  });

  test('of no queue are none', () => {
    expect(queuePanels([])).toEqual([]);
  });

  test('of many nodes and queues are spread over several graphs', () => {
    const nodes = Array.from({ length: 25 }, (_, index) => String(index));
    expect(cachePanels({ ...sessions, nodes })).toHaveLength(9);
    const [queue] = everything.queues;
    if (!queue) throw new Error('everything lacks a queue');
    const many = nodes.map((name) => ({ ...queue, name }));
    expect(queuePanels(many).map(({ lines }) => lines.length)).toEqual([12, 12, 12, 12, 12, 12, 1, 1, 1]);
  });
});
