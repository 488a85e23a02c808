import { loadModule } from '../../support/load-module';

interface Module {
  readonly createHandler: (uses: object) => (event: object) => Promise<object>;
}

const { createHandler } = loadModule<Module>('lib/aws/handlers/load-results/index.mjs', {
  '@aws-sdk/client-cloudwatch-logs': { CloudWatchLogs: class {} },
  '@aws-sdk/client-s3': { S3: class {} },
});

const now = Date.UTC(2026, 10, 28);
const task = (name: string) => ({ task: `arn:aws:ecs:eu-central-1:111122223333:task/loads/${name}` });
const summary = (program: number, missed: readonly string[] = []) => ({
  platform: 'shop',
  test: 'peak',
  run: 'a-run',
  program,
  missed,
  metrics: {
    http_req_duration: { 'p(95)': 400 + program },
    http_reqs: { rate: 5 },
    checks: { passes: 499, fails: program },
  },
});

interface Given {
  /** What each task wrote, by its name; by reads where it is a list of lists. */
  readonly wrote?: Readonly<Record<string, readonly string[]>>;
  /** How often a log is empty before it is not. */
  readonly late?: number;
  readonly lastGood?: Date | Error;
}

async function judged(event: object, { late = 0, lastGood, wrote = {} }: Given = {}) {
  const kept: Record<string, unknown> = {};
  const told: Record<string, unknown>[] = [];
  const waited: number[] = [];
  const answer = await createHandler({
    bucket: 'results',
    logGroup: 'programs',
    stage: 'shop-staging',
    tests: ['peak'],
    now: () => now,
    wait: (milliseconds: number) => Promise.resolve(waited.push(milliseconds)),
    tell: (line: string) => told.push(JSON.parse(line) as Record<string, unknown>),
    logs: {
      getLogEvents: ({
        logGroupName,
        logStreamName,
      }: {
        readonly logGroupName: string;
        readonly logStreamName: string;
      }) => {
        expect(logGroupName).toBe('programs');
        const lines = waited.length < late ? [] : (wrote[logStreamName] ?? []);
        return Promise.resolve({ events: lines.map((message) => ({ message })) });
      },
    },
    store: {
      putObject: ({ Body, Bucket, Key }: { readonly Body: string; readonly Bucket: string; readonly Key: string }) => {
        kept[`${Bucket}/${Key}`] = JSON.parse(Body);
        return Promise.resolve({});
      },
      headObject: () =>
        lastGood instanceof Error ? Promise.reject(lastGood) : Promise.resolve({ LastModified: lastGood }),
    },
  })(event);
  return { answer, kept, told, waited };
}

const lines = (...missed: readonly (readonly string[])[]) =>
  Object.fromEntries(
    missed.map((each, program) => [`k6/k6/${program}`, ['running', JSON.stringify(summary(program, each)), 'done']]),
  );
const both = { tasks: [task('0'), task('1')] };

test('keeps what each program found, and tells what they found together', async () => {
  const { answer, kept, told } = await judged(both, { wrote: lines([], []) });
  expect(answer).toEqual({ run: 'a-run', missed: [], good: true });
  expect(kept).toEqual({
    'results/peak/a-run/0.json': summary(0),
    'results/peak/a-run/1.json': summary(1),
    'results/peak/good.json': { run: 'a-run' },
  });
  expect(told).toEqual([
    {
      _aws: {
        Timestamp: now,
        CloudWatchMetrics: [
          {
            Namespace: 'Mainstay/LoadTests',
            Dimensions: [['Stage', 'Test']],
            Metrics: ['P95Milliseconds', 'ErrorPercent', 'RequestsPerMinute', 'Missed', 'Regressed'].map((Name) => ({
              Name,
            })),
          },
        ],
      },
      Stage: 'shop-staging',
      Test: 'peak',
      Run: 'a-run',
      P95Milliseconds: 401,
      ErrorPercent: 100 / 999,
      RequestsPerMinute: 600,
      Missed: 0,
      Regressed: 0,
    },
    expect.objectContaining({ Test: 'peak', DaysSinceGood: 0 }),
  ]);
});

test.each<readonly [string, readonly string[], object]>([
  ['a goal that one program missed', ['p95'], { Missed: 1, Regressed: 0 }],
  ['a regression', ['regression'], { Missed: 0, Regressed: 1 }],
  ['both', ['errors', 'regression'], { Missed: 1, Regressed: 1 }],
])('a run with %s is no good run', async (_what, missed, figures) => {
  const { answer, kept, told } = await judged(both, { wrote: lines([], missed) });
  expect(answer).toEqual({ run: 'a-run', missed, good: false });
  expect(Object.keys(kept)).not.toContain('results/peak/good.json');
  expect(told).toEqual([expect.objectContaining(figures)]);
});

test('waits for a log that is late, and fails where no summary comes', async () => {
  const { waited } = await judged(both, { wrote: lines([], []), late: 3 });
  expect(waited).toHaveLength(3);
  await expect(judged(both, { wrote: lines([]) })).rejects.toThrow('task/loads/1 wrote no summary');
});

test('tells how many days ago the last good run was, and nothing where there was none', async () => {
  const { told } = await judged({ look: true }, { lastGood: new Date(now - 9 * 86_400_000) });
  expect(told).toEqual([expect.objectContaining({ Test: 'peak', DaysSinceGood: 9 })]);
  const notFound = Object.assign(new Error('no such object'), { name: 'NotFound' });
  expect((await judged({ look: true }, { lastGood: notFound })).told).toEqual([]);
  await expect(judged({ look: true }, { lastGood: new Error('refused') })).rejects.toThrow('refused');
});
