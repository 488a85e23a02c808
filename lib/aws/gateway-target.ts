import { aws_ec2 as ec2, aws_elasticloadbalancingv2 as elb, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { gatewayReadyPath } from '../platform/gateway/environment';
import { gatewayPort, gatewayStatusPort } from '../platform/ports';
import { originHost, type Balancer } from './balancer';

export interface GatewayTargetsProps {
  readonly vpc: ec2.IVpc;
  /** How the gateway tells its health. */
  readonly health: elb.Protocol.HTTP | elb.Protocol.HTTPS;
}

/** The targets of the balancer that are the gateway: tasks or pods, by their addresses. */
export const gatewayTargets = (scope: Construct, { health, vpc }: GatewayTargetsProps): elb.ApplicationTargetGroup =>
  new elb.ApplicationTargetGroup(scope, 'Targets', {
    vpc,
    targetType: elb.TargetType.IP,
    // Kong shows a certificate of its own making; a balancer encrypts, and asks no target who it is.
    protocol: elb.ApplicationProtocol.HTTPS,
    port: gatewayPort,
    deregistrationDelay: Duration.seconds(30),
    loadBalancingAlgorithmType: elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
    healthCheck: {
      protocol: health,
      port: String(gatewayStatusPort),
      path: gatewayReadyPath,
      healthyHttpCodes: '200',
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    },
  });

export interface GatewayRuleProps {
  readonly balancer: Balancer;
  /** The platform's domain. */
  readonly domain: string;
  readonly targets: elb.IApplicationTargetGroup;
}

/** A group that CDK adds no rules to: every path is opened once, and in both directions, by whoever owns it. */
export const closedGroup = (
  scope: Construct,
  id: string,
  { securityGroupId }: ec2.ISecurityGroup,
): ec2.ISecurityGroup => ec2.SecurityGroup.fromSecurityGroupId(scope, id, securityGroupId, { mutable: false });

/** Sends what the edge asks for to the gateway. */
export const gatewayRule = (
  scope: Construct,
  { balancer, domain, targets }: GatewayRuleProps,
): elb.ApplicationListenerRule =>
  new elb.ApplicationListenerRule(scope, 'Rule', {
    listener: elb.ApplicationListener.fromApplicationListenerAttributes(scope, 'Listener', {
      listenerArn: balancer.publicListener.listenerArn,
      securityGroup: closedGroup(scope, 'BalancerGroup', balancer.securityGroup),
    }),
    priority: 1,
    conditions: [elb.ListenerCondition.hostHeaders([originHost(domain)])],
    targetGroups: [targets],
  });
