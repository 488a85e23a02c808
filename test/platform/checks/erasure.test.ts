import techflowSolutions from '../../../platforms/techflow-solutions';
import type { Definition } from '../../../lib/platform/definition';
import { erasure } from '../../../lib/platform/nouns/erasure';
import { applyPatch } from '../../../lib/platform/patch';
import { problemsOf } from '../../support/platform';

const problems = (patch: object) => problemsOf(applyPatch(techflowSolutions, patch) as Definition);
const reason = 'It keeps nothing of people for longer than a minute';

test('somebody is called after a week, and nobody is excepted', () => {
  expect(erasure.parse({ topic: 'erasures' })).toEqual({ topic: 'erasures', days: 7, exempt: {} });
});

test.each<readonly [string, object]>([
  ['as long as a queue keeps messages', { topic: 'erasures', days: 14 }],
  ['with an exception without a reason', { topic: 'erasures', exempt: { user: {} } }],
])('%s is refused', (_what, given) => {
  expect(erasure.safeParse(given).success).toBe(false);
});

test('nothing is wrong where everybody hears, and who does not says why', () => {
  expect(problems({})).toEqual([]);
  expect(problems({ erasure: { exempt: { web: null } } })).toEqual([]);
});

test.each<readonly [string, object, readonly { readonly path: string; readonly got: unknown }[]]>([
  [
    'a service that keeps what is confidential hears of nobody',
    { services: { project: { uses: { receives: [] } } } },
    [{ path: 'services.project.uses.receives', got: [] }],
  ],
  [
    'nobody says who is to be forgotten',
    { services: { user: { uses: { publishes: [] } } } },
    [{ path: 'erasure.topic', got: 'erasures' }],
  ],
  ['there is no such topic', { erasure: { topic: 'erasure' } }, [{ path: 'erasure.topic', got: 'erasure' }]],
  [
    'somebody is called too late',
    { queues: { 'billing-erasures': { maxAgeSeconds: 604_801 } } },
    [{ path: 'queues.billing-erasures.maxAgeSeconds', got: 604_801 }],
  ],
  [
    'the queue forgets before the service does',
    { queues: { 'billing-erasures': { retentionHours: 168 } } },
    [{ path: 'queues.billing-erasures.retentionHours', got: 168 }],
  ],
  [
    'an exception is needless, or of nobody',
    { erasure: { exempt: { web: { reason }, project: { reason }, projects: { reason } } } },
    [
      { path: 'erasure.exempt.project', got: 'project' },
      { path: 'erasure.exempt.projects', got: 'projects' },
      { path: 'erasure.exempt.web', got: 'web' },
    ],
  ],
])('fails when %s', (_what, patch, expected) => {
  const found = problems(patch).map(({ got, path }) => ({ path, got }));
  expect(found).toEqual(expect.arrayContaining([...expected]));
  expect(found.filter(({ path }) => !expected.some((each) => each.path === path)).map(({ path }) => path)).toEqual([]);
});
