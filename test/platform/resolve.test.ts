import { PlatformError } from '../../lib/platform/error';
import { resolve } from '../../lib/platform/resolve';
import { problemsIn, problemsOf, production, resolved, retailflowWith } from '../support/platform';
import { reordered } from '../support/reordered';
import committed from '../../allocations/retailflow.json';
import retailflow from '../../platforms/retailflow';

const stages = Object.keys(retailflow.stages);

describe('resolve', () => {
  test.each(stages)('takes addresses and priorities of %s from the committed lock', (stage) => {
    const platform = resolve(retailflow, { stage, allocations: committed });
    expect(platform.allocations).toEqual(committed[stage as keyof typeof committed]);
  });

  test('fills defaults in', () => {
    const { databases, queues, services } = resolved(retailflow);
    expect(databases['store']).toMatchObject({
      backupRetentionDays: 35,
      pooling: { maxConnectionsPercent: 90, borrowTimeoutSeconds: 30 },
      insights: 'advanced',
      on: ['primary', 'recovery'],
    });
    expect(queues['notifications']).toMatchObject({ fifo: false, retentionHours: 96 });
    expect(services['notification']).toMatchObject({
      port: 8080,
      routes: [],
      drainSeconds: 30,
      health: { livePath: '/health/live', readyPath: '/health/ready', startSeconds: 60 },
      release: { kind: 'rolling', rollback: { errorPercent: 1, p95Milliseconds: 1000, minimumRequests: 20 } },
    });
  });

  test('is data: the same after a round trip through JSON', () => {
    const platform = resolved(retailflow);
    expect(JSON.parse(JSON.stringify(platform))).toEqual(platform);
  });

  test.each(stages)('gives the same bytes for %s in whatever order properties are written', (stage) => {
    const bytes = JSON.stringify(resolved(retailflow, stage));
    for (const salt of ['a', 'b', 'c', 'd', 'e']) {
      const definition = reordered(retailflow, salt);
      expect(JSON.stringify(definition)).not.toBe(JSON.stringify(retailflow));
      expect(JSON.stringify(resolved(definition, stage))).toBe(bytes);
    }
  });

  test('fails when the stage is unknown, and lists the known ones', () => {
    for (const stage of ['prod', 'constructor', '']) {
      expect(problemsOf(retailflow, stage)).toEqual([
        {
          path: 'stage',
          got: stage,
          allowed: 'one of production, staging, development',
          remedy: 'choose a stage that the platform declares',
        },
      ]);
    }
  });

  test('fails when several things are wrong, with all of them, sorted by path', () => {
    const definition = retailflowWith({
      services: {
        user: { uses: { databases: ['ledger'] }, port: 8000 },
        analytics: { scale: { min: 9 } },
      },
      queues: { 'analytics-events': { visibilitySeconds: 1 } },
      gateway: { limitsCache: 'limits' },
      ...(production({ domain: 'shop.example.org' }) as object),
    });
    expect(problemsOf(definition).map(({ path }) => path)).toEqual([
      'gateway.limitsCache',
      'queues.analytics-events.visibilitySeconds',
      'services.analytics.scale.max',
      'services.user.port',
      'services.user.uses.databases',
      'stages.production.domain',
    ]);
  });

  test('fails when several values have a wrong form, with all of them, sorted by path', () => {
    const definition = retailflowWith({
      services: { user: { port: '8080' } },
      databases: { store: { readReplica: 1 } },
      buckets: { assets: { holds: 'things' } },
      ...(production({ overrides: { queues: { mail: {} } } }) as object),
    });
    expect(problemsOf(definition).map(({ path }) => path)).toEqual([
      'buckets.assets.holds',
      'databases.store.readReplica',
      'services.user.port',
      'stages.production.overrides.queues.mail',
    ]);
  });

  test('fails when the lock lacks entries, and prints the lines to add', () => {
    const { user: _user, ...listenerPriorities } = committed.production.listenerPriorities;
    const { 'primary/data/ap-southeast-1c': _data, ...addresses } = committed.production.addresses;
    const lock = { ...committed, production: { listenerPriorities, addresses } };
    expect(problemsIn(() => resolve(retailflow, { stage: 'production', allocations: lock }))).toEqual([
      {
        path: 'allocations/retailflow.json production.addresses.primary/data/ap-southeast-1c',
        got: undefined,
        allowed: 'a committed /22 inside 10.16.0.0/16',
        remedy: 'add the line "primary/data/ap-southeast-1c": "10.16.104.0/22" there, or run npm run lock',
      },
      {
        path: 'allocations/retailflow.json production.listenerPriorities.user',
        got: undefined,
        allowed: 'a committed priority',
        remedy: 'add the line "user": 50 there, or run npm run lock',
      },
    ]);
  });

  test('fails when there is no lock for the stage, and names the file that it was given', () => {
    const problems = problemsIn(() =>
      resolve(retailflow, { stage: 'development', allocations: {}, allocationsFile: 'locks/retailflow.json' }),
    );
    expect(problems).toHaveLength(5 + 6);
    expect(problems.every(({ path }) => path.startsWith('locks/retailflow.json development.'))).toBe(true);
  });

  test('fails when a definition is wrong, with a message that begins with its subject and has a line a problem', () => {
    const definition = retailflowWith({ services: { user: { port: 8000 }, analytics: { scale: { min: 9 } } } });
    const run = () => resolve(definition, { stage: 'production', allocations: committed });
    expect(run).toThrow(PlatformError);
    expect(run).toThrow(
      [
        'platform retailflow, stage production: 2 problems',
        '  services.analytics.scale.max must be at least scale.min, which is 9, got 8: raise the maximum or lower the minimum',
        '  services.user.port must be another than 8000 (gateway) and 15443 (service-to-service proxy), got 8000: choose a port such as 8080',
      ].join('\n'),
    );
  });
});
