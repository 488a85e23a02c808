import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Alarms } from './alarms';

/** Over which figures of a copy are summed, in minutes. */
const periodMinutes = 5;

/**
 * Calls somebody when lines of a group do not reach the stream that they are copied to. What is refused is lost to whoever reads the
 * copy; what is throttled comes again for a day. A copy of which nothing is heard has nothing to copy, or does so.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
 */
export function logCopyAlarms(copy: logs.CfnSubscriptionFilter, alarms: Alarms): void {
  const counted = (metricName: string) =>
    new cloudwatch.Metric({
      namespace: 'AWS/Logs',
      metricName,
      dimensionsMap: { DestinationType: 'Firehose', FilterName: copy.ref, LogGroupName: copy.logGroupName },
      statistic: cloudwatch.Stats.SUM,
      period: Duration.minutes(periodMinutes),
    });
  alarms.raise(copy, 'Refused', {
    metric: counted('DeliveryErrors'),
    description: 'Lines of a log are refused on their way to the archive that must hold them, and are not sent again.',
    runbook: 'scope',
    threshold: 1,
    periods: 1,
  });
  alarms.raise(copy, 'Throttled', {
    metric: counted('DeliveryThrottling'),
    description: 'Lines of a log wait on their way to the archive that must hold them, and are lost to it after a day.',
    runbook: 'scope',
    threshold: 1,
  });
}
