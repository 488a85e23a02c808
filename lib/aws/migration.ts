import { aws_ec2 as ec2, aws_iam as iam, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import { stagePrefix } from '../platform/names';
import type { Platform } from '../platform/platform';
import { acknowledge } from './acknowledge';
import { Connection } from './connection';
import { copiedImage } from './copied-image';
import type { Database } from './database';
import { databasePort } from './database-settings';
import { ecsTaskRole, taskRolePath } from './ecs-role';
import { fargateTask } from './fargate-task';
import { pascalCase } from '../platform/ids';
import { allowPull } from './image-pull';
import type { MigrationRunner } from './migration-runner';
import { addMigrationContainers, migratesItself, migrationSize, migrationStreams } from './migration-containers';
import type { Scope } from './scope';
import { markGroup } from './scope-marks';
import { servicesSubnets } from './service-settings';
import { migrationFamily, migrationMinutes } from './migration-settings';
import type { ServiceImage } from './service-image';

export interface MigrationProps {
  readonly platform: Platform;
  /** Name of the service. */
  readonly service: string;
  /** The databases that it uses, at least one. */
  readonly databases: readonly Database[];
  readonly runner: MigrationRunner;
  readonly vpc: ec2.IVpc;
  /** The service's own group, which reaches what the service uses. */
  readonly securityGroup: ec2.ISecurityGroup;
  /** What the service runs. What stands in until its first release has no migration of the service's own. */
  readonly image: ServiceImage;
  /** What the service's process may do; made by `ecsTaskRole`. */
  readonly taskRole: iam.Role;
  /** What the contract gives the service. */
  readonly received: { readonly environment: Record<string, string>; readonly secrets: Record<string, ecs.Secret> };
  /** Lets ECS read and decrypt the secrets that the service receives. */
  readonly readSecrets: (grantee: iam.IGrantable) => void;
  readonly logGroup: logs.ILogGroup;
  /** What is judged apart, and the service with it. @default - nothing */
  readonly scope?: Scope | undefined;
  /** Permissions and paths that must be in place before it runs. */
  readonly after: readonly IDependable[];
}

/**
 * Brings the databases of a service up to date before its release: a task of one container a database for the platform's
 * SQL, as the administrator and past the pool, and then the service's own migration, as the service. It runs when the SQL,
 * the image, the command or what they are given changes, and not otherwise; what must wait for it depends on it.
 *
 * It has an execution role of its own, so that nothing else can be given the administrator's password.
 */
export class Migration extends Construct {
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly executionRole: iam.Role;
  public readonly executionPolicy: iam.ManagedPolicy;
  public readonly taskDefinition: ecs.FargateTaskDefinition;
  public readonly run: CustomResource;

  public constructor(scope: Construct, id: string, props: MigrationProps) {
    super(scope, id);
    const prefix = stagePrefix(props.platform);
    if (props.databases.length === 0)
      throw new Error(`${this.node.path} must have a database to bring up to date, got none`);
    requirePath(props.taskRole, prefix);
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: `Migrations of the service ${props.service}`,
      allowAllOutbound: false,
    });
    if (props.scope !== undefined) markGroup(this.securityGroup, `migrations of ${props.service}`, []);
    const paths = this.openPaths(props);
    this.executionRole = ecsTaskRole(this, 'ExecutionRole', prefix, props.scope?.boundary);
    const psql = copiedImage(this, 'Psql', props.platform, 'postgres');
    this.executionPolicy = this.allowStart(props, psql.repository);
    this.taskDefinition = this.createTask(props, prefix);
    addMigrationContainers(this.taskDefinition, { ...props, psql: psql.image, region: Stack.of(this).region });
    this.run = this.runOnce(props);
    this.run.node.addDependency(this.executionPolicy, this.securityGroup, paths, ...props.after);
  }

  /** Past the pool to the servers; the service's own group reaches AWS. */
  private openPaths({ databases, service }: MigrationProps): Construct {
    const paths = new Construct(this, 'Paths');
    for (const { name, securityGroup } of databases) {
      new Connection(paths, pascalCase(name), {
        from: this.securityGroup,
        to: securityGroup,
        port: databasePort,
        description: `migrations of ${service} to ${name}`,
      });
    }
    return paths;
  }

  /** What ECS needs to start the task: images, logs, the administrator's password, the service's own secrets. */
  private allowStart(props: MigrationProps, psql: ecr.IRepository): iam.ManagedPolicy {
    const { databases, image, logGroup } = props;
    const policy = new iam.ManagedPolicy(this, 'ExecutionPolicy', { roles: [this.executionRole] });
    logGroup.grantWrite(policy);
    for (const { master } of databases) master.grant(policy);
    if (migratesItself(props)) props.readSecrets(policy);
    allowPull(policy, [psql, ...(migratesItself(props) ? [image.repository] : [])]);
    return policy;
  }

  private createTask({ platform, service, taskRole }: MigrationProps, prefix: string): ecs.FargateTaskDefinition {
    const task = fargateTask(this, 'Task', {
      family: migrationFamily(prefix, service),
      size: migrationSize(platform, service),
      taskRole,
      executionRole: this.executionRole,
    });
    acknowledge(task, {
      'AwsSolutions-ECS2': 'The environment holds names, addresses and the SQL for review; secrets are injected.',
    });
    return task;
  }

  private runOnce(props: MigrationProps): CustomResource {
    const { logGroup, platform, runner, scope, securityGroup, service, vpc } = props;
    const minutes = migrationMinutes(platform, service);
    return new CustomResource(this, 'Run', {
      resourceType: 'Custom::Migration',
      serviceToken: runner.serviceToken,
      serviceTimeout: Duration.minutes(minutes + answerMinutes),
      properties: {
        Cluster: runner.cluster.clusterArn,
        // Its revision is new whenever anything of the task is.
        TaskDefinition: this.taskDefinition.taskDefinitionArn,
        Subnets: vpc.selectSubnets(servicesSubnets(scope)).subnetIds,
        SecurityGroups: [securityGroup.securityGroupId, this.securityGroup.securityGroupId],
        TimeoutMinutes: minutes,
        LogGroup: logGroup.logGroupName,
        LogStreamPrefix: migrationStreams,
      },
    });
  }
}

/** Time that the runner has besides the task's own, in minutes; CloudFormation waits no longer for its answer. */
const answerMinutes = 3;

function requirePath({ node }: iam.Role, prefix: string): void {
  const path = (node.defaultChild as iam.CfnRole).path;
  if (path === taskRolePath(prefix)) return;
  throw new Error(
    `${node.path} must have the path ${taskRolePath(prefix)}, got ${path ?? 'none'}: make it with ecsTaskRole, or nobody may start tasks as it`,
  );
}
