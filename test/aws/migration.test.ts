import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Migration } from '../../lib/aws/migration';
import { platformCommand } from '../../lib/aws/migration-settings';
import { rdsRoot } from '../../lib/platform/rds-roots';
import type { Platform } from '../../lib/platform/platform';
import { databaseSql } from '../../lib/platform/sql/database';
import { migrationScript } from '../../lib/platform/sql/runner';
import { serviceSql } from '../../lib/platform/sql/service';
import { findings, region, staleAcknowledgements, testStack } from '../support/aws';
import { copyInTemplate } from '../support/copied-image';
import { buildMigration, prefix, production, type MigrationInput } from '../support/migration';

const template = (input?: MigrationInput) => Template.fromStack(buildMigration(input).stack);
type Container = Record<string, unknown> & {
  readonly Name: string;
  readonly Environment?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Secrets?: readonly { readonly Name: string; readonly ValueFrom: unknown }[];
};
const taskOf = (from: Template) => Object.values(from.findResources('AWS::ECS::TaskDefinition'))[0]?.['Properties'];
const containersOf = (from: Template): readonly Container[] => taskOf(from).ContainerDefinitions;
const environmentOf = (container: Container | undefined) =>
  Object.fromEntries((container?.Environment ?? []).map(({ Name, Value }) => [Name, Value]));

const released = template();

describe('Migration', () => {
  test('applies the SQL of the platform first, then lets the service migrate as itself', () => {
    const [platformSql, service, ...others] = containersOf(released);
    expect(others).toEqual([]);
    expect(platformSql).toMatchObject({
      Name: 'platform-store',
      Image: copyInTemplate(prefix, 'postgres'),
      EntryPoint: ['sh'],
      Command: platformCommand.slice(1),
      Essential: false,
      User: '1000:1000',
      ReadonlyRootFilesystem: true,
      Secrets: [{ Name: 'PGPASSWORD', ValueFrom: expect.anything() }],
    });
    expect(platformSql?.['DependsOn']).toBeUndefined();
    expect(service).toMatchObject({
      Name: 'service',
      Command: ['node', 'dist/migrate.js'],
      Essential: true,
      User: '1000:1000',
      ReadonlyRootFilesystem: true,
      DependsOn: [{ ContainerName: 'platform-store', Condition: 'SUCCESS' }],
      Secrets: [{ Name: 'SECRET_SHIPPING_PROVIDER_API_KEY', ValueFrom: expect.anything() }],
    });
    expect(environmentOf(service)).toEqual({ DATABASE_STORE_USER: 'svc_order', VARIABLE: 'x' });
  });

  test('connects as the administrator to the proved server itself', () => {
    expect(environmentOf(containersOf(released)[0])).toEqual({
      DATABASE_ROOT: rdsRoot(region),
      DATABASE_SQL: migrationScript([
        ...databaseSql(production, 'store'),
        ...serviceSql(production, 'store', 'order', 'aws'),
      ]),
      PGAPPNAME: 'mainstay-migration',
      PGCONNECT_TIMEOUT: '15',
      PGDATABASE: 'store',
      PGHOST: { 'Fn::GetStackOutput': expect.anything() },
      PGPORT: '5432',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/tmp/root.pem',
      PGUSER: 'mainstay',
    });
  });

  test('until the first release, applies the SQL of the platform alone', () => {
    expect(containersOf(template({ released: false })).map(({ Essential, Name }) => [Name, Essential])).toEqual([
      ['platform-store', true],
    ]);
  });

  test('goes through the databases of a service one after the other', () => {
    const { order, ...others } = production.services;
    const { store } = production.databases;
    if (order === undefined || store === undefined) throw new Error('no order or store');
    const platform: Platform = {
      ...production,
      databases: { ledger: store, store },
      services: { ...others, order: { ...order, uses: { ...order.uses, databases: ['ledger', 'store'] } } },
    };
    const containers = containersOf(template({ platform, databases: ['ledger', 'store'] }));
    expect(containers.map(({ DependsOn = [], Essential, Name }) => [Name, Essential, DependsOn])).toEqual([
      ['platform-ledger', false, []],
      ['platform-store', false, [{ ContainerName: 'platform-ledger', Condition: 'SUCCESS' }]],
      ['service', true, [{ ContainerName: 'platform-store', Condition: 'SUCCESS' }]],
    ]);
  });

  test('runs before what depends on it, after its permissions and paths, with time to answer', () => {
    const [run] = Object.values(released.findResources('Custom::Migration'));
    expect(run?.['Properties']).toEqual({
      ServiceToken: { 'Fn::GetStackOutput': expect.anything() },
      ServiceTimeout: String(13 * 60),
      Cluster: { 'Fn::GetStackOutput': expect.anything() },
      TaskDefinition: { Ref: expect.stringMatching(/^MigrationTask/) },
      Subnets: [1, 2, 3].map(() => ({ 'Fn::GetStackOutput': expect.anything() })),
      SecurityGroups: [
        { 'Fn::GetStackOutput': expect.anything() },
        { 'Fn::GetAtt': [expect.stringMatching(/^MigrationSecurityGroup/), 'GroupId'] },
      ],
      TimeoutMinutes: 10,
      LogGroup: { Ref: expect.stringMatching(/^Logs/) },
      LogStreamPrefix: 'migration',
    });
    expect(run?.['DependsOn']).toEqual(
      [
        /^MigrationExecutionPolicy/,
        /^MigrationPathsStoreEgress/,
        /^MigrationPathsStoreIngress/,
        /^MigrationSecurityGroup/,
        /^TaskPolicy/,
      ].map((id) => expect.stringMatching(id)),
    );
  });

  test.each<[string, MigrationInput]>([
    ['the image', { released: `sha256:${'b'.repeat(64)}` }],
    ['a variable', { variable: 'y' }],
    ['the command', { platform: withMigration({ command: ['node', 'dist/other.js'] }) }],
    ['the SQL', { platform: { ...production, eventStores: {} } }],
  ])('runs again when %s changes, since its task does', (_, change) => {
    expect(containersOf(template(change))).not.toEqual(containersOf(released));
  });

  test('does not run again when nothing of it changes', () => {
    expect(template().toJSON()).toEqual(released.toJSON());
  });

  test('reaches the servers past the pool, from a group that nothing else has', () => {
    released.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      Description: 'migrations of order to store',
      FromPort: 5432,
      ToPort: 5432,
    });
    released.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    released.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
    released.allResourcesProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32', FromPort: 252 })],
    });
  });

  test('gives the password of the administrator to its own execution role alone', () => {
    const policies = Object.entries(released.findResources('AWS::IAM::ManagedPolicy')).filter(([, policy]) =>
      JSON.stringify(policy).includes('secretsmanager:GetSecretValue'),
    );
    expect(policies.map(([id]) => id)).toEqual([expect.stringMatching(/^MigrationExecutionPolicy/)]);
    const [, policy] = policies[0] ?? [];
    expect(policy?.['Properties'].Roles).toEqual([{ Ref: expect.stringMatching(/^MigrationExecutionRole/) }]);
  });

  const secretsOf = (made: Template, action: string) =>
    Object.values(made.findResources('AWS::IAM::ManagedPolicy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as readonly Record<string, unknown>[])
      .filter(({ Action }) => [Action].flat().includes(action))
      .flatMap(({ Condition, Resource }) =>
        action === 'kms:Decrypt'
          ? [
              (Condition as Record<string, Record<string, unknown>>)['StringEquals']?.[
                'kms:EncryptionContext:SecretARN'
              ],
            ]
          : [Resource],
      )
      .flat();

  test('may decrypt every secret that it may read: the password, and those of the service after its first release', () => {
    expect(secretsOf(released, 'secretsmanager:GetSecretValue')).toHaveLength(2);
    expect(secretsOf(released, 'kms:Decrypt')).toEqual(secretsOf(released, 'secretsmanager:GetSecretValue'));
    expect(secretsOf(template({ released: false }), 'secretsmanager:GetSecretValue')).toHaveLength(1);
  });

  test('has roles that the runner may hand to tasks', () => {
    const roles = Object.values(released.findResources('AWS::IAM::Role'));
    expect(roles.map(({ Properties }) => Properties.Path)).toEqual(roles.map(() => `/${prefix}/tasks/`));
    expect(taskOf(released).Family).toBe(`${prefix}-order-migration`);
  });

  test('fails when the role of the service lies elsewhere', () => {
    const stack = testStack();
    const role = new iam.Role(stack, 'Elsewhere', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    expect(
      () => new Migration(stack, 'Migration', { platform: production, databases: [{}], taskRole: role } as never),
    ).toThrow(`Test/Elsewhere must have the path /${prefix}/tasks/, got none: make it with ecsTaskRole`);
  });

  test('fails when there is no database', () => {
    expect(() => buildMigration({ databases: [] })).toThrow(
      'Order/Migration must have a database to bring up to date, got none',
    );
  });

  test('has no finding that is not explained, and no explanation without finding', () => {
    const { migration, stack } = buildMigration();
    Template.fromStack(stack);
    expect(findings(migration)).toEqual([]);
    expect(staleAcknowledgements(migration)).toEqual([]);
  });
});

function withMigration(migration: { readonly command: readonly string[] }): Platform {
  const { order } = production.services;
  if (order?.migration === undefined) throw new Error('no migration');
  return {
    ...production,
    services: { ...production.services, order: { ...order, migration: { ...order.migration, ...migration } } },
  };
}
