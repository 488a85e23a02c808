import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callScript } from '../support/call-script';

const directory = mkdtempSync(join(tmpdir(), 'mainstay-measured-'));
const file = join(directory, 'measured/techflow-solutions/staging.json');
const summary = (rest: object = {}) => ({
  platform: 'techflow-solutions',
  stage: 'staging',
  test: 'ten-times',
  run: 'first',
  variant: 'full',
  program: 0,
  programs: 1,
  ended: '2026-11-28T04:41:00.000Z',
  seconds: 2460,
  users: 8000,
  missed: [],
  metrics: {
    http_req_duration: { 'p(95)': 412.34 },
    http_reqs: { count: 1_900_000, rate: 772 },
    checks: { rate: 0.9999, passes: 9999, fails: 1 },
  },
  ...rest,
});

const call = (rest: object = {}, stage = 'staging') => {
  const from = join(directory, 'summary.json');
  writeFileSync(from, JSON.stringify(summary(rest)));
  return callScript('measured', ['--root', directory, 'techflow-solutions', stage, from]);
};

describe('scripts/measured.ts', () => {
  test('writes what a good run found, with the date of the run', () => {
    expect(call()).toEqual({
      status: 0,
      stdout:
        'techflow-solutions staging ten-times: 412.3 ms and 0.01% errors with 8000 users at once, on 2026-11-28\n',
      stderr: '',
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      'ten-times': [
        {
          run: 'first',
          date: '2026-11-28',
          users: 8000,
          requestsPerMinute: 46_320,
          p95Milliseconds: 412.3,
          errorPercent: 0.01,
        },
      ],
    });
  });

  test.each<readonly [string, object, string]>([
    ['the run missed a limit', { run: 'bad', missed: ['errors'] }, 'missed errors'],
    ['the test is unknown', { test: 'nine-times' }, 'did you mean ten-times'],
    ['the summary is of another stage', { stage: 'production' }, 'must be of techflow-solutions staging'],
    ['the summary is none', { metrics: {} }, 'must be a summary of a load test, got metrics.http_req_duration'],
    [
      'a goal is missed by the figure',
      { run: 'slow', metrics: { ...summary().metrics, http_req_duration: { 'p(95)': 801 } } },
      'at least 801, which load test ten-times measured on 2026-11-28',
    ],
  ])('fails when %s, and writes nothing', (_what, rest, message) => {
    call();
    const before = readFileSync(file, 'utf8');
    const { status, stderr } = call(rest);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

describe('scripts/load-script.ts', () => {
  test('prints the script of a stage', () => {
    const { status, stdout } = callScript('load-script', ['techflow-solutions', 'staging', 'ten-times']);
    expect(status).toBe(0);
    expect(stdout).toContain('"origin": "https://staging.projects.example.com"');
  });

  test('fails when there is no such load test', () => {
    const { status, stderr } = callScript('load-script', ['techflow-solutions', 'staging', 'peak']);
    expect(status).toBe(1);
    expect(stderr).toContain('ten-times');
  });
});
