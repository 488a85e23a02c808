import { Match } from 'aws-cdk-lib/assertions';
import { AuditConfig, watchedTypes } from '../../lib/aws/audit-config';
import { account, findings, region, staleAcknowledgements, templateOf } from '../support/aws';
import { auditWorld } from '../support/audit';

const { props, stack } = auditWorld();
const config = new AuditConfig(stack, 'Config', { ...props, key: props.logsKey });
const template = templateOf(stack);
const bucket = stack.getLogicalId(config.bucket.node.defaultChild as never);

describe('watchedTypes', () => {
  test('are types of CloudFormation, each once, in order', () => {
    expect(watchedTypes.filter((type) => !/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(type))).toEqual([]);
    expect([...new Set(watchedTypes)].sort()).toEqual(watchedTypes);
  });

  test('are not the ones that come and go with every task', () => {
    expect(watchedTypes).not.toContain('AWS::EC2::NetworkInterface');
    expect(watchedTypes).toEqual(
      expect.arrayContaining(['AWS::IAM::Role', 'AWS::EC2::SecurityGroup', 'AWS::KMS::Key']),
    );
  });
});

describe('AuditConfig', () => {
  test('records every type once a day, and the watched ones at every change', () => {
    template.hasResourceProperties('AWS::Config::ConfigurationRecorder', {
      RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true },
      RecordingMode: {
        RecordingFrequency: 'DAILY',
        RecordingModeOverrides: [{ RecordingFrequency: 'CONTINUOUS', ResourceTypes: watchedTypes }],
      },
    });
  });

  test('delivers to its own bucket, encrypted', () => {
    template.hasResourceProperties('AWS::Config::DeliveryChannel', {
      S3BucketName: { Ref: bucket },
      S3KmsKeyArn: Match.anyValue(),
    });
  });

  test('has a bucket without a lock, to which AWS Config could not write', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: Match.absent(),
      ObjectLockConfiguration: Match.absent(),
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: Match.anyValue(),
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }) }),
        ],
      },
    });
  });

  test('has a role for AWS Config in this account, which writes and never deletes', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'config.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          },
        ],
      },
    });
    const arn = { 'Fn::GetAtt': [bucket, 'Arn'] };
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 's3:PutObject',
            Resource: { 'Fn::Join': ['', [arn, `/AWSLogs/${account}/Config/*`]] },
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
          },
          { Effect: 'Allow', Action: ['s3:GetBucketAcl', 's3:ListBucket'], Resource: arn },
          {
            Effect: 'Allow',
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: Match.anyValue(),
            Condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
          },
        ],
      },
    });
  });

  test('makes recorder and channel wait for the permissions, and not for each other', () => {
    for (const type of ['AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel']) {
      const [resource] = Object.values(template.findResources(type)) as { readonly DependsOn: readonly string[] }[];
      expect(resource?.DependsOn).toEqual([
        expect.stringMatching(/^ConfigBucketPolicy/),
        expect.stringMatching(/^ConfigDelivery[0-9A-F]{8}$/),
      ]);
    }
  });

  test('has no finding that nobody answered, and no answer to none', () => {
    expect(findings(config)).toEqual([]);
    expect(staleAcknowledgements(config)).toEqual([]);
  });
});
