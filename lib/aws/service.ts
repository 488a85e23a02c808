import { Duration, Fn, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { stagePrefix } from '../platform/names';
import type { Service as Spec } from '../platform/nouns/service';
import { callersOf, workflowsOf, type Platform, type SiteName } from '../platform/platform';
import { meshPort } from '../platform/ports';
import { acknowledge, acknowledgeWildcards } from './acknowledge';
import type { Alarms } from './alarms';
import type { Balancer } from './balancer';
import type { Capabilities, Reach } from './capability';
import type { Cluster } from './cluster';
import { Connection } from './connection';
import { encryptedLogGroup } from './log-group';
import { releaseSettings } from './release-settings';
import { serviceAlarms } from './service-alarms';
import { openEgress } from './service-egress';
import { livenessCheck, taskSize } from './service-settings';
import { openUses, receivedBy, usedParts, type Received } from './service-uses';
import { TaskRoles } from './task-roles';
import { loadOf, TaskScaling, type Load } from './task-scaling';
import { Traffic } from './traffic';

/** What a task runs. */
export interface ServiceImage {
  readonly image: ecs.ContainerImage;
  /** Where the image lies, if it is the platform's own. */
  readonly repository?: ecr.IRepository;
  /** @default - the image's own */
  readonly command?: readonly string[];
}

export interface ServiceProps {
  readonly name: string;
  readonly platform: Platform;
  readonly site: SiteName;
  readonly region: string;
  readonly image: ServiceImage;
  readonly cluster: Cluster;
  readonly vpc: ec2.IVpc;
  readonly balancer: Balancer;
  /** The service's own group. */
  readonly securityGroup: ec2.ISecurityGroup;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  readonly capabilities: Capabilities;
  readonly keys: { readonly logs: kms.IKey; readonly secrets: kms.IKey };
  readonly alarms: Alarms;
}

/** Port at which services call each other by name. */
const callPort = 80;

/** A service on ECS: tasks on Fargate, the paths to what it uses and no others, releases that take themselves back. */
export class Service extends Construct {
  public readonly roles: TaskRoles;
  public readonly logGroup: logs.LogGroup;
  public readonly received: Received;
  public readonly taskDefinition: ecs.FargateTaskDefinition;
  public readonly traffic: Traffic | undefined;
  public readonly service: ecs.FargateService;
  public readonly scaling: TaskScaling;
  private readonly spec: Spec;

  public constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    const { alarms, capabilities, keys, name, platform, securityGroup, site } = props;
    this.spec = specOf(platform, name);
    const uses = usedParts(platform, site, name);

    this.roles = new TaskRoles(this, 'Roles', { metricsNamespace: `${stagePrefix(platform)}/${name}` });
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: keys.logs, days: platform.stage.logDays });
    this.logGroup.grantWrite(this.roles.executionPolicy);
    this.received = receivedBy(platform, site, name, capabilities);
    openUses(this, {
      uses,
      capabilities,
      securityGroup,
      taskPolicy: this.roles.taskPolicy,
      executionPolicy: this.roles.executionPolicy,
    });
    openEgress(this, {
      service: name,
      securityGroup,
      region: props.region,
      endpoints: props.endpoints,
      integrations: this.spec.uses.integrations.flatMap((part) => platform.integrations[part] ?? []),
    });
    this.allowPull(props.image);
    this.taskDefinition = this.defineTask(props);
    this.traffic = this.spec.routes.length > 0 ? this.receiveTraffic(props) : undefined;
    this.service = this.run(props);
    this.scaling = new TaskScaling(this, 'Scaling', {
      service: this.service,
      scale: this.spec.scale,
      requests: (this.traffic?.groups ?? []).map((group) =>
        loadOf(group.metrics.requestCount({ statistic: 'Sum' }), 'Sum'),
      ),
      backlog: this.backlog(props),
    });
    serviceAlarms(this, {
      name,
      spec: this.spec,
      service: this.service,
      traffic: this.traffic,
      loadBalancerFullName: props.balancer.loadBalancer.loadBalancerFullName,
      alarms,
    });
    Tags.of(this).add('data-class', this.spec.dataClass);
    if (this.spec.team !== undefined) Tags.of(this).add('team', this.spec.team);
  }

  private allowPull({ repository }: ServiceImage): void {
    if (repository === undefined) return;
    repository.grantPull(this.roles.executionPolicy);
    acknowledgeWildcards(this.roles.executionPolicy, [
      {
        action: 'ecr:GetAuthorizationToken',
        reason: 'The token is for the registry as a whole; pulling is granted a repository.',
      },
    ]);
  }

  private defineTask({ image, name }: ServiceProps): ecs.FargateTaskDefinition {
    const { spec } = this;
    const task = new ecs.FargateTaskDefinition(this, 'Task', {
      ...taskSize(spec.capacity),
      taskRole: this.roles.taskRole.withoutPolicyUpdates(),
      executionRole: this.roles.executionRole.withoutPolicyUpdates(),
      runtimePlatform: {
        cpuArchitecture: ecs.CpuArchitecture.ARM64,
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
      },
      volumes: [{ name: 'tmp' }],
    });
    const linuxParameters = new ecs.LinuxParameters(this, 'Linux', { initProcessEnabled: true });
    linuxParameters.dropCapabilities(ecs.Capability.ALL);
    const container = task.addContainer('app', {
      image: image.image,
      ...(image.command === undefined ? {} : { command: [...image.command] }),
      environment: this.received.environment,
      secrets: this.received.secrets,
      logging: ecs.LogDrivers.awsLogs({
        logGroup: this.logGroup,
        streamPrefix: name,
        mode: ecs.AwsLogDriverMode.NON_BLOCKING,
      }),
      healthCheck: livenessCheck(spec),
      stopTimeout: Duration.seconds(spec.drainSeconds),
      readonlyRootFilesystem: true,
      linuxParameters,
      versionConsistency: ecs.VersionConsistency.ENABLED,
      portMappings: [
        {
          name,
          containerPort: spec.port,
          appProtocol: spec.protocol === 'grpc' ? ecs.AppProtocol.grpc : ecs.AppProtocol.http,
        },
      ],
    });
    acknowledge(task, {
      'AwsSolutions-ECS2': 'The environment holds names, addresses and limits of the contract; secrets are injected by reference.',
    });
    container.addMountPoints({ sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false });
    return task;
  }

  private receiveTraffic(props: ServiceProps): Traffic {
    const { alarms, balancer, cluster, name, platform, securityGroup, vpc } = props;
    const priority = platform.allocations.listenerPriorities[name];
    if (priority === undefined) throw new Error(`services.${name} has no listener priority in the allocation lock`);
    new Connection(this, 'FromBalancer', {
      from: balancer.securityGroup,
      to: securityGroup,
      port: this.spec.port,
      description: `load balancer to ${name}`,
    });
    return new Traffic(this, 'Traffic', {
      name,
      spec: this.spec,
      vpc,
      balancer,
      domain: platform.stage.domain,
      priority,
      trafficRole: cluster.trafficRole,
      alarmPrefix: `${stagePrefix(platform)}-${name}`,
      alarms,
    });
  }

  private run(props: ServiceProps): ecs.FargateService {
    const { spec, traffic } = this;
    const service = new ecs.FargateService(this, 'Service', {
      cluster: props.cluster.cluster,
      taskDefinition: this.taskDefinition,
      vpcSubnets: { subnetGroupName: 'app' },
      securityGroups: [
        ec2.SecurityGroup.fromSecurityGroupId(this, 'Group', props.securityGroup.securityGroupId, { mutable: false }),
      ],
      assignPublicIp: false,
      platformVersion: ecs.FargatePlatformVersion.VERSION1_4,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      circuitBreaker: { enable: true, rollback: true },
      enableExecuteCommand: false,
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      ...(traffic === undefined ? {} : { healthCheckGracePeriod: Duration.seconds(spec.health.startSeconds) }),
      ...releaseSettings(spec.release),
      // All alarms in this one place: ECS keeps the first set it is given and drops later ones.
      ...(traffic === undefined
        ? {}
        : {
            deploymentAlarms: {
              alarmNames: [...traffic.releaseAlarmNames],
              behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM,
            },
          }),
      ...this.mesh(props),
    });
    if (traffic !== undefined) {
      const [blue] = traffic.groups;
      const target = service.loadBalancerTarget({
        containerName: 'app',
        containerPort: spec.port,
        ...(traffic.alternateTarget === undefined ? {} : { alternateTarget: traffic.alternateTarget }),
      });
      target.attachToApplicationTargetGroup(blue);
      service.node.addDependency(traffic.productionRule, ...traffic.releaseAlarms);
    }
    return service;
  }

  /** Service Connect: encrypted by TLS 1.3 from proxy to proxy, on a port of its own so that the balancer can bypass it. */
  private mesh({
    cluster,
    keys,
    name,
    platform,
  }: ServiceProps): Pick<ecs.FargateServiceProps, 'serviceConnectConfiguration'> {
    const called = callersOf(platform, name).length > 0;
    if (!called && this.spec.uses.calls.length === 0) return {};
    return {
      serviceConnectConfiguration: {
        namespace: cluster.namespace.namespaceArn,
        logDriver: ecs.LogDrivers.awsLogs({
          logGroup: this.logGroup,
          streamPrefix: 'mesh',
          mode: ecs.AwsLogDriverMode.NON_BLOCKING,
        }),
        services: called
          ? [
              {
                portMappingName: name,
                discoveryName: name,
                dnsName: name,
                port: callPort,
                ingressPortOverride: meshPort,
                perRequestTimeout: Duration.seconds(this.spec.timeoutSeconds),
                idleTimeout: Duration.seconds(Math.max(300, this.spec.timeoutSeconds)),
                tls: {
                  awsPcaAuthorityArn: cluster.certificateAuthority.arn,
                  kmsKey: keys.secrets,
                  role: cluster.meshRole,
                },
              },
            ]
          : [],
      },
    };
  }

  /** Messages that wait in the queues from which the service receives. */
  private backlog({ capabilities, name, platform }: ServiceProps): readonly Load[] {
    const urls = [
      ...this.spec.uses.receives.map((queue) => capabilities.queues[queue]?.values(name)['url']),
      ...workflowsOf(platform, name).map(
        (workflow) => capabilities.workflows[workflow]?.values(name)[`commands/${name}`],
      ),
    ];
    return urls.flatMap((url) =>
      url === undefined
        ? []
        : [
            {
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              statistic: 'Average' as const,
              dimensions: { QueueName: Fn.select(4, Fn.split('/', url)) },
            },
          ],
    );
  }
}

/** What a service is to the services that call it. */
export function calledService(name: string, securityGroup: ec2.ISecurityGroup) {
  return {
    values: () => ({ url: `http://${name}:${callPort}` }),
    secrets: {},
    reach: [{ id: 'Mesh', securityGroup, port: meshPort }],
    grant: () => undefined,
  };
}

function specOf(platform: Platform, name: string): Spec {
  const spec = platform.services[name];
  if (spec === undefined) throw new Error(`services.${name} must be declared, got nothing`);
  return spec;
}
