import { experiment, faults } from '../../../lib/platform/nouns/experiments';
import { testFaults, testVariations } from '../../support/faults';
import { problemsOf, production } from '../../support/platform';
import { techflowWith } from '../../support/techflow';

const expects = 'Nobody sees more than a slow page';
const reason = 'Nobody works here, and the load test is running';
const stop = { kind: 'stop-tasks', expects, service: 'order' };
const allowed = production({ experiments: { reason } }) as object;
/** Without those that the platform declares. */
const none = { 'killed-orders': null, 'cut-off-zone': null, 'lost-writer': null };
const given = (experiments: object) => ({ experiments: { ...none, ...experiments }, ...allowed });

test.each<readonly [string, object]>([
  ['nothing expected', { kind: 'stop-tasks', service: 'order' }],
  ['a kind that there is not', { ...stop, kind: 'burn-down' }],
  ['no tasks to stop', { ...stop, percent: 0 }],
  ['a partition of hours', { kind: 'network-partition', expects, minutes: 61 }],
])('an experiment with %s is refused', (_what, given) => {
  expect(experiment.safeParse(given).success).toBe(false);
});

test('a stage is broken for a reason alone', () => {
  expect(faults.safeParse({}).success).toBe(false);
  expect(faults.parse({ reason })).toEqual({ reason, stopErrorPercent: 5 });
});

describe('experiments', () => {
  testFaults([
    {
      when: 'there is nothing to break the stage with',
      patch: given({}),
      answers: [
        {
          path: 'stages.production.experiments',
          got: 'no experiments',
          allowed: 'where the platform declares experiments',
          remedy: 'declare experiments',
        },
      ],
    },
    {
      when: 'they break what there is not',
      patch: given({
        tasks: { ...stop, service: 'oder' },
        writer: { kind: 'database-failover', expects, database: 'nowhere' },
      }),
      answers: [
        { path: 'experiments.tasks.service', got: 'oder', allowed: 'one of', remedy: 'order' },
        { path: 'experiments.writer.database', got: 'nowhere', allowed: 'one of', remedy: 'databases.nowhere' },
      ],
    },
    {
      when: 'nothing would be left, or the zone is none of this stage',
      stage: 'development',
      patch: {
        experiments: {
          ...none,
          tasks: { ...stop, percent: 100 },
          zone: { kind: 'network-partition', expects, zone: 3 },
        },
        stages: { development: { experiments: { reason } } },
      },
      answers: [
        {
          path: 'experiments.tasks.percent',
          got: 100,
          allowed: 'a share that leaves one of order',
          remedy: 'stop fewer',
        },
        { path: 'experiments.zone.zone', got: 3, allowed: '1 to 2', remedy: 'name another zone' },
      ],
    },
    {
      when: 'a database is not on the primary',
      patch: given({ backup: { kind: 'database-failover', expects, database: 'analytics-backup' } }),
      answers: [
        {
          path: 'experiments.backup.database',
          got: 'analytics-backup',
          allowed: 'a PostgreSQL database on the primary',
          remedy: 'name another database',
        },
      ],
    },
    {
      when: 'a database has nobody to fail over to',
      stage: 'development',
      patch: {
        experiments: { ...none, writer: { kind: 'database-failover', expects, database: 'store' } },
        stages: { development: { experiments: { reason } } },
      },
      answers: [
        {
          path: 'experiments.writer.database',
          got: 'store, with no readers',
          allowed: 'a database with somebody to fail over to',
          remedy: 'give it readReplicas',
        },
      ],
    },
    {
      when: 'services are pods, which are not tasks',
      patch: {
        ...given({ tasks: stop }),
        ...(production({ experiments: { reason }, sites: { primary: { runtime: 'eks' } } }) as object),
      },
      answers: [
        {
          path: 'experiments.tasks.kind',
          got: 'stop-tasks',
          allowed: 'network-partition or database-failover on aws with runtime eks',
          remedy: 'delete pods as docs/runbooks/experiments.md says',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'experiments that no stage runs', patch: { experiments: { tasks: stop } } },
    { accepts: 'experiments where a stage says why', patch: given({ tasks: stop }) },
  ]);

  test('are refused where the primary is on Azure', () => {
    const patch = { experiments: { cut: { kind: 'network-partition', expects } }, ...allowed };
    expect(problemsOf(techflowWith(patch))).toContainEqual(
      expect.objectContaining({ path: 'stages.production.experiments', got: 'azure' }),
    );
  });
});
