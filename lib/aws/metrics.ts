import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { alarmPeriod } from './alarms';

/** The highest, or lowest, of metrics at each time. */
export function worstOf(statistic: 'Maximum' | 'Minimum', metrics: readonly cloudwatch.IMetric[]): cloudwatch.IMetric {
  const [only] = metrics;
  if (only === undefined) throw new Error('the worst of no metrics is nothing');
  if (metrics.length === 1) return only;
  return new cloudwatch.MathExpression({
    expression: `${statistic === 'Maximum' ? 'MAX' : 'MIN'}(METRICS())`,
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index + 1}`, metric])),
    period: alarmPeriod,
  });
}
