// @ts-check
/* global console, process, setTimeout -- Lambda runs this as it is, on Node.js. */
// @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
// @ts-expect-error The same.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { S3 } from '@aws-sdk/client-s3';

const dayMilliseconds = 86_400_000;
/** How often a log is read in which the summary is not yet, and what is waited between. */
const reads = { times: 10, waitMilliseconds: 5000 };

/**
 * @typedef {object} Summary What a program of k6 wrote last.
 * @property {string} test
 * @property {string} run
 * @property {number} program
 * @property {readonly string[]} missed
 * @property {{ http_req_duration: { 'p(95)': number }, http_reqs: { rate: number }, checks: { passes: number, fails: number } }} metrics
 *
 * @typedef {object} Logs
 * @property {(input: { logGroupName: string, logStreamName: string, limit: number }) => Promise<{ events?: readonly { message?: string }[] }>} getLogEvents
 *
 * @typedef {object} Store
 * @property {(input: { Bucket: string, Key: string, Body: string, ContentType: string }) => Promise<unknown>} putObject
 * @property {(input: { Bucket: string, Key: string }) => Promise<{ LastModified?: Date }>} headObject
 *
 * @typedef {{ tasks: readonly { task: string }[] } | { look: true }} Event
 */

/**
 * Keeps what the programs of a run wrote, tells CloudWatch what they found together, and says which limits were missed. Asked to
 * `look`, it tells how long ago the last good run was.
 *
 * @param {{ bucket: string, logGroup: string, stage: string, tests: readonly string[], logs: Logs, store: Store, now: () => number, wait: (milliseconds: number) => Promise<unknown>, tell: (line: string) => void }} uses
 */
export function createHandler(uses) {
  return async (/** @type {Event} */ event) => {
    if ('look' in event) {
      for (const test of uses.tests) await tellAge(test, uses);
      return {};
    }
    const summaries = [];
    for (const { task } of event.tasks) summaries.push(await summaryOf(task, uses));
    for (const summary of summaries) {
      await put(`${summary.test}/${summary.run}/${summary.program}.json`, summary, uses);
    }
    return judge(summaries, uses);
  };
}

/**
 * @param {readonly Summary[]} summaries
 * @param {Parameters<typeof createHandler>[0]} uses
 */
async function judge(summaries, uses) {
  const [first] = summaries;
  if (first === undefined) throw new Error('a run has one program at least');
  const missed = [...new Set(summaries.flatMap((each) => each.missed))].sort();
  const checks = summaries.map(({ metrics }) => metrics.checks);
  const fails = checks.reduce((sum, each) => sum + each.fails, 0);
  const all = checks.reduce((sum, each) => sum + each.passes, fails);
  tellFigures(
    first.test,
    {
      P95Milliseconds: Math.max(...summaries.map(({ metrics }) => metrics.http_req_duration['p(95)'])),
      ErrorPercent: (100 * fails) / all,
      RequestsPerMinute: 60 * summaries.reduce((sum, { metrics }) => sum + metrics.http_reqs.rate, 0),
      Missed: missed.some((limit) => limit !== 'regression') ? 1 : 0,
      Regressed: missed.includes('regression') ? 1 : 0,
    },
    uses,
    { Run: first.run },
  );
  if (missed.length === 0) {
    await put(`${first.test}/good.json`, { run: first.run }, uses);
    tellFigures(first.test, { DaysSinceGood: 0 }, uses);
  }
  return { run: first.run, missed, good: missed.length === 0 };
}

/**
 * The last line of a task that is a summary. CloudWatch shows lines some seconds after they were written.
 *
 * @param {string} task its ARN
 * @param {Parameters<typeof createHandler>[0]} uses
 * @returns {Promise<Summary>}
 */
async function summaryOf(task, { logGroup, logs, wait }) {
  const logStreamName = `k6/k6/${task.split('/').at(-1)}`;
  for (let read = 0; read < reads.times; read += 1) {
    if (read > 0) await wait(reads.waitMilliseconds);
    const { events = [] } = await logs.getLogEvents({ logGroupName: logGroup, logStreamName, limit: 100 });
    const [found] = events.flatMap(({ message = '' }) => parsed(message)).slice(-1);
    if (found !== undefined) return found;
  }
  throw new Error(`task ${task} wrote no summary`);
}

/**
 * @param {string} line
 * @returns {readonly Summary[]} nothing of another line
 */
const parsed = (line) => (line.startsWith('{"platform":') ? [JSON.parse(line)] : []);

/**
 * @param {string} Key
 * @param {unknown} value
 * @param {Parameters<typeof createHandler>[0]} uses
 */
const put = (Key, value, { bucket, store }) =>
  store.putObject({ Bucket: bucket, Key, Body: `${JSON.stringify(value)}\n`, ContentType: 'application/json' });

/**
 * Of a test that never had a good run nothing is told, and silence calls somebody.
 *
 * @param {string} test
 * @param {Parameters<typeof createHandler>[0]} uses
 */
async function tellAge(test, uses) {
  const { LastModified } = await uses.store
    .headObject({ Bucket: uses.bucket, Key: `${test}/good.json` })
    .catch((/** @type {unknown} */ cause) => {
      if (cause instanceof Error && ['NotFound', 'NoSuchKey'].includes(cause.name)) return { LastModified: undefined };
      throw cause;
    });
  if (LastModified === undefined) return;
  tellFigures(test, { DaysSinceGood: (uses.now() - LastModified.getTime()) / dayMilliseconds }, uses);
}

/**
 * CloudWatch reads the line as metrics.
 *
 * @param {string} test
 * @param {Readonly<Record<string, number>>} figures
 * @param {Parameters<typeof createHandler>[0]} uses
 * @param {Readonly<Record<string, string>>} [more]
 */
function tellFigures(test, figures, { now, stage, tell }, more = {}) {
  tell(
    JSON.stringify({
      _aws: {
        Timestamp: now(),
        CloudWatchMetrics: [
          {
            Namespace: 'Mainstay/LoadTests',
            Dimensions: [['Stage', 'Test']],
            Metrics: Object.keys(figures).map((Name) => ({ Name })),
          },
        ],
      },
      Stage: stage,
      Test: test,
      ...more,
      ...figures,
    }),
  );
}

// eslint-disable-next-line no-restricted-globals -- A function is told by its environment.
const { BUCKET = '', LOG_GROUP = '', STAGE = '', TESTS = '[]' } = process.env;

export const handler = createHandler({
  bucket: BUCKET,
  logGroup: LOG_GROUP,
  stage: STAGE,
  tests: /** @type {readonly string[]} */ (JSON.parse(TESTS)),
  logs: /** @type {Logs} */ (new CloudWatchLogs({})),
  store: /** @type {Store} */ (new S3({})),
  // eslint-disable-next-line mainstay/restricted-syntax -- No synth runs it.
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  tell: (line) => {
    // eslint-disable-next-line no-console -- CloudWatch takes the line for metrics.
    console.log(line);
  },
});
