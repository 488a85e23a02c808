import { Match, type Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { existsSync } from 'node:fs';
import { account, findings, region, staleAcknowledgements, templateOf } from '../support/aws';
import { buildDatabase, propertiesOf, resourcesOf, templateFor } from '../support/database';

const topologies = ['aurora', 'multi-az-cluster', 'multi-az-instance'] as const;

describe.each(topologies)('a database, %s', (topology) => {
  const isInstance = topology === 'multi-az-instance';
  const main = isInstance ? 'AWS::RDS::DBInstance' : 'AWS::RDS::DBCluster';
  const mainOf = (template: Template) =>
    propertiesOf(template, main).filter(({ SourceDBInstanceIdentifier }) => SourceDBInstanceIdentifier === undefined);

  test('is encrypted, protected, backed up, private, and lets services in by IAM', () => {
    expect(mainOf(templateFor(topology))).toEqual([
      expect.objectContaining({
        StorageEncrypted: true,
        KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        DeletionProtection: true,
        DeleteAutomatedBackups: false,
        BackupRetentionPeriod: 35,
        CopyTagsToSnapshot: true,
        EnableIAMDatabaseAuthentication: true,
        DatabaseInsightsMode: 'advanced',
        MonitoringInterval: 60,
        AutoMinorVersionUpgrade: true,
        PreferredBackupWindow: '15:00-15:30',
        PreferredMaintenanceWindow: 'sun:22:30-sun:23:30',
        EnableCloudwatchLogsExports: expect.arrayContaining(['postgresql']),
        EngineVersion: '17.9',
        MasterUsername: expect.anything(),
      }),
    ]);
    for (const instance of propertiesOf(templateFor(topology), 'AWS::RDS::DBInstance')) {
      expect(instance).toMatchObject({ PubliclyAccessible: false, CACertificateIdentifier: 'rds-ca-rsa2048-g1' });
    }
  });

  test('is measured by RDS in this account, and by RDS for no other', () => {
    templateFor(topology).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'monitoring.rds.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          },
        ],
      },
    });
  });

  test('stands in the data subnets, without a way out', () => {
    const template = templateFor(topology);
    expect(
      JSON.stringify(propertiesOf(template, 'AWS::RDS::DBSubnetGroup')[0]?.SubnetIds).match(/VpcdataSubnet/g),
    ).toHaveLength(3);
    for (const group of propertiesOf(template, 'AWS::EC2::SecurityGroup')) {
      expect(group.SecurityGroupIngress).toBeUndefined();
      if (group.GroupDescription !== 'Rotation of the database administrator password') {
        expect(group.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
      }
    }
  });

  test('keeps everything that holds data, and what it is found by', () => {
    const template = templateFor(topology);
    const kept = [
      'AWS::RDS::DBCluster',
      'AWS::RDS::DBInstance',
      'AWS::RDS::DBSubnetGroup',
      'AWS::RDS::DBClusterParameterGroup',
      'AWS::RDS::DBParameterGroup',
      'AWS::SecretsManager::Secret',
      'AWS::Logs::LogGroup',
    ].flatMap((type) => resourcesOf(template, type));
    expect(kept.length).toBeGreaterThan(4);
    for (const [id, resource] of kept) {
      expect([id, resource['DeletionPolicy'], resource['UpdateReplacePolicy']]).toEqual([id, 'Retain', 'Retain']);
    }
  });

  test('is entered through a pool that takes TLS and IAM alone', () => {
    const template = templateFor(topology);
    template.hasResourceProperties('AWS::RDS::DBProxy', {
      DBProxyName: 'retailflow-production-store',
      DefaultAuthScheme: 'IAM_AUTH',
      Auth: Match.absent(),
      RequireTLS: true,
      DebugLogging: false,
      EngineFamily: 'POSTGRESQL',
    });
    template.hasResourceProperties('AWS::RDS::DBProxyTargetGroup', {
      ConnectionPoolConfigurationInfo: {
        ConnectionBorrowTimeout: 30,
        MaxConnectionsPercent: 90,
        MaxIdleConnectionsPercent: 50,
      },
    });
  });

  test('is logged in to by its pool as services, and as nobody else', () => {
    const policies = propertiesOf(templateFor(topology), 'AWS::IAM::ManagedPolicy');
    expect(policies).toHaveLength(1);
    expect(policies[0]?.PolicyDocument.Statement).toEqual([
      {
        Action: 'rds-db:connect',
        Effect: 'Allow',
        Resource: {
          'Fn::Join': ['', [`arn:aws:rds-db:${region}:${account}:dbuser:`, expect.anything(), '/svc_*']],
        },
      },
    ]);
  });

  test('is reached by its pool alone, and by the rotation of its password', () => {
    const rules = propertiesOf(templateFor(topology), 'AWS::EC2::SecurityGroupIngress');
    expect(rules.map(({ Description }) => Description)).toEqual(
      isInstance ? ['rotation to the database', 'pool to the database'] : ['pool to the database'],
    );
    for (const { FromPort, ToPort } of rules) expect([FromPort, ToPort]).toEqual([5432, 5432]);
  });

  test('logs into groups that are encrypted, and kept as long as the stage says', () => {
    const groups = propertiesOf(templateFor(topology), 'AWS::Logs::LogGroup');
    expect(groups.map(({ LogGroupName }) => LogGroupName)).toEqual(
      expect.arrayContaining([
        `/aws/rds/${isInstance ? 'instance' : 'cluster'}/retailflow-production-store/postgresql`,
        '/aws/rds/proxy/retailflow-production-store',
      ]),
    );
    for (const group of groups) expect(group).toMatchObject({ RetentionInDays: 365, KmsKeyId: expect.anything() });
    for (const [, database] of resourcesOf(templateFor(topology), main)) {
      expect(database['DependsOn']).toEqual(expect.arrayContaining([expect.stringMatching(/^StoreLogsPostgresql/)]));
    }
  });

  test('calls somebody, with runbooks that exist', () => {
    const alarms = propertiesOf(templateFor(topology), 'AWS::CloudWatch::Alarm').filter(
      ({ AlarmDescription }) => !AlarmDescription.includes('backup.md'),
    );
    const runbooks = alarms.map(({ AlarmDescription }) => /Runbook: (\S+)$/.exec(AlarmDescription)?.[1] ?? '');
    expect([...new Set(runbooks)].sort()).toEqual([
      'docs/runbooks/database.md',
      'docs/runbooks/failover.md',
      'docs/runbooks/replication-slot.md',
    ]);
    expect(runbooks.map((file) => existsSync(file))).toEqual(runbooks.map(() => true));
    templateFor(topology).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.rds'],
        'detail-type': [isInstance ? 'RDS DB Instance Event' : 'RDS DB Cluster Event'],
        detail: {
          SourceIdentifier: Match.arrayWith(['retailflow-production-store']),
          EventCategories: ['failover', 'failure', 'low storage'],
        },
      },
    });
  });

  test('replicates only where there is a recovery site', () => {
    const type = isInstance ? 'AWS::RDS::DBParameterGroup' : 'AWS::RDS::DBClusterParameterGroup';
    const parameters = (template: Template) => propertiesOf(template, type)[0]?.Parameters;
    const alone = templateOf(buildDatabase(topology, { replicated: false }).stack);
    expect(parameters(templateFor(topology))['rds.logical_replication']).toBe('1');
    expect(parameters(alone)).not.toHaveProperty(['rds.logical_replication']);
    const slots = (template: Template) =>
      propertiesOf(template, 'AWS::CloudWatch::Alarm').filter(({ AlarmDescription }) =>
        AlarmDescription.includes('replication-slot.md'),
      );
    expect([slots(templateFor(topology)).length, slots(alone).length]).toEqual([2, 0]);
  });

  test('can be deleted where the stage is not protected, and is retained all the same', () => {
    const { stack, database } = buildDatabase(topology, { protected: false, replicated: false });
    const template = templateOf(stack);
    expect(mainOf(template)).toEqual([expect.objectContaining({ DeletionProtection: false })]);
    for (const [, resource] of resourcesOf(template, main)) expect(resource['DeletionPolicy']).toBe('Retain');
    expect(findings(database)).toEqual([]);
    expect(staleAcknowledgements(database)).toEqual([]);
  });

  test('lets a service log in as itself and as nobody else', () => {
    const { stack, database } = buildDatabase(topology);
    const policy = new iam.ManagedPolicy(stack, 'OrderPolicy');
    database.grant(policy, { service: 'order', kind: 'databases' });
    const [granted] = propertiesOf(templateOf(stack), 'AWS::IAM::ManagedPolicy').filter(({ PolicyDocument }) =>
      JSON.stringify(PolicyDocument).includes('svc_order'),
    );
    const [{ Action, Resource }, ...others] = granted?.PolicyDocument.Statement ?? [];
    expect([Action, others]).toEqual(['rds-db:connect', []]);
    const resources: readonly unknown[] = isInstance ? Resource : [Resource];
    expect(resources).toHaveLength(isInstance ? 2 : 1);
    for (const resource of resources) expect(JSON.stringify(resource)).toMatch(/dbuser:.*\/svc_order"/);
    expect(JSON.stringify(resources)).not.toContain('*');
  });

  test('tells a service where it is, and gives no secret', () => {
    const { stack, database } = buildDatabase(topology);
    const { host, port, readerHost, ...others } = database.values('order');
    expect([port, others, database.secrets]).toEqual(['5432', {}, {}]);
    expect(stack.resolve(host)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^StoreProxy/), 'Endpoint'] });
    expect(stack.resolve(readerHost)).toEqual(
      isInstance
        ? { 'Fn::GetAtt': [expect.stringMatching(/^StoreServerReplicasReplica/), 'Endpoint.Address'] }
        : { 'Fn::GetAtt': [expect.stringMatching(/^StoreProxyReader/), 'Endpoint'] },
    );
    expect(database.reach.map(({ id, port: open }) => [id, open])).toEqual(
      isInstance
        ? [
            ['Pool', 5432],
            ['Replicas', 5432],
          ]
        : [['Pool', 5432]],
    );
  });

  test('has no finding that is not explained, and no explanation without finding', () => {
    const { stack, database } = buildDatabase(topology);
    templateOf(stack);
    expect(findings(database)).toEqual([]);
    expect(staleAcknowledgements(database)).toEqual([]);
  });

  test('is tagged with the class of its data', () => {
    for (const { Tags } of mainOf(templateFor(topology))) {
      expect(Tags).toContainEqual({ Key: 'data-class', Value: 'confidential' });
    }
  });
});
