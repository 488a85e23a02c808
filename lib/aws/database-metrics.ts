import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { alarmPeriod } from './alarms';
import { worstOf } from './metrics';

const firstLower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The highest, or lowest, value of a metric among instances of RDS. */
export const worstOfInstances = (
  identifiers: readonly string[],
  metricName: string,
  statistic: 'Maximum' | 'Minimum',
): cloudwatch.IMetric =>
  worstOf(
    statistic,
    identifiers.map(
      (DBInstanceIdentifier) =>
        new cloudwatch.Metric({
          namespace: 'AWS/RDS',
          metricName,
          dimensionsMap: { DBInstanceIdentifier },
          statistic,
          period: alarmPeriod,
        }),
    ),
    { prefix: firstLower(metricName) },
  );
