import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Use } from '../../lib/aws/capability';
import { Search } from '../../lib/aws/search';
import { openSearch } from '../../lib/platform/nouns/storage';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

function made(overrides: object = {}) {
  const stack = testStack();
  const { vpc, key, alarms } = surroundings(stack);
  const spec = openSearch.parse({ capacity: { vcpu: 2, memoryGiB: 16 }, ...overrides });
  const subject = new Search(stack, 'Products', {
    name: 'products',
    prefix: 'shop-production',
    spec,
    vpc,
    key,
    logsKey: key,
    alarms,
    logDays: 365,
  });
  return { stack, vpc, key, subject };
}

const type = 'AWS::OpenSearchService::Domain';
const domains = `arn:aws:es:${region}:${account}:domain/*`;

describe('Search', () => {
  const { stack, vpc, key, subject } = made();
  const template = templateOf(stack);
  const keyArn = stack.resolve(key.keyArn);
  const master = stack.resolve(subject.master.roleArn);

  test('stands in three zones with one in reserve, led by three masters', () => {
    template.hasResourceProperties(type, {
      ClusterConfig: {
        InstanceCount: 3,
        InstanceType: 'r7g.large.search',
        DedicatedMasterEnabled: true,
        DedicatedMasterCount: 3,
        DedicatedMasterType: 'm7g.large.search',
        MultiAZWithStandbyEnabled: true,
        ZoneAwarenessEnabled: true,
        ZoneAwarenessConfig: { AvailabilityZoneCount: 3 },
      },
      EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 100 },
    });
  });

  test('stands in the data subnets, behind a group of its own that opens nothing', () => {
    template.hasResourceProperties(type, {
      VPCOptions: {
        SubnetIds: vpc.isolatedSubnets.map(({ subnetId }) => stack.resolve(subnetId)),
        SecurityGroupIds: [stack.resolve(subject.securityGroup.securityGroupId)],
      },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Search domain products',
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
  });

  test('encrypts indices with the given key, and what goes between nodes', () => {
    template.hasResourceProperties(type, {
      EncryptionAtRestOptions: { Enabled: true, KmsKeyId: stack.resolve(key.keyId) },
      NodeToNodeEncryptionOptions: { Enabled: true },
    });
  });

  test('speaks HTTPS only, TLS 1.2 and newer, with forward secrecy', () => {
    template.hasResourceProperties(type, {
      DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
    });
  });

  test('knows no passwords and no anonymous users: its master is a role that only Lambda takes, for functions of the account', () => {
    template.hasResourceProperties(type, {
      AdvancedSecurityOptions: {
        Enabled: true,
        InternalUserDatabaseEnabled: false,
        AnonymousAuthEnabled: Match.absent(),
        MasterUserOptions: { MasterUserARN: master, MasterUserName: Match.absent() },
      },
    });
    const [logicalId] = master['Fn::GetAtt'];
    expect(template.findResources('AWS::IAM::Role')[logicalId]?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
    ]);
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test('lets in identities of the account alone', () => {
    template.hasResourceProperties(type, {
      AccessPolicies: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'es:ESHttp*',
            Principal: { AWS: `arn:aws:iam::${account}:root` },
            Resource: domains,
          },
        ],
      },
    });
  });

  test.each([
    ['SEARCH_SLOW_LOGS', 'slowSearch'],
    ['INDEX_SLOW_LOGS', 'slowIndex'],
    ['ES_APPLICATION_LOGS', 'application'],
    ['AUDIT_LOGS', 'audit'],
  ] as const)('writes %s to an encrypted log group', (log, group) => {
    const arn = stack.resolve(subject.logGroups[group].logGroupArn);
    template.hasResourceProperties(type, {
      LogPublishingOptions: { [log]: { Enabled: true, CloudWatchLogsLogGroupArn: arn } },
    });
    expect(template.findResources('AWS::Logs::LogGroup')[arn['Fn::GetAtt'][0]]).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { KmsKeyId: keyArn, RetentionInDays: 365 },
    });
  });

  test('may write to these log groups by one policy, which stands before the domain', () => {
    const [[id, policy] = []] = Object.entries(template.findResources('AWS::Logs::ResourcePolicy'));
    const parts: (string | { 'Fn::GetAtt': [string, string] })[] = policy?.Properties.PolicyDocument['Fn::Join'][1];
    const text = parts.map((part) => (typeof part === 'string' ? part : part['Fn::GetAtt'][0])).join('');
    const groups = Object.values(subject.logGroups).map((group) => stack.resolve(group.logGroupArn)['Fn::GetAtt'][0]);
    expect(JSON.parse(text).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Principal: { Service: 'es.amazonaws.com' },
        Resource: expect.arrayContaining(groups),
        Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': domains } },
      },
    ]);
    const [domain] = Object.values(template.findResources(type));
    expect(domain?.DependsOn).toContain(id);
    template.resourceCountIs('AWS::Logs::ResourcePolicy', 1);
    template.resourceCountIs('Custom::CloudwatchLogResourcePolicy', 0);
    template.resourceCountIs('Custom::OpenSearchAccessPolicy', 0);
  });

  test('stays when its stack goes or replaces it, and changes its version in place', () => {
    template.hasResource(type, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      UpdatePolicy: { EnableVersionUpgrade: true },
    });
  });

  test('takes new software by itself, at night', () => {
    template.hasResourceProperties(type, {
      EngineVersion: 'OpenSearch_3.7',
      SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: true },
      OffPeakWindowOptions: { Enabled: true, OffPeakWindow: { WindowStartTime: { Hours: 17, Minutes: 0 } } },
    });
  });

  test('bears its data class', () => {
    template.hasResourceProperties(type, { Tags: [{ Key: 'data-class', Value: 'internal' }] });
  });

  test('calls somebody, with an action and a runbook each', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    expect(alarms).toHaveLength(12);
    for (const { AlarmActions, AlarmDescription, Dimensions, Namespace } of alarms) {
      expect(AlarmActions).toHaveLength(1);
      expect(AlarmDescription).toContain('docs/runbooks/search.md');
      expect(Namespace).toBe('AWS/ES');
      expect(Dimensions).toEqual([
        { Name: 'ClientId', Value: account },
        { Name: 'DomainName', Value: stack.resolve(subject.domain.domainName) },
      ]);
    }
    expect(alarms.filter(({ ComparisonOperator }) => ComparisonOperator === 'LessThanThreshold')).toEqual([
      expect.objectContaining({ MetricName: 'FreeStorageSpace' }),
      expect.objectContaining({ MetricName: 'MasterReachableFromNode' }),
    ]);
  });

  test('is known to services by its URL, and is reached by HTTPS', () => {
    expect(subject.values()).toEqual({ url: `https://${subject.domain.domainEndpoint}` });
    expect(subject.secrets).toEqual({});
    expect(subject.reach).toEqual([{ id: 'Endpoint', securityGroup: subject.securityGroup, port: 443 }]);
  });

  test('has no finding', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });
});

test('a single node stands in one zone and leads itself, without a finding', () => {
  const { stack, vpc, subject } = made({ topology: 'single', nodes: 1 });
  templateOf(stack).hasResourceProperties(type, {
    ClusterConfig: {
      InstanceCount: 1,
      DedicatedMasterEnabled: false,
      MultiAZWithStandbyEnabled: false,
      ZoneAwarenessEnabled: false,
    },
    VPCOptions: { SubnetIds: [stack.resolve(vpc.isolatedSubnets[0]?.subnetId)] },
  });
  expect(findings(subject)).toEqual([]);
  expect(staleAcknowledgements(subject)).toEqual([]);
});

describe('Search.grant', () => {
  const granted = (use: Use) => {
    const { stack, subject } = made();
    const policy = new iam.ManagedPolicy(stack, 'Policy');
    subject.grant(policy, use);
    const template = templateOf(stack);
    const id = stack.getLogicalId(policy.node.defaultChild as iam.CfnManagedPolicy);
    return {
      policy,
      subject,
      statements: template.findResources('AWS::IAM::ManagedPolicy')[id]?.Properties.PolicyDocument.Statement,
    };
  };

  test('lets a service read and write in this domain, and not configure it', () => {
    const { subject, statements, policy } = granted({ service: 'catalog', kind: 'searches' });
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: ['es:ESHttpDelete', 'es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPatch', 'es:ESHttpPost', 'es:ESHttpPut'],
        Resource: { 'Fn::Join': ['', [Stack.of(subject).resolve(subject.domain.domainArn), '/*']] },
      },
    ]);
    expect(findings(policy)).toEqual([]);
  });

  test('fails when a domain is used as something else', () => {
    expect(() => granted({ service: 'catalog', kind: 'caches' })).toThrow(
      'Test/Products can be used for searches, got caches by catalog: name another part',
    );
  });
});
