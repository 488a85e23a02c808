import { loadTest } from '../../../lib/platform/nouns/load-tests';
import { loadScript } from '../../../lib/platform/load-tests/script';
import type { MeasuredRun } from '../../../lib/platform/nouns/measured';
import type { Platform } from '../../../lib/platform/platform';
import { resolved, retailflowWith } from '../../support/platform';

const platform = resolved(
  retailflowWith({
    goals: { concurrentUsers: 100, p95Milliseconds: 500, errorPercent: 1 },
    journeys: {
      look: {
        description: 'Looks at the shop',
        steps: [
          { name: 'start', path: '/', contains: '<html' },
          { name: 'sign-in', method: 'POST', path: '/sign-in', body: { name: 'me' }, status: 401 },
        ],
      },
    },
    loadTests: {
      peak: { description: 'Everybody comes at once', journeys: { look: 3 }, times: 1.5, pauseSeconds: 10 },
    },
  }),
);
const run = (p95Milliseconds: number, users = 150): MeasuredRun => ({
  run: `run-${p95Milliseconds}`,
  date: '2026-11-21',
  users,
  requestsPerMinute: 900,
  p95Milliseconds,
  errorPercent: 0,
});

interface Answer {
  readonly status: number;
  readonly body: string;
}

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body?: string;
  readonly params?: object;
}

interface Script {
  readonly options: {
    readonly scenarios: { readonly users: { readonly stages: readonly object[] } };
    readonly thresholds: object;
  };
  readonly walk: () => void;
  readonly handleSummary: (data: object) => Readonly<Record<string, string>>;
}

/** The script as k6 would read it, against answers in order; what it asked and waited besides. */
function loaded(env: Readonly<Record<string, string>> = {}, answers: readonly Answer[] = [], of: Platform = platform) {
  const asked: Asked[] = [];
  const slept: number[] = [];
  const http = {
    cookieJar: () => ({ clear: () => undefined }),
    expectedStatuses: (status: number) => status,
    request: (method: string, url: string, body: string, params: object) => {
      asked.push({ method, url, body, params });
      return answers[asked.length - 1] ?? { status: 200, body: '<html>' };
    },
  };
  const check = (answer: Answer, checks: Readonly<Record<string, (answer: Answer) => boolean>>) =>
    Object.values(checks).every((holds) => holds(answer));
  const text = loadScript(of, 'peak')
    .replaceAll(/^import .*$/gm, '')
    .replace('export const options', 'const options')
    .replace('export default function', 'function walk')
    .replace('export function', 'function');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- The text is the project's own.
  const make = new Function('__ENV', 'http', 'check', 'sleep', `${text}\nreturn { options, walk, handleSummary };`) as (
    ...uses: readonly unknown[]
  ) => Script;
  const sleep = (seconds: number) => slept.push(seconds);
  return { ...make(env, http, check, sleep), asked, slept };
}

const data = (p95: number, rate: number) => ({
  state: { testRunDurationMs: 60_000 },
  metrics: {
    http_req_duration: { values: { 'p(95)': p95 } },
    http_reqs: { values: { count: 900, rate: 15 } },
    checks: { values: { rate, passes: 899, fails: 1 } },
    vus: { values: { value: 1 } },
  },
});
const summaryOf = (text = ''): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('the script of a load test', () => {
  test('is the same for the same definition', () => {
    expect(loadScript(platform, 'peak')).toBe(loadScript(platform, 'peak'));
  });

  test('has the users that the goals say, so many times, and keeps the goals', () => {
    const { options } = loaded();
    expect(options.scenarios.users.stages).toEqual([
      { duration: '600s', target: 150 },
      { duration: '1800s', target: 150 },
      { duration: '60s', target: 0 },
    ]);
    expect(options.thresholds).toEqual({ http_req_duration: ['p(95)<=500'], checks: ['rate>=0.99'] });
  });

  test('shares users out among programs, and loses none', () => {
    const shares = ['0', '1', '2', '3'].map(
      (PROGRAM) => loaded({ PROGRAM, PROGRAMS: '4' }).options.scenarios.users.stages[1],
    );
    expect(shares).toEqual([37, 38, 37, 38].map((target) => ({ duration: '1800s', target })));
  });

  test('is short and small in a pipeline', () => {
    expect(loaded({ VARIANT: 'smoke' }).options.scenarios.users.stages).toEqual([
      { duration: '30s', target: 20 },
      { duration: '120s', target: 20 },
      { duration: '10s', target: 0 },
    ]);
  });

  test('holds a run to the median of those that were measured with as many users', () => {
    const measured = { peak: [run(100), run(300), run(200), run(10, 20)] };
    const of = { ...platform, measured };
    expect(loaded({}, [], of).options.thresholds).toMatchObject({ http_req_duration: ['p(95)<=240'] });
    expect(loaded({ VARIANT: 'smoke' }, [], of).options.thresholds).toMatchObject({ http_req_duration: ['p(95)<=12'] });
  });

  test('walks the steps of a journey, and waits between them', () => {
    const { asked, slept, walk } = loaded({}, [
      { status: 200, body: '<html>' },
      { status: 401, body: '' },
    ]);
    walk();
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://shop.example.com/',
      'POST https://shop.example.com/sign-in',
    ]);
    expect(asked[1]).toMatchObject({ body: '{"name":"me"}', params: { redirects: 0, responseCallback: 401 } });
    expect(slept.every((seconds) => seconds >= 5 && seconds <= 15)).toBe(true);
  });

  test.each<readonly [string, Answer]>([
    ['another status', { status: 500, body: '<html>' }],
    ['another text', { status: 200, body: 'sorry' }],
  ])('ends a journey at an answer of %s', (_what, answer) => {
    const { asked, walk } = loaded({}, [answer]);
    walk();
    expect(asked).toHaveLength(1);
  });

  test('says what it found, in the words of k6, and that all is well', () => {
    const { handleSummary } = loaded({ RUN: 'a-run', SUMMARY: '/tmp/summary.json' });
    const said = handleSummary(data(400, 0.999));
    expect(said['/tmp/summary.json']).toBe(said['stdout']);
    expect(summaryOf(said['stdout'])).toMatchObject({
      platform: 'retailflow',
      stage: 'production',
      test: 'peak',
      run: 'a-run',
      variant: 'full',
      program: 0,
      programs: 1,
      seconds: 60,
      users: 150,
      missed: [],
      metrics: { http_req_duration: { 'p(95)': 400 }, http_reqs: { rate: 15 }, checks: { fails: 1 } },
    });
  });

  test.each<readonly [string, object, readonly string[]]>([
    ['slow answers', data(501, 1), ['p95']],
    ['errors', data(100, 0.98), ['errors']],
    ['no answer at all', { state: { testRunDurationMs: 1 }, metrics: {} }, ['errors']],
  ])('misses its goals by %s', (_what, found, missed) => {
    expect(summaryOf(loaded().handleSummary(found)['stdout'])).toMatchObject({ missed });
  });

  test('tells a regression although the goals are kept', () => {
    const of = { ...platform, measured: { peak: [run(200)] } };
    expect(summaryOf(loaded({}, [], of).handleSummary(data(241, 1))['stdout'])).toMatchObject({
      missed: ['regression'],
    });
    expect(summaryOf(loaded({}, [], of).handleSummary(data(240, 1))['stdout'])).toMatchObject({ missed: [] });
  });
});

test.each<readonly [string, object]>([
  ['a weight of nothing', { journeys: { look: 0 } }],
  ['a path without a slash', { routes: [{ path: 'start', weight: 1 }] }],
  ['a load of nothing', { times: 0 }],
  ['no time to stay', { holdMinutes: 0 }],
  ['a number of users of its own', { users: 5000 }],
  ['any regression allowed', { regressionPercent: 201 }],
])('a load test with %s is refused', (_what, rest) => {
  expect(loadTest.safeParse({ description: 'Everybody comes at once', ...rest }).success).toBe(false);
});
