import { aws_elasticloadbalancingv2 as elb, Tags } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { Goals } from '../platform/nouns/goals';
import { gatewayPort, gatewayStatusPort } from '../platform/ports';
import type { Alarms } from './alarms';
import type { Balancer } from './balancer';
import { Connection } from './connection';
import { targetAlarms, trafficAlarms } from './gateway-alarms';
import { gatewayRule, gatewayTargets } from './gateway-target';
import type { GroupDimensions } from './release-alarms';

export interface GatewayPodsProps {
  readonly vpc: ec2.IVpc;
  readonly balancer: Balancer;
  /** The platform's domain. */
  readonly domain: string;
  readonly goals: Pick<Goals, 'errorPercent' | 'p95Milliseconds'>;
  /** Name of the alarm on what clients get. */
  readonly errorsName: string;
  /** Name of the cluster whose pods are the gateway. */
  readonly clusterName: string;
  /** Group of the cluster's nodes. */
  readonly nodes: ec2.ISecurityGroup;
  readonly alarms: Alarms;
}

/**
 * Where the balancer finds the pods of the gateway: targets that the cluster fills with their addresses as they come and go. The
 * gateway itself is the cluster's.
 */
export class GatewayPods extends Construct {
  public readonly targetGroup: elb.ApplicationTargetGroup;
  /** Metric dimensions of the target group. */
  public readonly dimensions: GroupDimensions;
  public readonly rule: elb.ApplicationListenerRule;

  public constructor(scope: Construct, id: string, props: GatewayPodsProps) {
    super(scope, id);
    const { alarms, balancer, clusterName, domain, errorsName, goals, nodes, vpc } = props;
    this.targetGroup = gatewayTargets(this, { vpc, health: elb.Protocol.HTTPS });
    // Amazon's policy lets a cluster fill target groups that name it, and no others.
    Tags.of(this.targetGroup).add('eks:eks-cluster-name', clusterName);
    this.dimensions = {
      LoadBalancer: balancer.loadBalancer.loadBalancerFullName,
      TargetGroup: this.targetGroup.targetGroupFullName,
    };
    this.rule = gatewayRule(this, { balancer, domain, targets: this.targetGroup });
    const toPods = { from: balancer.securityGroup, to: nodes };
    new Connection(this, 'Requests', { ...toPods, port: gatewayPort, description: 'requests to the gateway' });
    new Connection(this, 'Health', { ...toPods, port: gatewayStatusPort, description: 'health of the gateway' });
    trafficAlarms(this, { dimensions: this.dimensions, errorsName, goals, alarms });
    targetAlarms(this, { dimensions: this.dimensions, alarms });
  }
}
