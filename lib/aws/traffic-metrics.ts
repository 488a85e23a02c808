import type { Duration } from 'aws-cdk-lib';
import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { TrafficFigures } from './figures';

/** How a figure of traffic is read. */
export interface Reading {
  readonly period: Duration;
  readonly label: string;
  /**
   * What the ids of its metrics begin with: figures in the same graph must differ in them. A lower-case word with digits
   * and underscores. @default - nothing, for a figure alone
   */
  readonly id?: string;
  /** Fewer bad requests in a period are none: the single failure of a quiet night. @default - every one counts */
  readonly fewestBad?: number;
}

/** Requests of all target groups together. */
export const requests = (traffic: TrafficFigures, reading: Reading): cloudwatch.MathExpression =>
  summed(traffic, reading, { requests: ['RequestCount', 'Sum'] }, (id) => `FILL(${id('requests')},0)`);

/**
 * Share of failed requests, in percent: answered with 5xx, or no connection to a task. What the load balancer turns away
 * itself, because no task is left to choose, belongs to no target group: only the gateway counts it, for there everything
 * arrives. A refusal at a service comes to the gateway as an answer with 5xx, so the larger of both numbers counts, not
 * their sum.
 */
export function failedShare(traffic: TrafficFigures, reading: Reading): cloudwatch.MathExpression {
  const { refusedBy } = traffic;
  const all = requests(traffic, reading);
  const failed = summed(
    traffic,
    reading,
    { failures: ['HTTPCode_Target_5XX_Count', 'Sum'], unreached: ['TargetConnectionErrorCount', 'Sum'] },
    (id) => `FILL(${id('failures')},0)+FILL(${id('unreached')},0)`,
  );
  if (refusedBy === undefined) return share({ bad: failed, all }, reading);
  const refused = metricOf('HTTPCode_ELB_5XX_Count', 'Sum', { LoadBalancer: refusedBy }, reading);
  const larger = (id: Id) => `IF(FILL(${id('refused')},0)>${id('failed')},FILL(${id('refused')},0),${id('failed')})`;
  const bad = expression(larger, { refused, failed }, reading);
  const asked = (id: Id) => `${id('taken')}+${id('bad')}-${id('failed')}`;
  return share({ bad, all: expression(asked, { taken: all, bad, failed }, reading) }, reading);
}

/** Share of requests that were answered, and took longer, in percent. */
export function slowShare(traffic: TrafficFigures, milliseconds: number, reading: Reading): cloudwatch.MathExpression {
  const answers = ['TargetResponseTime', cloudwatch.Stats.SAMPLE_COUNT] as const;
  const fast = ['TargetResponseTime', cloudwatch.Stats.percentileRank(milliseconds / 1000)] as const;
  // CloudWatch knows how many percent of the answers were fast enough.
  const bad = summed(
    traffic,
    reading,
    { answers, fast },
    (id) => `FILL(${id('answers')},0)*(100-FILL(${id('fast')},100))/100`,
  );
  return share({ bad, all: summed(traffic, reading, { answers }, (id) => `FILL(${id('answers')},0)`) }, reading);
}

/** A percentile of the response time of the slower target group, in milliseconds. */
export function latency(traffic: TrafficFigures, percentile: number, reading: Reading): cloudwatch.MathExpression {
  const groups = readEach(traffic, reading, {
    seconds: ['TargetResponseTime', cloudwatch.Stats.percentile(percentile)],
  });
  return expression((id) => `1000*MAX([${Object.keys(groups).map(id).join(',')}])`, groups, reading);
}

/** The id under which an expression finds what a word stands for. */
type Id = (word: string) => string;

/** Metric and statistic by the word that stands for them in an expression. */
type Reads = Readonly<Record<string, readonly [metricName: string, statistic: string]>>;

const share = (
  counts: Readonly<Record<'bad' | 'all', cloudwatch.IMetric>>,
  reading: Reading,
): cloudwatch.MathExpression =>
  expression(
    (id) => {
      const percent = `100*${id('bad')}/${id('all')}`;
      return reading.fewestBad === undefined ? percent : `IF(${id('bad')}>=${reading.fewestBad},${percent},0)`;
    },
    counts,
    reading,
  );

/** A term of each target group, added up. */
const summed = (
  traffic: TrafficFigures,
  reading: Reading,
  reads: Reads,
  term: (id: Id) => string,
): cloudwatch.MathExpression =>
  expression(
    (id) => traffic.groups.map((_, index) => term((word) => id(`${word}${index}`))).join('+'),
    readEach(traffic, reading, reads),
    reading,
  );

const expression = (
  text: (id: Id) => string,
  metrics: Readonly<Record<string, cloudwatch.IMetric>>,
  { id: prefix, label, period }: Reading,
): cloudwatch.MathExpression => {
  const id: Id = (word) => (prefix === undefined ? word : `${prefix}_${word}`);
  return new cloudwatch.MathExpression({
    expression: text(id),
    usingMetrics: Object.fromEntries(Object.entries(metrics).map(([word, metric]) => [id(word), metric])),
    label,
    period,
  });
};

/** Metrics of every target group, under the words that stand for them and the group's number: `word0`, `word1`. */
const readEach = (
  { groups }: TrafficFigures,
  reading: Reading,
  reads: Reads,
): Readonly<Record<string, cloudwatch.IMetric>> =>
  Object.fromEntries(
    groups.flatMap((dimensions, index) =>
      Object.entries(reads).map(([word, [metricName, statistic]]) => [
        `${word}${index}`,
        metricOf(metricName, statistic, dimensions, reading),
      ]),
    ),
  );

const metricOf = (
  metricName: string,
  statistic: string,
  dimensionsMap: Readonly<Record<string, string>>,
  { period }: Reading,
): cloudwatch.Metric =>
  new cloudwatch.Metric({ namespace: 'AWS/ApplicationELB', metricName, statistic, dimensionsMap, period });
