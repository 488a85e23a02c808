import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { alarmPeriod, type AlarmProps, type Alarms } from './alarms';
import { worstOf } from './metrics';

/** Who follows a stream, and how far behind each may be. */
export interface Followers {
  readonly stream: string;
  readonly maxLagSeconds: number;
  readonly services: readonly string[];
}

export interface StreamAlarmsProps {
  readonly clusterName: string;
  readonly brokers: number;
  readonly followers: readonly Followers[];
  readonly alarms: Alarms;
}

/** Beyond which the disk of a broker did not grow as it should, in percent; it grows from 60 on. */
const fullPercent = 85;
/** Below which a broker has too little left to take over from another that is restarted, in percent. */
const leastIdlePercent = 40;

/** Calls somebody when events cannot be written or read, are one failure away from that, or are not followed. */
export function raiseStreamAlarms(scope: Construct, props: StreamAlarmsProps): void {
  const { alarms, brokers, clusterName, followers } = props;
  const metric = (
    metricName: string,
    statistic: 'Maximum' | 'Minimum',
    dimensions: Readonly<Record<string, string>> = {},
  ) =>
    new cloudwatch.Metric({
      namespace: 'AWS/Kafka',
      metricName,
      statistic,
      period: alarmPeriod,
      dimensionsMap: { 'Cluster Name': clusterName, ...dimensions },
    });
  const worst = (metricName: string, statistic: 'Maximum' | 'Minimum') =>
    worstOf(
      statistic,
      Array.from({ length: brokers }, (_, index) => metric(metricName, statistic, { 'Broker ID': String(index + 1) })),
    );
  const raise = (id: string, alarm: Omit<AlarmProps, 'runbook'>) => {
    alarms.raise(scope, id, { ...alarm, runbook: 'streams' });
  };
  raise('Offline', {
    metric: metric('OfflinePartitionsCount', 'Maximum'),
    description: 'Partitions of the streams have no broker: nobody appends to them or follows them.',
    threshold: 1,
    periods: 1,
    // The cluster says nothing when it is gone.
    missingData: cloudwatch.TreatMissingData.BREACHING,
  });
  raise('UnderReplicated', {
    metric: worst('UnderReplicatedPartitions', 'Maximum'),
    description: 'Partitions of the streams have too few copies: the next failure may stop appends.',
    threshold: 1,
    periods: 15,
  });
  raise('Disk', {
    metric: worst('KafkaDataLogsDiskUsed', 'Maximum'),
    description: `The disk of a broker is ${fullPercent}% full, and did not grow by itself.`,
    threshold: fullPercent,
  });
  raise('Processor', {
    metric: worst('CpuIdle', 'Minimum'),
    description: `A broker has less than ${leastIdlePercent}% of its processor left: it could not take over from another.`,
    threshold: leastIdlePercent,
    comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: 15,
  });
  for (const { maxLagSeconds, services, stream } of followers) {
    for (const service of services) {
      raise(`${pascalCase(stream)}BehindBy${pascalCase(service)}`, {
        metric: metric('EstimatedMaxTimeLag', 'Maximum', { 'Consumer Group': service, Topic: stream }),
        description: `Service ${service} is ${maxLagSeconds} s or more behind stream ${stream}.`,
        threshold: maxLagSeconds,
        periods: 5,
      });
    }
  }
}
