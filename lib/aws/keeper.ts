import { aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, Duration, Stack, Tags } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import {
  keeperCapacity,
  keeperCommand,
  keeperCount,
  keeperEnvironment,
  turnCheck,
  turnQuestions,
} from '../platform/keeper-process';
import type { Keeping } from '../platform/keeping';
import { named } from '../platform/named';
import { keeperWord, stagePrefix } from '../platform/names';
import type { Platform, SiteName } from '../platform/platform';
import { keeperUser } from '../platform/sql/roles';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import type { Reach } from './capability';
import { confinement } from './confinement';
import { Connection } from './connection';
import type { Database } from './database';
import { loginArn } from './database-login';
import { databasePort } from './database-settings';
import { fargateTask } from './fargate-task';
import { allowPull } from './image-pull';
import { keeperAlarms } from './keeper-alarms';
import { encryptedLogGroup } from './log-group';
import { openEgress } from './service-egress';
import { taskSize } from './service-settings';
import { TaskRoles } from './task-roles';

export interface KeeperProps {
  readonly platform: Platform;
  /** Site whose right to write is kept. */
  readonly siteName: SiteName;
  readonly keeping: Keeping;
  /** Databases of the site by name, among them all that are kept. */
  readonly databases: Readonly<Record<string, Pick<Database, 'securityGroup' | 'server'>>>;
  /** Where the image of the programs of recovery lies, and which one it is. */
  readonly image: { readonly repository: ecr.IRepository; readonly digest: string };
  readonly cluster: ecs.ICluster;
  readonly vpc: ec2.IVpc;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  readonly alarms: Alarms;
}

/**
 * Keeps the right of a site to write, beside its databases: two tasks of the same, in two zones, of which one alone is replaced at a
 * time. It may log in to the servers as one user, which may call a few functions there, and do nothing else in the account.
 */
export class Keeper extends Construct {
  public readonly roles: TaskRoles;
  public readonly logGroup: logs.LogGroup;
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly taskDefinition: ecs.FargateTaskDefinition;
  public readonly service: ecs.FargateService;

  public constructor(scope: Construct, id: string, props: KeeperProps) {
    super(scope, id);
    const { alarms, keeping, logDays, logsKey, platform } = props;
    this.roles = new TaskRoles(this, 'Roles', { prefix: stagePrefix(platform) });
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: logsKey, days: logDays });
    this.logGroup.grantWrite(this.roles.executionPolicy);
    allowPull(this.roles.executionPolicy, [props.image.repository]);
    const login = this.allowLogin(props);
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Keeps the right to write',
      allowAllOutbound: false,
    });
    const paths = this.openPaths(props);
    this.taskDefinition = this.createTask(props);
    this.service = this.run(props);
    // Tasks that start before their permissions and paths are there fail, and ECS counts that against the deployment.
    this.service.node.defaultChild?.node.addDependency(this.roles, login, paths);
    keeperAlarms(this, { alarms, databases: keeping.databases, logGroup: this.logGroup, service: this.service });
    Tags.of(this).add('data-class', 'internal');
  }

  private allowLogin({ databases, keeping }: KeeperProps): iam.ManagedPolicy {
    return new iam.ManagedPolicy(this, 'Login', {
      roles: [this.roles.taskRole],
      statements: [
        new iam.PolicyStatement({
          actions: ['rds-db:connect'],
          resources: keeping.databases.map((name) =>
            loginArn(this, named('databases', databases, name).server.resourceId, keeperUser),
          ),
        }),
      ],
    });
  }

  /** To the servers of its databases past their pools, to AWS, and to the latch, which the edge of the other site serves to everybody. */
  private openPaths({ databases, endpoints, keeping }: KeeperProps): Construct {
    const paths = new Construct(this, 'Paths');
    for (const name of keeping.databases) {
      new Connection(paths, pascalCase(name), {
        from: this.securityGroup,
        to: named('databases', databases, name).securityGroup,
        port: databasePort,
        description: `keeper to ${name}`,
      });
    }
    const { port } = new URL(keeping.latch);
    openEgress(paths, {
      service: keeperWord,
      securityGroup: this.securityGroup,
      region: Stack.of(this).region,
      endpoints,
      thirdParties: [{ port: Number(port || 443) }],
    });
    return paths;
  }

  private createTask({ databases, image, keeping, platform, siteName }: KeeperProps): ecs.FargateTaskDefinition {
    const size = taskSize(keeperCapacity);
    const { executionRole, taskRole } = this.roles;
    const task = fargateTask(this, 'Task', { size, taskRole, executionRole });
    const servers = Object.fromEntries(
      keeping.databases.map((name) => [
        name,
        { host: named('databases', databases, name).server.host, port: databasePort },
      ]),
    );
    task.addContainer(keeperWord, {
      ...confinement(task, { logGroup: this.logGroup, streamPrefix: keeperWord, memoryMiB: size.memoryLimitMiB }),
      image: ecs.ContainerImage.fromRegistry(image.repository.repositoryUriForDigest(image.digest)),
      command: [...keeperCommand(platform, siteName)],
      environment: { ...keeperEnvironment({ latch: keeping.latch, servers }) },
      healthCheck: {
        command: ['CMD', ...turnCheck],
        interval: Duration.seconds(turnQuestions.intervalSeconds),
        timeout: Duration.seconds(turnQuestions.timeoutSeconds),
        retries: turnQuestions.failures,
        startPeriod: Duration.seconds(turnQuestions.startSeconds),
      },
    });
    acknowledge(task, { 'AwsSolutions-ECS2': 'The environment holds names, addresses and times; it has no secret.' });
    return task;
  }

  private run({ cluster }: KeeperProps): ecs.FargateService {
    return new ecs.FargateService(this, 'Service', {
      cluster,
      taskDefinition: this.taskDefinition,
      desiredCount: keeperCount,
      vpcSubnets: { subnetGroupName: 'app' },
      securityGroups: [
        ec2.SecurityGroup.fromSecurityGroupId(this, 'Group', this.securityGroup.securityGroupId, { mutable: false }),
      ],
      assignPublicIp: false,
      platformVersion: ecs.FargatePlatformVersion.VERSION1_4,
      // No third one: each takes a connection of the few that its user has.
      minHealthyPercent: 50,
      maxHealthyPercent: 100,
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.DISABLED,
      circuitBreaker: { enable: true, rollback: true },
      enableExecuteCommand: false,
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
    });
  }
}
