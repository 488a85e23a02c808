import { aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elb, Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Service } from '../platform/nouns/service';
import { readinessAnswers } from '../platform/process';
import type { Alarms } from './alarms';
import { serviceHost, type Balancer } from './balancer';
import { releaseAlarmNames, releaseAlarms, type GroupDimensions } from './release-alarms';
import { movesTraffic } from './release-settings';

/** A service with routes, and the load balancer in front of it. */
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
  /** Metric dimensions of each group. */
  public readonly dimensions: readonly GroupDimensions[];
  public readonly productionRule: elb.ApplicationListenerRule;
  public readonly releaseAlarms: readonly cloudwatch.Alarm[];
  /** Their names as text: a service that referred to its own alarms would be a cycle. */
  public readonly releaseAlarmNames: readonly string[];
  /** The second target group of a release that moves traffic. */
  public readonly alternateTarget: ecs.AlternateTarget | undefined;

  public constructor(scope: Construct, id: string, props: TrafficProps) {
    super(scope, id);
    const { alarmPrefix, alarms, balancer, name, spec } = props;
    const blue = this.targetGroup('Blue', props);
    const green = movesTraffic(spec.release) ? this.targetGroup('Green', props) : undefined;
    this.groups = green === undefined ? [blue] : [blue, green];
    this.dimensions = this.groups.map((group) => ({
      LoadBalancer: balancer.loadBalancer.loadBalancerFullName,
      TargetGroup: group.targetGroupFullName,
    }));
    this.productionRule = this.rule('Production', listenersOf(balancer).production, this.groups, props);
    this.alternateTarget = green === undefined ? undefined : this.alternate(green, blue, props);
    this.releaseAlarmNames = Object.values(releaseAlarmNames(alarmPrefix));
    this.releaseAlarms = releaseAlarms(this, {
      prefix: alarmPrefix,
      service: name,
      rollback: spec.release.rollback,
      groups: this.dimensions,
      alarms,
    });
  }

  private targetGroup(id: string, { spec, vpc }: TrafficProps): elb.ApplicationTargetGroup {
    const answers = readinessAnswers(spec.health);
    return new elb.ApplicationTargetGroup(this, id, {
      vpc,
      targetType: elb.TargetType.IP,
      protocol: elb.ApplicationProtocol.HTTP,
      protocolVersion: elb.ApplicationProtocolVersion.HTTP1,
      // ECS registers tasks with their own port. The service's port here would replace the group when it changes, and with
      // the group the rule.
      port: 80,
      // The longest that a request may take; ECS stops a task only when the balancer has let go of it.
      deregistrationDelay: Duration.seconds(spec.timeoutSeconds),
      loadBalancingAlgorithmType: elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      ...(spec.sockets === undefined ? {} : { stickinessCookieDuration: Duration.seconds(spec.sockets.stickySeconds) }),
      healthCheck: {
        path: spec.health.readyPath,
        healthyHttpCodes: '200',
        interval: Duration.seconds(answers.intervalSeconds),
        timeout: Duration.seconds(answers.timeoutSeconds),
        healthyThresholdCount: answers.healthyAnswers,
        unhealthyThresholdCount: answers.unhealthyAnswers,
      },
    });
  }

  private alternate(
    green: elb.ApplicationTargetGroup,
    blue: elb.ApplicationTargetGroup,
    props: TrafficProps,
  ): ecs.AlternateTarget {
    const testRule = this.rule('Test', listenersOf(props.balancer).test, [green, blue], props);
    return new ecs.AlternateTarget('AlternateTarget', {
      alternateTargetGroup: green,
      productionListener: ecs.ListenerRuleConfiguration.applicationListenerRule(this.productionRule),
      testListener: ecs.ListenerRuleConfiguration.applicationListenerRule(testRule),
      role: props.trafficRole,
    });
  }

  /** A rule that gives everything to the first group, until ECS says otherwise. */
  private rule(
    id: 'Production' | 'Test',
    listener: elb.IApplicationListener,
    groups: readonly elb.ApplicationTargetGroup[],
    { balancer, domain, name, priority }: TrafficProps,
  ): elb.ApplicationListenerRule {
    const rule = new elb.ApplicationListenerRule(this, `${id}Rule`, {
      // By id: a rule that is made through the listener of another stack would be a cycle.
      listener: elb.ApplicationListener.fromApplicationListenerAttributes(this, `${id}Listener`, {
        listenerArn: listener.listenerArn,
        securityGroup: ec2.SecurityGroup.fromSecurityGroupId(
          this,
          `${id}ListenerGroup`,
          balancer.securityGroup.securityGroupId,
          { mutable: false },
        ),
      }),
      priority,
      conditions: [elb.ListenerCondition.hostHeaders([serviceHost(domain, name)])],
      action: elb.ListenerAction.weightedForward(
        groups.map((targetGroup, index) => ({ targetGroup, weight: index === 0 ? 100 : 0 })),
      ),
    });
    // A tag that changes, such as an owner, changes the rule, and with it the weights.
    (rule.node.defaultChild as elb.CfnListenerRule).addPropertyDeletionOverride('Tags');
    return rule;
  }
}

function listenersOf({ node, serviceListeners }: Balancer): NonNullable<Balancer['serviceListeners']> {
  if (serviceListeners !== undefined) return serviceListeners;
  throw new Error(`${node.path} must have listeners for services to release one behind it, got none`);
}
