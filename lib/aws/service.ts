import { aws_ec2 as ec2, aws_ecs as ecs, Duration, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { thirdPartiesOf } from '../platform/messages';
import { serviceContainer, stagePrefix } from '../platform/names';
import type { Service as Spec } from '../platform/nouns/service';
import type { Platform, SiteName } from '../platform/platform';
import type { Alarms } from './alarms';
import type { Balancer } from './balancer';
import type { Capabilities, Reach } from './capability';
import type { Cluster } from './cluster';
import { grantCollecting, type Collecting } from './collector';
import { Connection } from './connection';
import type { CopiedImage } from './copied-image';
import type { Database } from './database';
import { allowPull } from './image-pull';
import { encryptedLogGroup } from './log-group';
import { Migration } from './migration';
import type { MigrationRunner } from './migration-runner';
import { OpenSockets } from './open-sockets';
import { releaseSettings } from './release-settings';
import { serviceAlarms } from './service-alarms';
import { openEgress } from './service-egress';
import type { ServiceImage } from './service-image';
import { meshOf } from './service-mesh';
import type { Scope } from './scope';
import { inScope } from './scope-marks';
import { graceSeconds, servicesSubnets } from './service-settings';
import { serviceTask } from './service-task';
import { emptiedQueues, openUses, readSecrets, receivedBy, usedParts, type Received } from './service-uses';
import { TaskRoles } from './task-roles';
import { TaskScaling, type TaskScalingProps } from './task-scaling';
import { Traffic } from './traffic';

export { calledService } from './service-mesh';

/** A service of the platform, and everything that it stands on. */
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
  readonly keys: { readonly logs: kms.IKey };
  readonly alarms: Alarms;
  /** What is judged apart, and the service with it: its keys, its archive, its bound. @default - nothing */
  readonly scope?: Scope | undefined;
  /** What takes its figures and traces. @default - nothing */
  readonly collecting?: (Collecting & Pick<CopiedImage, 'repository'>) | undefined;
  /** The databases that it uses, and what brings them up to date; absent for a service without databases. */
  readonly migrates?: { readonly databases: readonly Database[]; readonly runner: MigrationRunner };
}

/** A service on ECS: tasks on Fargate, the paths to what it uses and no others, releases that take themselves back. */
export class Service extends Construct {
  public readonly roles: TaskRoles;
  public readonly logGroup: logs.LogGroup;
  public readonly received: Received;
  public readonly taskDefinition: ecs.FargateTaskDefinition;
  public readonly traffic: Traffic | undefined;
  public readonly service: ecs.FargateService;
  public readonly scaling: TaskScaling;
  public readonly migration: Migration | undefined;
  private readonly spec: Spec;
  /** Holds every rule of the network that the tasks need. */
  private readonly paths: Construct;

  public constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    const { alarms, capabilities, image, name, platform, scope: apart, site } = props;
    const keys = apart?.keys ?? props.keys;
    this.spec = specOf(platform, name);
    this.paths = new Construct(this, 'Paths');

    this.roles = new TaskRoles(this, 'Roles', { prefix: stagePrefix(platform), boundary: apart?.boundary });
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: keys.logs, days: platform.stage.logDays });
    apart?.archive.keep(this, 'Archived', this.logGroup);
    this.logGroup.grantWrite(this.roles.executionPolicy);
    this.received = receivedBy(platform, site, name, capabilities);
    this.openPaths(props);
    const { collecting } = props;
    allowPull(this.roles.executionPolicy, [
      image.repository,
      ...(collecting === undefined ? [] : [collecting.repository]),
    ]);
    this.taskDefinition = serviceTask(this, 'Task', {
      name,
      spec: this.spec,
      image: image.image,
      command: image.command,
      roles: this.roles,
      logGroup: this.logGroup,
      received: this.received,
      collecting,
    });
    this.traffic = this.spec.routes.length > 0 ? this.receiveTraffic(props) : undefined;
    this.migration = this.migrate(props);
    this.service = this.run(props);
    const groups = this.traffic?.dimensions ?? [];
    this.scaling = new TaskScaling(this, 'Scaling', {
      service: this.service,
      scale: this.spec.scale,
      groups,
      queues: emptiedQueues(platform, name, capabilities),
      sockets: this.countSockets(props),
    });
    serviceAlarms(this, {
      name,
      scale: this.spec.scale,
      service: this.service,
      groups,
      alarms,
      promise: promiseOf(this.spec),
      steadyCpuPercent: platform.goals.steadyCpuPercent,
    });
    Tags.of(this).add('data-class', this.spec.dataClass);
    if (this.spec.team !== undefined) Tags.of(this).add('team', this.spec.team);
    inScope(this, apart?.name);
  }

  private openPaths({
    capabilities,
    collecting,
    endpoints,
    name,
    platform,
    region,
    securityGroup,
    site,
  }: ServiceProps) {
    const process = this.roles.processPolicy(`${stagePrefix(platform)}/${name}`);
    if (collecting !== undefined) grantCollecting(process, this, collecting);
    openUses(this.paths, {
      uses: usedParts(platform, site, name),
      capabilities,
      securityGroup,
      taskPolicy: process,
      executionPolicy: this.roles.executionPolicy,
    });
    openEgress(this.paths, {
      service: name,
      securityGroup,
      region,
      endpoints,
      thirdParties: thirdPartiesOf(platform, this.spec.uses),
    });
  }

  private countSockets({ alarms, name, platform }: ServiceProps): TaskScalingProps['sockets'] {
    const { sockets: spec } = this.spec;
    if (spec === undefined) return undefined;
    const { logGroup } = this;
    const { load } = new OpenSockets(this, 'OpenSockets', {
      name,
      prefix: stagePrefix(platform),
      spec,
      logGroup,
      alarms,
    });
    return { perTask: spec.perTask, load };
  }

  /** Before the release, and the release waits for it. */
  private migrate(props: ServiceProps): Migration | undefined {
    const { capabilities, image, migrates, name, platform, scope, securityGroup, site, vpc } = props;
    if (migrates === undefined || migrates.databases.length === 0) return undefined;
    return new Migration(this, 'Migration', {
      ...migrates,
      scope,
      platform,
      service: name,
      vpc,
      securityGroup,
      image,
      taskRole: this.roles.taskRole,
      received: this.received,
      readSecrets: (grantee) => readSecrets(usedParts(platform, site, name), capabilities, grantee),
      logGroup: this.logGroup,
      after: [this.paths, this.roles],
    });
  }

  private receiveTraffic({ alarms, balancer, cluster, name, platform, securityGroup, vpc }: ServiceProps): Traffic {
    const priority = platform.allocations.listenerPriorities[name];
    if (priority === undefined) throw new Error(`services.${name} has no listener priority in the allocation lock`);
    new Connection(this.paths, 'FromBalancer', {
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

  private run({ cluster, name, platform, scope, securityGroup }: ServiceProps): ecs.FargateService {
    const mesh = meshOf({ name, platform, cluster, logGroup: this.logGroup });
    const service = new ecs.FargateService(this, 'Service', {
      cluster: cluster.cluster,
      taskDefinition: this.taskDefinition,
      vpcSubnets: servicesSubnets(scope),
      securityGroups: [
        ec2.SecurityGroup.fromSecurityGroupId(this, 'Group', securityGroup.securityGroupId, { mutable: false }),
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
      ...releaseSettings(this.spec.release),
      ...(mesh === undefined ? {} : { serviceConnectConfiguration: mesh }),
      ...this.guarded(),
    });
    if (this.traffic !== undefined) this.attach(service, this.traffic);
    this.startLast(service);
    return service;
  }

  /** What a service with traffic adds: time to start before it is judged, and the alarms that take a release back. */
  private guarded(): Pick<ecs.FargateServiceProps, 'healthCheckGracePeriod' | 'deploymentAlarms'> {
    if (this.traffic === undefined) return {};
    return {
      healthCheckGracePeriod: Duration.seconds(graceSeconds(this.spec.health)),
      // All in this one place: CDK keeps the first set of names that it is given and drops later ones.
      deploymentAlarms: {
        alarmNames: [...this.traffic.releaseAlarmNames],
        behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM,
      },
    };
  }

  private attach(service: ecs.FargateService, traffic: Traffic): void {
    service
      .loadBalancerTarget({
        containerName: serviceContainer,
        containerPort: this.spec.port,
        ...(traffic.alternateTarget === undefined ? {} : { alternateTarget: traffic.alternateTarget }),
      })
      .attachToApplicationTargetGroup(traffic.groups[0]);
  }

  /**
   * Tasks that start before their permissions and paths are there fail, and ECS counts that against the release; alarms
   * that are not there yet cannot take it back; and a new version expects its database to be up to date.
   */
  private startLast(service: ecs.FargateService): void {
    const { migration, paths, roles, traffic } = this;
    const guards = traffic === undefined ? [] : [traffic.productionRule, ...traffic.releaseAlarms];
    const migrated = migration === undefined ? [] : [migration.run];
    service.node.defaultChild?.node.addDependency(roles, paths, ...guards, ...migrated);
  }
}

/** In which time its tasks are to serve, if that is promised. */
function promiseOf({ health: { servesWithinSeconds }, scale: { growsWithinSeconds } }: Spec) {
  return servesWithinSeconds === undefined ? undefined : { servesWithinSeconds, growsWithinSeconds };
}

function specOf(platform: Platform, name: string): Spec {
  const spec = platform.services[name];
  if (spec === undefined) throw new Error(`services.${name} must be declared, got nothing`);
  return spec;
}
