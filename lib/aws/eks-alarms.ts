import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarmPeriod, type Alarms } from './alarms';

export interface EksAlarmsProps {
  readonly clusterName: string;
  readonly alarms: Alarms;
}

const runbook = 'eks-cluster';

/** The database of a cluster takes 8 GB; beyond, nothing in it can be changed. https://docs.aws.amazon.com/eks/latest/best-practices/control-plane.html */
const mostStorageBytes = 6_000_000_000;

/** Alarms of a cluster itself. What runs in it is told by its own figures. */
export function eksAlarms(scope: Construct, { alarms, clusterName }: EksAlarmsProps): void {
  const measured = (namespace: string, metricName: string, statistic: string): cloudwatch.Metric =>
    new cloudwatch.Metric({
      namespace,
      metricName,
      statistic,
      dimensionsMap: { ClusterName: clusterName },
      period: alarmPeriod,
    });
  alarms.raise(scope, 'ApiErrors', {
    runbook,
    description: 'The API of the cluster fails: nothing is released, scaled or replaced.',
    metric: measured('AWS/EKS', 'apiserver_request_total_5XX', 'Sum'),
    threshold: 25,
    periods: 5,
    periodsToAlarm: 4,
  });
  alarms.raise(scope, 'PendingPods', {
    runbook,
    description: 'Pods of the cluster find no node: a service is short of pods.',
    metric: measured('AWS/EKS', 'scheduler_pending_pods_UNSCHEDULABLE', 'Maximum'),
    threshold: 1,
    periods: 15,
  });
  alarms.raise(scope, 'Storage', {
    runbook,
    description: 'The database of the cluster is three quarters full: when it is full, nothing can be changed.',
    metric: measured('AWS/EKS', 'apiserver_storage_size_bytes', 'Maximum'),
    threshold: mostStorageBytes,
  });
  alarms.raise(scope, 'FailedNodes', {
    runbook,
    description: 'A node of the cluster is sick, and was not replaced.',
    metric: measured('ContainerInsights', 'cluster_failed_node_count', 'Maximum'),
    threshold: 1,
    periods: 15,
  });
}
