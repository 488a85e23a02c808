import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { alarmPeriod } from './alarms';
import { worstOf } from './metrics';

const firstLower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Told every minute by every server that runs, whether or not anybody is connected. */
export const pulseMetric = 'DatabaseConnections';

/** A metric of one instance of RDS. */
export const instanceMetric = (
  DBInstanceIdentifier: string,
  metricName: string,
  statistic: 'Maximum' | 'Minimum',
): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'AWS/RDS',
    metricName,
    dimensionsMap: { DBInstanceIdentifier },
    statistic,
    period: alarmPeriod,
  });

/** The highest, or lowest, value of a metric among instances of RDS. */
export const worstOfInstances = (
  identifiers: readonly string[],
  metricName: string,
  statistic: 'Maximum' | 'Minimum',
): cloudwatch.IMetric =>
  worstOf(
    statistic,
    identifiers.map((identifier) => instanceMetric(identifier, metricName, statistic)),
    { prefix: firstLower(metricName) },
  );
