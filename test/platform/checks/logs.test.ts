import { stageLogs } from '../../../lib/platform/nouns/logs';
import { testFaults, testVariations } from '../../support/faults';
import { problemsOf, production, retailflowWith } from '../../support/platform';
import { techflowWith } from '../../support/techflow';

const capacity = { vcpu: 2, memoryGiB: 16 };
const logs = (search: object) => production({ logs: { search: { capacity, ...search } } });

test('lines are found for a month, in three zones, by nobody yet', () => {
  expect(stageLogs.parse({ search: { capacity } })).toEqual({
    search: { topology: 'standby', capacity, nodes: 3, storageGiB: 100, keepDays: 30, readers: [] },
  });
});

test.each<readonly [string, object]>([
  ['no size', { search: {} }],
  ['a reader who is no role', { search: { capacity, readers: ['everybody'] } }],
  ['lines found for no day', { search: { capacity, keepDays: 0 } }],
])('logs with %s are refused', (_what, given) => {
  expect(stageLogs.safeParse(given).success).toBe(false);
});

describe('logs in a search domain', () => {
  testFaults([
    {
      when: 'lines are found that are no longer kept',
      patch: production({ logDays: 90, logs: { search: { capacity, keepDays: 91 } } }),
      answers: [
        {
          path: 'stages.production.logs.search.keepDays',
          got: 91,
          allowed: 'at most logDays, which is 90',
          remedy: 'lower it',
        },
      ],
    },
    {
      when: 'nodes do not spread over three zones',
      patch: logs({ nodes: 4 }),
      answers: [
        {
          path: 'stages.production.logs.search.nodes',
          got: 4,
          allowed: 'a multiple of 3',
          remedy: "choose 6, or topology 'single'",
        },
      ],
    },
    {
      when: 'there are only two zones',
      stage: 'development',
      patch: { stages: { development: { logDays: 30, logs: { search: { capacity } } } } },
      answers: [
        {
          path: 'stages.development.logs.search.topology',
          got: 'standby',
          allowed: 'single in two zones',
          remedy: "choose topology 'single'",
        },
      ],
    },
  ]);
  test('are reached by offices only where there are some', () => {
    const office = { address: '198.51.100.7', ranges: ['192.168.16.0/20'], reaches: ['logs'] };
    const offices = (stage: object) =>
      problemsOf(
        retailflowWith(production({ ...stage, sites: { primary: { network: { offices: { main: office } } } } })),
      );
    expect(offices({})).toMatchObject([
      {
        path: 'stages.production.sites.primary.network.offices.main.reaches',
        allowed: 'what the platform has, and it has no logs',
        remedy: 'give the stage logs.search, or remove the office',
      },
    ]);
    expect(offices({ logs: { search: { capacity } } })).toEqual([]);
  });

  testVariations([
    { accepts: 'a domain of three nodes', patch: logs({}) },
    { accepts: 'a domain of one node', patch: logs({ topology: 'single', nodes: 1 }) },
  ]);

  test('are refused where the primary is on Azure, which finds lines without it', () => {
    expect(problemsOf(techflowWith(logs({})))).toContainEqual(
      expect.objectContaining({
        path: 'stages.production.logs.search',
        got: 'azure',
        remedy: expect.stringContaining('Log Analytics'),
      }),
    );
  });
});
