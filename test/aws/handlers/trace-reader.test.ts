import { loadModule } from '../../support/load-module';

interface Module {
  readonly createHandler: (uses: object) => () => Promise<void>;
}

const summary = (Id: string, services: number) => ({ Id, ServiceIds: Array.from({ length: services }, () => ({})) });

/** Runs the function at 00:10, with a clock that goes on by so many milliseconds whenever a trace is read. */
async function run(summaries: readonly object[], traces: readonly object[], takes = 750) {
  let now = Date.UTC(2026, 0, 1, 0, 10);
  const lines: string[] = [];
  const getTraceSummaries = jest.fn((_input: object) => Promise.resolve({ TraceSummaries: summaries }));
  const batchGetTraces = jest.fn((_input: object) => {
    now += takes;
    return Promise.resolve({ Traces: traces });
  });
  const { createHandler } = loadModule<Module>('lib/aws/handlers/trace-reader/index.mjs', {
    '@aws-sdk/client-xray': { XRay: class {} },
  });
  await createHandler({
    traces: { getTraceSummaries, batchGetTraces },
    now: () => now,
    write: (line: string) => lines.push(line),
    namespace: 'shop/tracing',
    metric: 'TraceReadSeconds',
  })();
  return { lines, searched: getTraceSummaries.mock.calls, read: batchGetTraces.mock.calls };
}

test('reads the trace over the most services, of those that are whole, and says how long that took', async () => {
  const { lines, read, searched } = await run([summary('1-a', 3), summary('1-b', 12), summary('1-c', 7)], [{}]);
  expect(searched).toEqual([
    [{ StartTime: new Date('2026-01-01T00:04:00Z'), EndTime: new Date('2026-01-01T00:09:00Z') }],
  ]);
  expect(read).toEqual([[{ TraceIds: ['1-b'] }]]);
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    {
      _aws: {
        Timestamp: Date.UTC(2026, 0, 1, 0, 10),
        CloudWatchMetrics: [
          { Namespace: 'shop/tracing', Dimensions: [[]], Metrics: [{ Name: 'TraceReadSeconds', Unit: 'Seconds' }] },
        ],
      },
      TraceReadSeconds: 0.75,
      services: 12,
      trace: '1-b',
    },
  ]);
});

test('fails when there is no trace', async () => {
  await expect(run([], [{}])).rejects.toThrow('no trace of the last minutes was found');
});

test('fails when the trace that was found cannot be read', async () => {
  await expect(run([summary('1-a', 3)], [])).rejects.toThrow('trace 1-a was found and could not be read');
});
