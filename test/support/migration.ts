import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import allocations from '../../allocations/retailflow.json';
import { copiedImage } from '../../lib/aws/copied-image';
import { Database } from '../../lib/aws/database';
import { ecsTaskRole } from '../../lib/aws/ecs-role';
import { encryptedLogGroup } from '../../lib/aws/log-group';
import { Migration } from '../../lib/aws/migration';
import { MigrationRunner } from '../../lib/aws/migration-runner';
import { ExternalSecret } from '../../lib/aws/secret';
import { serviceImage } from '../../lib/aws/service-image';
import { postgres } from '../../lib/platform/nouns/database';
import type { Platform } from '../../lib/platform/platform';
import { resolve } from '../../lib/platform/resolve';
import retailflow from '../../platforms/retailflow';
import { account, region, surroundings, testStack } from './aws';

/** RetailFlow's production. */
export const production = resolve(retailflow, { stage: 'production', allocations });
export const prefix = 'retailflow-production';
const digest = `sha256:${'a'.repeat(64)}`;

export interface MigrationInput {
  readonly platform?: Platform;
  readonly databases?: readonly string[];
  readonly released?: boolean | string;
  readonly variable?: string;
}

/** A service's migration in a stack of its own, as a platform has it. */
export function buildMigration({
  platform = production,
  databases = ['store'],
  released = true,
  variable = 'x',
}: MigrationInput = {}) {
  const base = testStack('Base');
  const { alarms, key, vpc } = surroundings(base);
  const parts = databases.map(
    (name) =>
      new Database(base, name, {
        name,
        prefix,
        spec: postgres.parse({ engine: 'postgres', capacity: { vcpu: 4, memoryGiB: 32 } }),
        vpc,
        key,
        logsKey: key,
        secretsKey: key,
        alarms,
        protected: true,
        logDays: 365,
        replicated: true,
        endpoints: [],
      }),
  );
  const runner = new MigrationRunner(base, 'MigrationRunner', {
    prefix,
    cluster: new ecs.Cluster(base, 'Cluster', { vpc }),
    logsKey: key,
    messagingKey: key,
    logDays: 365,
    alarms,
  });
  const repository = new ecr.Repository(base, 'Repository');
  const listening = { port: 8080, health: { livePath: '/live', readyPath: '/ready', startSeconds: 60 } };
  const serviceGroup = new ec2.SecurityGroup(base, 'OrderService', { vpc, allowAllOutbound: false });

  const stack = new Stack(base.node.root, 'Order', { env: { account, region } });
  const bootstrap = copiedImage(stack, 'Bootstrap', platform, 'busybox');
  const image = serviceImage(
    released === false
      ? { kind: 'bootstrap' }
      : { kind: 'release', digest: typeof released === 'string' ? released : digest },
    listening,
    repository,
    bootstrap,
  );
  const taskRole = ecsTaskRole(stack, 'TaskRole', prefix);
  const taskPolicy = new iam.ManagedPolicy(stack, 'TaskPolicy', {
    roles: [taskRole],
    statements: [new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:::orders'] })],
  });
  const provider = new ExternalSecret(base, 'Provider', {
    name: 'shop-production/shipping-provider',
    spec: { description: 'API key of the shipping provider', fields: ['apiKey'], replicated: true },
    key,
  });
  const migration = new Migration(stack, 'Migration', {
    platform,
    service: 'order',
    databases: parts,
    runner,
    vpc,
    securityGroup: serviceGroup,
    image,
    taskRole,
    received: {
      environment: { DATABASE_STORE_USER: 'svc_order', VARIABLE: variable },
      secrets: {
        SECRET_SHIPPING_PROVIDER_API_KEY: provider.secrets['apiKey'] as ecs.Secret,
      },
    },
    readSecrets: (grantee) => provider.grant(grantee, { service: 'order', kind: 'secrets' }),
    logGroup: encryptedLogGroup(stack, 'Logs', { key, days: 365 }),
    after: [taskPolicy],
  });
  return { base, stack, migration, runner };
}
