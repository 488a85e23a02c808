import { keepResult } from '../../../lib/recovery/azure/load-result';

const summary = {
  platform: 'techflow',
  stage: 'staging',
  test: 'regression',
  run: 'regression-29404500',
  variant: 'full',
  program: 3,
  programs: 6,
  ended: '2026-11-28T04:41:00.000Z',
  seconds: 2460,
  users: 11_500,
  missed: [] as readonly string[],
  metrics: {
    http_req_duration: { 'p(95)': 120 },
    http_reqs: { count: 100, rate: 4 },
    checks: { passes: 100, fails: 0 },
  },
};

async function kept(value: unknown) {
  const files: Record<string, string> = {};
  const read = async () => Promise.resolve(JSON.stringify(value));
  const put = async (path: string, text: string) => {
    files[path] = text;
    return Promise.resolve();
  };
  return { files, told: await keepResult({ read, put }) };
}

describe('what a program of k6 found', () => {
  test('is kept by its test, its run and its program, as it is', async () => {
    const path = 'regression/regression-29404500/3.json';
    expect(await kept(summary)).toEqual({
      files: { [path]: JSON.stringify(summary) },
      told: { path, missed: [] },
    });
  });

  test('is kept and told when limits were missed', async () => {
    const { files, told } = await kept({ ...summary, missed: ['p95'] });
    expect(Object.keys(files)).toHaveLength(1);
    expect(told.missed).toEqual(['p95']);
  });

  test('fails when it is no summary', async () => {
    await expect(kept({ ...summary, users: 0 })).rejects.toThrow(
      'k6 must write a summary, got one of which users is not as it should be',
    );
  });
});
