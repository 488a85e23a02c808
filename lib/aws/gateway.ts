import {
  aws_ec2 as ec2,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elb,
  aws_iam as iam,
  Duration,
  Tags,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { gatewayOf, kongConfiguration } from '../platform/gateway/configuration';
import { gatewayTraces } from '../platform/gateway/traces';
import { documentText } from '../platform/gateway/text';
import type { KeyId } from '../platform/gateway/token-keys';
import { stagePrefix } from '../platform/names';
import { mostSensitive } from '../platform/nouns/scalars';
import type { AwsSite } from '../platform/nouns/site';
import type { Platform } from '../platform/platform';
import { gatewayPort } from '../platform/ports';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import type { Balancer } from './balancer';
import type { Reach } from './capability';
import { grantCollecting, type Collecting } from './collector';
import { copiedImage, type CopiedImage } from './copied-image';
import { taskAlarms, trafficAlarms } from './gateway-alarms';
import { openGatewayPaths } from './gateway-paths';
import { closedGroup, gatewayRule, gatewayTargets } from './gateway-target';
import { gatewayContainer, gatewayStartSeconds, gatewayTask } from './gateway-task';
import { grantSecrets } from './grants';
import { allowPull } from './image-pull';
import { encryptedLogGroup } from './log-group';
import { TaskRoles } from './task-roles';
import type { GroupDimensions } from './release-alarms';
import { TaskScaling } from './task-scaling';

/** The cache in which limits are counted, as the gateway sees it. */
export interface LimitsCache {
  readonly host: string;
  readonly port: number;
  readonly securityGroup: ec2.ISecurityGroup;
  /** User and password of the gateway, in the fields `username` and `password`. */
  readonly gatewaySecret: secretsmanager.ISecret;
}

export interface GatewayProps {
  readonly platform: Platform;
  readonly site: Pick<AwsSite, 'network' | 'region'>;
  readonly cluster: ecs.ICluster;
  readonly vpc: ec2.IVpc;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  readonly balancer: Balancer;
  readonly cache: LimitsCache;
  /** Secrets whose whole values are the public keys that verify tokens, in PEM, by id. */
  readonly tokenKeys: Readonly<Record<KeyId, secretsmanager.ISecret>>;
  readonly keys: { readonly logs: kms.IKey; readonly secrets: kms.IKey };
  readonly alarms: Alarms;
  /** What takes its traces. @default - it tells of none */
  readonly collecting?: (Collecting & Pick<CopiedImage, 'repository'>) | undefined;
  /** Requests a minute that an address may make whose requests have the mark of load tests. @default - no request is marked */
  readonly loadPerMinute?: number | undefined;
}

/**
 * The API gateway: Kong on Fargate, configured by a document made from the platform's routes, without a database. The
 * balancer reaches it over TLS, it reaches services through the balancer's second port, and it counts limits in Redis.
 */
export class Gateway extends Construct {
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly roles: TaskRoles;
  public readonly logGroup: logs.LogGroup;
  public readonly taskDefinition: ecs.FargateTaskDefinition;
  public readonly targetGroup: elb.ApplicationTargetGroup;
  /** Metric dimensions of the target group. */
  public readonly dimensions: GroupDimensions;
  public readonly rule: elb.ApplicationListenerRule;
  public readonly service: ecs.FargateService;
  public readonly scaling: TaskScaling;

  /** Holds every rule of the network that the tasks need. */
  private readonly paths: Construct;

  public constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    const { alarms, balancer, cache, collecting, loadPerMinute, platform, site, vpc } = props;
    const { scale } = gatewayOf(platform);

    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Tasks of the gateway',
      allowAllOutbound: false,
    });
    this.paths = new Construct(this, 'Paths');
    openGatewayPaths(this.paths, {
      securityGroup: this.securityGroup,
      balancerGroup: balancer.securityGroup,
      cache,
      endpoints: props.endpoints,
      region: site.region,
    });
    this.roles = new TaskRoles(this, 'Roles', { prefix: stagePrefix(platform) });
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.keys.logs, days: platform.stage.logDays });
    this.logGroup.grantWrite(this.roles.executionPolicy);
    const image = copiedImage(this, 'Image', platform, 'kong');
    allowPull(this.roles.executionPolicy, [
      image.repository,
      ...(collecting === undefined ? [] : [collecting.repository]),
    ]);
    if (collecting !== undefined) this.allowTelling(collecting);
    grantSecrets(
      this.roles.executionPolicy,
      props.keys.secrets,
      [cache.gatewaySecret, ...Object.values(props.tokenKeys)].map(({ secretArn }) => secretArn),
    );
    this.taskDefinition = gatewayTask(this, 'Task', {
      platform,
      image: image.image,
      document: documentText(
        kongConfiguration(platform, {
          cachePort: cache.port,
          upstreamUrl: (service) => balancer.upstreamUrl(service),
          traces: collecting === undefined ? undefined : gatewayTraces(platform),
          loadPerMinute,
        }),
      ),
      cacheHost: cache.host,
      cacheSecret: cache.gatewaySecret,
      tokenKeys: props.tokenKeys,
      trustedRanges: [site.network.cidr],
      roles: this.roles,
      logGroup: this.logGroup,
      collecting,
      admitsLoads: loadPerMinute !== undefined,
    });
    this.targetGroup = gatewayTargets(this, { vpc, health: elb.Protocol.HTTP });
    this.dimensions = {
      LoadBalancer: balancer.loadBalancer.loadBalancerFullName,
      TargetGroup: this.targetGroup.targetGroupFullName,
    };
    this.rule = gatewayRule(this, { balancer, domain: platform.stage.domain, targets: this.targetGroup });
    const rollbackAlarms = trafficAlarms(this, { dimensions: this.dimensions, goals: platform.goals, alarms });
    this.service = this.run(
      props,
      rollbackAlarms.map(({ alarmName }) => alarmName),
    );
    this.scaling = new TaskScaling(this, 'Scaling', {
      service: this.service,
      scale,
      groups: [this.dimensions],
      queues: [],
    });
    taskAlarms(this, { dimensions: this.dimensions, service: this.service, alarms });
    const routed = Object.values(platform.services).filter(({ routes }) => routes.length > 0);
    Tags.of(this).add('data-class', mostSensitive(routed.map(({ dataClass }) => dataClass)));
  }

  /** All that the gateway may do on AWS: hand on what the collector beside it took. */
  private allowTelling(collecting: Collecting): void {
    const policy = new iam.ManagedPolicy(this, 'Telling', { roles: [this.roles.taskRole] });
    grantCollecting(policy, this, collecting);
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]':
        'Traces have no resource to name; the role may write them in its region, and read none.',
    });
  }

  private run({ cluster }: GatewayProps, alarmNames: readonly string[]): ecs.FargateService {
    const service = new ecs.FargateService(this, 'Service', {
      cluster,
      taskDefinition: this.taskDefinition,
      vpcSubnets: { subnetGroupName: 'app' },
      securityGroups: [closedGroup(this, 'OwnGroup', this.securityGroup)],
      assignPublicIp: false,
      platformVersion: ecs.FargatePlatformVersion.VERSION1_4,
      deploymentStrategy: ecs.DeploymentStrategy.ROLLING,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      circuitBreaker: { enable: true, rollback: true },
      // All alarms in this one place: ECS keeps the first set it is given and drops later ones.
      deploymentAlarms: { alarmNames: [...alarmNames], behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM },
      healthCheckGracePeriod: Duration.seconds(gatewayStartSeconds),
      enableExecuteCommand: false,
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
    });
    service
      .loadBalancerTarget({ containerName: gatewayContainer, containerPort: gatewayPort })
      .attachToApplicationTargetGroup(this.targetGroup);
    // A task that starts before it may do what it must counts against the circuit breaker.
    service.node.addDependency(this.rule, this.roles, this.paths);
    return service;
  }
}
