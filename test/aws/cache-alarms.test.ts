import { cacheLimits, cacheNodeNames, raiseCacheAlarms } from '../../lib/aws/cache-alarms';
import { cache } from '../../lib/platform/nouns/cache';
import { surroundings, templateOf, testStack } from '../support/aws';
import { evaluate, type MetricQuery } from '../support/metric-math';

describe('cacheNodeNames', () => {
  test.each([
    [1, 0, ['001']],
    [1, 2, ['001', '002', '003']],
    [2, 1, ['0001-001', '0001-002', '0002-001', '0002-002']],
    [2, 0, ['0001-001', '0002-001']],
  ])('of %d shards with %d replicas', (shards, replicas, names) => {
    expect(cacheNodeNames({ shards, replicas })).toEqual(names);
  });
});

describe('cacheLimits', () => {
  const limit = (spec: object, metric: string) =>
    cacheLimits(cache.parse({ memoryGiB: 6, ...spec }), 65_000).find(({ metricName }) => metricName === metric);

  test.each([
    ['sessions', 75, 1, 1],
    ['cache', 95, 1000, 15],
  ] as const)('for %s allow %d%% of memory and less than %d evictions', (holds, percent, evictions, minutes) => {
    expect(limit({ holds }, 'DatabaseMemoryUsagePercentage')).toMatchObject({ threshold: percent, minutes: 5 });
    expect(limit({ holds }, 'Evictions')).toMatchObject({ threshold: evictions, minutes });
  });

  test('are four fifths of the connections, of the engine, and ten seconds of lag', () => {
    expect(limit({}, 'CurrConnections')).toMatchObject({ threshold: 52_000 });
    expect(limit({}, 'EngineCPUUtilization')).toMatchObject({ threshold: 80 });
    expect(limit({}, 'ReplicationLag')).toMatchObject({ threshold: 10 });
  });

  test('ask no single node how far it lags', () => {
    expect(limit({ replicas: 0 }, 'ReplicationLag')).toBeUndefined();
  });
});

describe('raiseCacheAlarms', () => {
  const alarmsOf = (spec: object) => {
    const stack = testStack();
    const { alarms } = surroundings(stack);
    raiseCacheAlarms(stack, {
      name: 'sessions',
      spec: cache.parse({ memoryGiB: 6, ...spec }),
      maxClients: 65_000,
      replicationGroupId: 'group',
      alarms,
    });
    return Object.entries(templateOf(stack).findResources('AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => {
      const [expression, ...nodes] = Properties.Metrics;
      return {
        id: id.slice(0, -8),
        expression: expression.Expression as string,
        nodes: nodes.map((node: { MetricStat: { Metric: { Dimensions: { Value: string }[] } } }) =>
          node.MetricStat.Metric.Dimensions.map(({ Value }) => Value).join(),
        ) as string[],
        runbook: /docs\/runbooks\/(.*)\.md/.exec(Properties.AlarmDescription as string)?.[1],
        actions: Properties.AlarmActions as unknown[],
      };
    });
  };

  test('look at every node', () => {
    const alarms = alarmsOf({ replicas: 2 });
    expect(alarms.map(({ id }) => id)).toEqual([
      'EngineCPUUtilizationAlarm',
      'DatabaseMemoryUsagePercentageAlarm',
      'EvictionsAlarm',
      'CurrConnectionsAlarm',
      'ReplicationLagAlarm',
      'FailoverAlarm',
    ]);
    for (const { nodes, runbook, actions } of alarms) {
      expect(nodes).toEqual(['group-001', 'group-002', 'group-003']);
      expect(runbook).toBe('cache');
      expect(actions).toHaveLength(1);
    }
  });

  test('take the worst node, and for a failover any that became or ceased to be the primary', () => {
    const alarms = alarmsOf({ replicas: 1 });
    expect(alarms.find(({ id }) => id === 'EvictionsAlarm')?.expression).toBe('MAX([n0, n1])');
    expect(alarms.find(({ id }) => id === 'FailoverAlarm')?.expression).toBe('MAX([ABS(DIFF(n0)), ABS(DIFF(n1))])');
  });

  test('expect no failover of a single node', () => {
    expect(alarmsOf({ replicas: 0 }).map(({ id }) => id)).toEqual([
      'EngineCPUUtilizationAlarm',
      'DatabaseMemoryUsagePercentageAlarm',
      'EvictionsAlarm',
      'CurrConnectionsAlarm',
    ]);
  });

  test('look at hits where a share of them is promised, of five nodes together at most', () => {
    const hits = alarmsOf({ shards: 2, replicas: 2, hitPercent: 94 }).filter(({ id }) => id.startsWith('Hits'));
    expect(hits.map(({ id, nodes }) => [id, nodes.length])).toEqual([
      ['HitsAlarm', 10],
      ['HitsAlarm2', 2],
    ]);
    expect(hits.map(({ runbook, actions }) => [runbook, actions.length])).toEqual([
      ['cache', 1],
      ['cache', 1],
    ]);
  });

  test.each([
    ['what was found of what was asked for', [4700, 4700], [300, 300], 94],
    ['nothing to speak of, which counts as good', [10, 0], [900, 0], 100],
    ['nothing at all of much', [0, 0], [10_000, 10_000], 0],
    ['what one node tells while the other is silent', [5000, undefined], [5000, undefined], 50],
  ])('see a share of %s', (_, hits, misses, share) => {
    const stack = testStack();
    const { alarms } = surroundings(stack);
    const spec = cache.parse({ memoryGiB: 6, replicas: 1, hitPercent: 94 });
    raiseCacheAlarms(stack, { name: 'pages', spec, maxClients: 65_000, replicationGroupId: 'group', alarms });
    const templates = templateOf(stack).findResources('AWS::CloudWatch::Alarm', { Properties: { Threshold: 94 } });
    const [alarm] = Object.values(templates);
    expect(alarm?.['Properties']).toMatchObject({ ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 3 });
    const queries = alarm?.['Properties']['Metrics'] as readonly MetricQuery[];
    const read = ({ Metric }: NonNullable<MetricQuery['MetricStat']>) => {
      const second = Metric.Dimensions.some(({ Value }) => String(Value).endsWith('-002'));
      return (Metric.MetricName === 'CacheHits' ? hits : misses)[second ? 1 : 0];
    };
    expect(evaluate(queries, read)).toBeCloseTo(share);
  });

  test('are as many as CloudWatch needs, which takes ten metrics into one', () => {
    const connections = alarmsOf({ shards: 5, replicas: 2 }).filter(({ id }) => id.startsWith('CurrConnections'));
    expect(connections.map(({ id, nodes }) => [id, nodes.length])).toEqual([
      ['CurrConnectionsAlarm', 10],
      ['CurrConnectionsAlarm2', 5],
    ]);
    expect(new Set(connections.flatMap(({ nodes }) => nodes)).size).toBe(15);
  });
});
