import { aws_ecs as ecs } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { encryptedLogGroup } from './log-group';
import { monitorRuntime } from './runtime-monitoring';

export interface TaskClusterProps {
  readonly vpc: ec2.IVpc;
  /** Encrypts what is measured of tasks. */
  readonly logsKey: kms.IKey;
  /** What is measured of tasks is kept this long, in days. */
  readonly logDays: number;
  /** Whether GuardDuty puts its agent beside the tasks: see {@link monitorRuntime}. */
  readonly runtimeMonitoring: boolean;
}

/** Where tasks run on Fargate. */
export interface TaskCluster {
  readonly cluster: ecs.Cluster;
  /** What Container Insights measures of every task. It would make the group itself, without a key. */
  readonly insights: logs.LogGroup;
}

/** Makes a {@link TaskCluster} in a scope that has none. */
export function taskCluster(scope: Construct, props: TaskClusterProps): TaskCluster {
  const cluster = new ecs.Cluster(scope, 'Cluster', {
    vpc: props.vpc,
    containerInsightsV2: ecs.ContainerInsights.ENHANCED,
    enableFargateCapacityProviders: true,
  });
  monitorRuntime(cluster, props.runtimeMonitoring);
  const insights = encryptedLogGroup(scope, 'Insights', {
    key: props.logsKey,
    days: props.logDays,
    name: `/aws/ecs/containerinsights/${cluster.clusterName}/performance`,
  });
  return { cluster, insights };
}
