// @ts-check
/* global process, console -- Lambda runs this as it is, on Node.js. */
// @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { XRay } from '@aws-sdk/client-xray';

/**
 * What the function uses of X-Ray.
 *
 * @typedef {{ Id?: string, ServiceIds?: readonly object[] }} Summary
 * @typedef {object} Traces
 * @property {(input: object) => Promise<{ TraceSummaries?: readonly Summary[] }>} getTraceSummaries
 * @property {(input: { TraceIds: readonly string[] }) => Promise<{ Traces?: readonly object[] }>} batchGetTraces
 */

/** Traces of this age are whole: their last services have told of them, in milliseconds. */
const youngest = 60_000;

/** How far back a trace is looked for, in milliseconds. */
const span = 300_000;

/**
 * The function, with what it uses: finds the trace of the last minutes that passed the most services, reads it, and writes how long
 * that took as a figure of CloudWatch. Fails when there is none.
 *
 * @param {{ traces: Traces, now: () => number, write: (line: string) => void, namespace: string, metric: string }} uses
 */
export function createHandler({ metric, namespace, now, traces, write }) {
  return async () => {
    const end = now() - youngest;
    const { TraceSummaries = [] } = await traces.getTraceSummaries({
      StartTime: new Date(end - span),
      EndTime: new Date(end),
    });
    const [longest] = [...TraceSummaries].sort((a, b) => servicesOf(b) - servicesOf(a));
    if (longest?.Id === undefined) throw new Error('no trace of the last minutes was found');
    const begun = now();
    const { Traces: read = [] } = await traces.batchGetTraces({ TraceIds: [longest.Id] });
    const seconds = (now() - begun) / 1000;
    if (read.length === 0) throw new Error(`trace ${longest.Id} was found and could not be read`);
    write(
      JSON.stringify({
        _aws: {
          Timestamp: begun,
          CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [[]], Metrics: [{ Name: metric, Unit: 'Seconds' }] }],
        },
        [metric]: seconds,
        services: servicesOf(longest),
        trace: longest.Id,
      }),
    );
  };
}

/** @param {Summary} summary */
const servicesOf = ({ ServiceIds = [] }) => ServiceIds.length;

// eslint-disable-next-line no-restricted-globals -- A function is told by its environment.
const { METRIC = '', NAMESPACE = '' } = process.env;

// eslint-disable-next-line mainstay/restricted-syntax -- It runs, and is no synth.
const now = () => Date.now();

/** @param {string} line */
const write = (line) => {
  // eslint-disable-next-line no-console -- What a function prints is its log.
  console.log(line);
};

export const handler = createHandler({
  traces: /** @type {Traces} */ (new XRay({})),
  now,
  write,
  namespace: NAMESPACE,
  metric: METRIC,
});
