import { reviewAssembly } from '../../../lib/review/aws/review';
import { newDirectory, writeAssembly } from './fixtures';

const lock = {
  'shop-production': [
    {
      stack: 'shop-production/Stack',
      logicalId: 'Queue',
      type: 'AWS::SQS::Queue',
      path: 'shop-production/Stack/Queue',
    },
  ],
};
const QUEUE = { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

/** One fault for each rule that judges a resource by itself. */
const FAULTY = {
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { TreatMissingData: 'missing' } },
  Cache: {
    Type: 'AWS::ElastiCache::ServerlessCache',
    Properties: { Engine: 'redsi' },
    ...{ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      DBClusterIdentifier: 'x',
      Engine: 'postgres',
      EngineVersion: '17.6',
      DBParameterGroupName: 'default.postgres16',
      MasterUserPassword: 'x',
    },
  },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: { DefaultCacheBehavior: { TargetOriginId: 'x', ViewerProtocolPolicy: 'https-only' } },
    },
  },
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0' }],
      VpcId: { 'Fn::GetStackOutput': { StackName: 'x', OutputName: 'y' } },
    },
  },
  Parameters: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Family: 'postgres1' } },
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      PolicyDocument: {
        Statement: { Effect: 'Allow', Action: 'sqs:Nothing', Resource: '*', Principal: { Nobody: 'x' } },
      },
    },
  },
  Queue: { ...QUEUE, DeletionPolicy: 'Delete' },
  Rule: { Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: { Priority: 0 } },
  Search: {
    Type: 'AWS::OpenSearchService::Domain',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      VPCOptions: { SubnetIds: ['x'] },
      EncryptionAtRestOptions: { Enabled: true },
      NodeToNodeEncryptionOptions: { Enabled: true },
      DomainEndpointOptions: { EnforceHTTPS: true },
    },
  },
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: 'x' } },
};

describe('reviewAssembly', () => {
  test('finds nothing in a sound assembly', async () => {
    const directory = writeAssembly({ stacks: [{ resources: { Queue: QUEUE } }] });
    expect(await reviewAssembly(directory, { lock })).toEqual([]);
  });

  test('runs every rule, and compares with the lock', async () => {
    const notes = { '/Stack/Thing': [{ type: 'aws:cdk:error', data: 'no' }] };
    const findings = await reviewAssembly(writeAssembly({ stacks: [{ resources: FAULTY, notes }] }), { lock });
    expect(findings.map(({ rule, logicalId }) => `${rule} ${logicalId}`)).toEqual([
      'alarms-have-actions Alarm',
      'elasticache Cache',
      'stateful-lock Cache',
      'db-parameter-family Database',
      'secrets-literal Database',
      'cloudfront Distribution',
      'open-ingress Group',
      'stack-outputs Group',
      'db-parameters Parameters',
      'iam-actions Policy',
      'iam-principals Policy',
      'iam-wildcards Policy',
      'retention Queue',
      'listener-priorities Rule',
      'opensearch Search',
      'stateful-lock Search',
      'assembly ',
      'cidr-syntax Vpc',
    ]);
  });

  test('asks for as much retention as it is told', async () => {
    const directory = writeAssembly({ stacks: [{ resources: { Queue: { ...QUEUE, DeletionPolicy: 'Delete' } } }] });
    expect(await reviewAssembly(directory, { lock })).toHaveLength(1);
    expect(await reviewAssembly(directory, { lock, retention: { types: new Set() } })).toEqual([]);
  });

  test('fails when there is nothing to review', async () => {
    await expect(reviewAssembly(newDirectory(), { lock: {} })).rejects.toThrow('manifest.json');
  });
});
