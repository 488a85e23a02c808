import type { Rollback } from '../platform/nouns/release';
import type { Service } from '../platform/nouns/service';
import { errorPercent, p95Milliseconds, requestsPerMinute, type Subject } from '../platform/mesh-figures';
import { metricsAddress } from './metrics-address';
import type { IAnalysisTemplate } from './custom-types';

/** Name of the template by which a service's releases are judged; each namespace has its own. */
export const analysisName = 'release';

/** Each measurement looks at as much time as lies between two of them, so that none counts twice. */
const window = '2m';
const windowMinutes = 2;

/** The first measurement looks as soon as two figures of the new version are there, half a minute apart, and at what there is of its time. */
const beginning = '1m';

/** Bad measurements that may be chance; the next one takes the release back. */
const chances = 2;

/** Measurements in a row that may not come, because nobody answers: after half an hour a release that nobody watches ends. */
const unanswered = 15;

/** Arguments of the template: the versions that are compared, by the hash of their pods. */
export const analysisArgs = [
  { name: 'canary', valueFrom: { podTemplateHashValue: 'Latest' as const } },
  { name: 'stable', valueFrom: { podTemplateHashValue: 'Stable' as const } },
];

/** What is judged. */
export interface AnalysisInput extends Omit<Subject, 'version'> {
  readonly protocol: Service['protocol'];
  readonly rollback: Rollback;
  /** How long to look, in minutes. @default - for as long as the release takes */
  readonly minutes?: number;
}

type Metric = NonNullable<IAnalysisTemplate['spec']['metrics']>[number];

/**
 * How a new version is judged against the one that it replaces: how many percent more of its requests fail, and how slow it is
 * where it is slower. What both do alike is no fault of the release. With too few requests neither says anything.
 */
export function analysisMetrics(input: AnalysisInput): Metric[] {
  const { minutes, platform, protocol, rollback, service } = input;
  const version = (argument: string): Subject => ({ platform, service, version: `{{args.${argument}}}` });
  const [canary, stable] = [version('canary'), version('stable')];
  const enough = `${requestsPerMinute(canary, window)}>=${rollback.minimumRequests}`;
  const judged = (figure: string) => `((${figure}) and on() (${enough})) or vector(0)`;
  const metric = (name: string, query: string, limit: number): Metric => ({
    name,
    initialDelay: beginning,
    interval: window,
    ...(minutes === undefined ? {} : { count: Math.max(1, Math.floor(minutes / windowMinutes)) }),
    successCondition: `result[0] <= ${limit}`,
    failureLimit: chances,
    consecutiveErrorLimit: unanswered,
    provider: { prometheus: { address: metricsAddress, query } },
  });
  const slow = p95Milliseconds(canary, window);
  return [
    metric(
      'errors',
      judged(`${errorPercent(canary, protocol, window)}-${errorPercent(stable, protocol, window)}`),
      rollback.errorPercent,
    ),
    metric('latency', judged(`${slow}>${p95Milliseconds(stable, window)}`), rollback.p95Milliseconds),
  ];
}
