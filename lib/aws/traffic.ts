import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Service } from '../platform/nouns/service';
import type { Alarms } from './alarms';
import { serviceHost, type Balancer } from './balancer';
import { releaseAlarmNames, releaseAlarms } from './release-alarms';
import { movesTraffic } from './release-settings';

export interface TrafficProps {
  readonly name: string;
  readonly spec: Service;
  readonly vpc: ec2.IVpc;
  readonly balancer: Balancer;
  /** The platform's domain. */
  readonly domain: string;
  /** Place of the rules on both listeners; never changes. */
  readonly priority: number;
  /** Lets ECS move traffic. */
  readonly trafficRole: iam.IRole;
  /** Beginning of the names of the alarms that take a release back. */
  readonly alarmPrefix: string;
  readonly alarms: Alarms;
}

/**
 * How requests of the gateway reach a service: target groups and listener rules. ECS moves the weights of the production
 * rule during a release, and a template that changes the rule would put the declared weights back. So the rule depends on
 * nothing that changes with a release: a fixed priority, a fixed host, fixed groups.
 */
export class Traffic extends Construct {
  public readonly groups: readonly [elb.ApplicationTargetGroup, ...elb.ApplicationTargetGroup[]];
  public readonly productionRule: elb.ApplicationListenerRule;
  public readonly releaseAlarms: readonly cloudwatch.Alarm[];
  /** Their names as text: a service that referred to its own alarms would be a cycle. */
  public readonly releaseAlarmNames: readonly string[];
  /** The second target group of a release that moves traffic. */
  public readonly alternateTarget: ecs.AlternateTarget | undefined;

  public constructor(scope: Construct, id: string, props: TrafficProps) {
    super(scope, id);
    const { balancer, domain, name, priority, spec } = props;
    const blue = this.targetGroup('Blue', props);
    const green = movesTraffic(spec.release) ? this.targetGroup('Green', props) : undefined;
    this.groups = green === undefined ? [blue] : [blue, green];

    const conditions = [elb.ListenerCondition.hostHeaders([serviceHost(domain, name)])];
    const [production, test] = [balancer.servicesListener, balancer.testListener].map((listener, index) =>
      elb.ApplicationListener.fromApplicationListenerAttributes(
        this,
        index === 0 ? 'ServicesListener' : 'TestListener',
        {
          listenerArn: listener.listenerArn,
          // Not to be changed from here: the caller's stack owns the rules.
        securityGroup: ec2.SecurityGroup.fromSecurityGroupId(
          this,
          index === 0 ? 'ServicesListenerGroup' : 'TestListenerGroup',
          balancer.securityGroup.securityGroupId,
          { mutable: false },
        ),
        },
      ),
    ) as [elb.IApplicationListener, elb.IApplicationListener];
    const forward = (...groups: readonly elb.ApplicationTargetGroup[]) =>
      elb.ListenerAction.weightedForward(
        groups.map((targetGroup, index) => ({ targetGroup, weight: index === 0 ? 100 : 0 })),
      );
    this.productionRule = new elb.ApplicationListenerRule(this, 'ProductionRule', {
      listener: production,
      priority,
      conditions,
      action: forward(...this.groups),
    });
    if (green !== undefined) {
      const testRule = new elb.ApplicationListenerRule(this, 'TestRule', {
        listener: test,
        priority,
        conditions,
        action: forward(green, blue),
      });
      this.alternateTarget = new ecs.AlternateTarget('AlternateTarget', {
        alternateTargetGroup: green,
        productionListener: ecs.ListenerRuleConfiguration.applicationListenerRule(this.productionRule),
        testListener: ecs.ListenerRuleConfiguration.applicationListenerRule(testRule),
        role: props.trafficRole,
      });
    }
    this.releaseAlarmNames = Object.values(releaseAlarmNames(props.alarmPrefix));
    this.releaseAlarms = releaseAlarms(this, {
      prefix: props.alarmPrefix,
      service: name,
      rollback: spec.release.rollback,
      loadBalancerFullName: balancer.loadBalancer.loadBalancerFullName,
      groups: this.groups,
      alarms: props.alarms,
    });
  }

  private targetGroup(id: string, { spec, vpc }: TrafficProps): elb.ApplicationTargetGroup {
    const grpc = spec.protocol === 'grpc';
    return new elb.ApplicationTargetGroup(this, id, {
      vpc,
      targetType: elb.TargetType.IP,
      protocol: elb.ApplicationProtocol.HTTP,
      protocolVersion: grpc ? elb.ApplicationProtocolVersion.GRPC : elb.ApplicationProtocolVersion.HTTP1,
      port: spec.port,
      deregistrationDelay: Duration.seconds(spec.drainSeconds),
      loadBalancingAlgorithmType: elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      healthCheck: {
        path: spec.health.readyPath,
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
        ...(grpc ? { healthyGrpcCodes: '0' } : { healthyHttpCodes: '200' }),
      },
    });
  }
}
