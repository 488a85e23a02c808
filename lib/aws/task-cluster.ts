import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface TaskClusterProps {
  readonly vpc: ec2.IVpc;
}

/**
 * Where tasks of the platform's own run on Fargate while its services are pods: what keeps the right to write must not need the
 * cluster of the services, whose loss is one of the reasons to give that right away.
 */
export class TaskCluster extends Construct {
  public readonly cluster: ecs.Cluster;

  public constructor(scope: Construct, id: string, props: TaskClusterProps) {
    super(scope, id);
    this.cluster = new ecs.Cluster(this, 'Cluster', {
      vpc: props.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENHANCED,
      enableFargateCapacityProviders: true,
    });
  }
}
