/**
 * What every load test does, in the words of k6: each user walks one journey after the other, chosen by weight, and waits between
 * requests. `test` stands before it, which is all that differs. A journey ends with its first step that fails, as where one person walks it.
 *
 * It is told by variables: `PROGRAM` of `PROGRAMS` it is, by which the users are shared out; `RUN`, the id of the run; `VARIANT`, which
 * is `smoke` in pipelines; and `SUMMARY`, a file for the summary beside standard output.
 *
 * https://grafana.com/docs/k6/latest/results-output/end-of-test/custom-summary/
 */
export const program = `const env = { PROGRAM: '0', PROGRAMS: '1', RUN: 'local', VARIANT: 'full', ...__ENV };
const load = test.variants[env.VARIANT];
const [index, count] = [Number(env.PROGRAM), Number(env.PROGRAMS)];
const users = Math.floor((load.users * (index + 1)) / count) - Math.floor((load.users * index) / count);
const bound = load.baselineMilliseconds === undefined ? test.p95Milliseconds : Math.min(test.p95Milliseconds, load.baselineMilliseconds);

export const options = {
  scenarios: {
    users: {
      executor: 'ramping-vus',
      startVUs: 0,
      stages: [
        { duration: load.rampSeconds + 's', target: users },
        { duration: load.holdSeconds + 's', target: users },
        { duration: load.downSeconds + 's', target: 0 },
      ],
      gracefulRampDown: '30s',
    },
  },
  thresholds: {
    http_req_duration: ['p(95)<=' + bound],
    checks: ['rate>=' + (1 - test.errorPercent / 100)],
  },
  summaryTrendStats: ['avg', 'med', 'max', 'p(95)', 'p(99)'],
  userAgent: 'load-test/' + test.name,
};

const total = test.walks.reduce((sum, { weight }) => sum + weight, 0);

function choose() {
  let left = Math.random() * total;
  return test.walks.find(({ weight }) => (left -= weight) < 0) || test.walks[0];
}

export default function () {
  http.cookieJar().clear(test.origin);
  const walk = choose();
  for (const step of walk.steps) {
    const answer = http.request(step.method, test.origin + step.path, step.body && JSON.stringify(step.body), {
      headers: step.body && { 'Content-Type': 'application/json' },
      redirects: 0,
      timeout: step.milliseconds,
      responseCallback: http.expectedStatuses(step.status),
      tags: { name: walk.name + '/' + step.name },
    });
    const passed = check(answer, {
      [walk.name + '/' + step.name]: ({ body, status }) =>
        status === step.status && (step.contains === undefined || String(body).includes(step.contains)),
    });
    sleep(test.pauseSeconds * (0.5 + Math.random()));
    if (!passed) return;
  }
}

const limits = {
  p95: ({ p95 }) => p95 > test.p95Milliseconds,
  errors: ({ errors }) => !(errors <= test.errorPercent),
  regression: ({ p95 }) => p95 > load.baselineMilliseconds,
};

export function handleSummary({ metrics, state }) {
  const values = (name) => (metrics[name] === undefined ? {} : metrics[name].values);
  const found = { p95: values('http_req_duration')['p(95)'], errors: 100 * (1 - values('checks').rate) };
  const summary = {
    platform: test.platform,
    stage: test.stage,
    test: test.name,
    run: env.RUN,
    variant: env.VARIANT,
    program: index,
    programs: count,
    ended: new Date().toISOString(),
    seconds: state.testRunDurationMs / 1000,
    users: load.users,
    missed: Object.keys(limits).filter((limit) => limits[limit](found)),
    metrics: Object.fromEntries(['http_req_duration', 'http_reqs', 'checks'].map((name) => [name, values(name)])),
  };
  const text = JSON.stringify(summary) + '\\n';
  return { stdout: text, ...(env.SUMMARY === undefined ? {} : { [env.SUMMARY]: text }) };
}
`;
