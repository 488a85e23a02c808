import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { alarmPeriod } from './alarms';

export interface WorstOfOptions {
  /** What the queries' ids begin with: within one expression no two may be the same. @default 'm' */
  readonly prefix?: string;
  /** What is compared of each metric, by the id of its query. @default - its value */
  readonly each?: (id: string) => string;
  /** What a graph calls it. @default - the expression */
  readonly label?: string;
}

/** The highest, or lowest, of metrics at each time. */
export function worstOf(
  statistic: 'Maximum' | 'Minimum',
  metrics: readonly cloudwatch.IMetric[],
  { prefix = 'm', each, label }: WorstOfOptions = {},
): cloudwatch.IMetric {
  const [only] = metrics;
  if (only === undefined) throw new Error('the worst of no metrics is nothing');
  if (metrics.length === 1 && each === undefined) return only;
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`${prefix}${index}`, metric]));
  const compared = Object.keys(usingMetrics).map((query) => each?.(query) ?? query);
  return new cloudwatch.MathExpression({
    expression: `${statistic === 'Maximum' ? 'MAX' : 'MIN'}([${compared.join(', ')}])`,
    usingMetrics,
    period: alarmPeriod,
    ...(label === undefined ? {} : { label }),
  });
}
