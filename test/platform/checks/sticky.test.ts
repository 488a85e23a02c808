import retailflow from '../../../platforms/retailflow';
import { applyPatch } from '../../../lib/platform/patch';
import type { Definition } from '../../../lib/platform/definition';
import { contractOf } from '../../../lib/platform/contract';
import { problemsOf, resolved } from '../../support/platform';
import { techflowWith } from '../../support/techflow';

const problems = (patch: unknown) =>
  problemsOf(techflowWith({ services: { workflow: patch } })).map(({ allowed, got, path, remedy }) => ({
    path,
    got,
    says: `${allowed}: ${remedy}`,
  }));

test('a sticky service that is released at once and writes what it keeps is nobody’s problem', () => {
  expect(problems({})).toEqual([]);
  expect(problems({ release: { kind: 'rolling', bakeMinutes: null } })).toEqual([]);
});

test.each([
  {
    when: 'a release parts the requests of a user',
    patch: { release: { kind: 'linear', stepPercent: 20, stepMinutes: 5 } },
    path: 'services.workflow.release.kind',
    got: 'linear',
    says: "release it by 'blue-green'",
  },
  {
    when: 'nobody knows whose a request is',
    patch: { routes: [{ path: '/api/runs', authentication: 'none' }] },
    path: 'services.workflow.routes.0.authentication',
    got: 'none',
    says: 'ask for a token',
  },
  {
    when: 'what a task keeps is not written before its end',
    patch: { drainSeconds: 3 },
    path: 'services.workflow.sticky.persistSeconds',
    got: 5,
    says: 'at most drainSeconds, which is 3',
  },
])('fails when $when', ({ got, patch, path, says }) => {
  expect(problems(patch)).toEqual([{ path, got, says: expect.stringContaining(says) }]);
});

test('fails when users are shared out where nobody knows them, and says what else there is', () => {
  const sticky = { by: 'user', persistSeconds: 5 };
  const patch = { services: { analytics: { sticky } } };
  const found = problemsOf(applyPatch(retailflow, patch) as Definition);
  expect(found).toContainEqual({
    path: 'services.analytics.sticky',
    got: sticky,
    allowed: expect.stringContaining('absent on ecs, as at sites.primary'),
    remedy: expect.stringContaining("set runtime: 'eks' there"),
  });
});

test('a sticky service is told how often it writes', () => {
  const authentications = { databases: 'entra', caches: 'entra', searches: 'iam', messages: 'entra' } as const;
  const told = (service: string) =>
    contractOf({ platform: resolved(techflowWith({})), site: 'primary', authentications }, service).find(
      ({ variable }) => variable === 'STATE_PERSIST_SECONDS',
    );
  expect(told('workflow')).toMatchObject({ kind: 'constant', value: '5' });
  expect(told('user')).toBeUndefined();
});
