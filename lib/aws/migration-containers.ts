import { aws_ecs as ecs } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Platform } from '../platform/platform';
import { confinement } from './confinement';
import type { Database } from './database';
import { pascalCase } from '../platform/ids';
import { platformCommand, platformContainer, platformEnvironment, refuseTooLarge } from './migration-settings';
import { rdsRoot } from '../platform/rds-roots';
import type { ServiceImage } from './service-image';
import { taskSize } from './service-settings';

/** What the containers of a migration are made from. */
export interface MigrationContainersInput {
  readonly platform: Platform;
  readonly service: string;
  readonly region: string;
  readonly databases: readonly Pick<Database, 'master' | 'name' | 'server'>[];
  readonly image: ServiceImage;
  /** What the platform's SQL is applied with. */
  readonly psql: ecs.ContainerImage;
  readonly received: { readonly environment: Record<string, string>; readonly secrets: Record<string, ecs.Secret> };
  readonly logGroup: logs.ILogGroup;
}

/** What the log streams of migrations begin with. */
export const migrationStreams = 'migration';

/** Size of a migration's task: the service's own, in which its image is known to run. */
export function migrationSize(platform: Platform, service: string): ReturnType<typeof taskSize> {
  const spec = platform.services[service];
  if (spec === undefined) throw new Error(`services.${service} must be declared, got nothing`);
  return taskSize(spec.capacity);
}

/**
 * The platform's SQL for one database after the other, then the service's own migration. Each begins only if the one
 * before succeeded, and the task stands and falls with the last.
 */
export function addMigrationContainers(task: ecs.FargateTaskDefinition, input: MigrationContainersInput): void {
  const { logGroup, platform, service } = input;
  const { memoryLimitMiB: memoryMiB } = migrationSize(platform, service);
  const steps = [...platformSteps(input), ...ownStep(input)];
  const containers = steps.map(({ name, ...step }, index) =>
    task.addContainer(name, {
      ...confinement(new Construct(task, pascalCase(name)), { logGroup, streamPrefix: migrationStreams, memoryMiB }),
      ...step,
      essential: index === steps.length - 1,
    }),
  );
  containers.reduce((before, container) => {
    container.addContainerDependencies({ container: before, condition: ecs.ContainerDependencyCondition.SUCCESS });
    return container;
  });
}

type Step = ecs.ContainerDefinitionOptions & { readonly name: string };

function platformSteps({ databases, platform, psql, region, service }: MigrationContainersInput): readonly Step[] {
  const root = rdsRoot(region);
  const steps = databases.map(({ master, name, server }) => ({
    name: platformContainer(name),
    image: psql,
    entryPoint: platformCommand.slice(0, 1),
    command: platformCommand.slice(1),
    environment: platformEnvironment({
      platform,
      service,
      database: name,
      host: server.host,
      user: master.user,
      root,
    }),
    secrets: { PGPASSWORD: master.password },
  }));
  refuseTooLarge(
    service,
    steps.map(({ environment }) => environment),
  );
  return steps;
}

/** Whether the service has a migration of its own, and an image of its own to run it from. */
export const migratesItself = ({
  image,
  platform,
  service,
}: Pick<MigrationContainersInput, 'image' | 'platform' | 'service'>): boolean =>
  platform.services[service]?.migration !== undefined && image.released;

/** The service's own migration, if it has one. */
function ownStep(input: MigrationContainersInput): readonly Step[] {
  const { image, platform, received, service } = input;
  const { migration } = platform.services[service] ?? {};
  if (migration === undefined || !migratesItself(input)) return [];
  return [
    {
      name: 'service',
      image: image.image,
      command: [...migration.command],
      environment: received.environment,
      secrets: received.secrets,
    },
  ];
}
