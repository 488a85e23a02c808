import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { logLifecycle, privateBucket, type PrivateBucketProps } from '../../lib/aws/private-bucket';
import { templateOf, testStack } from '../support/aws';

function made(props: (stack: ReturnType<typeof testStack>) => PrivateBucketProps = () => ({})) {
  const stack = testStack();
  privateBucket(stack, 'Bucket', { encryption: s3.BucketEncryption.S3_MANAGED, ...props(stack) });
  return templateOf(stack);
}

/** The statement that refuses what the condition says, to everybody, for the bucket and its objects. */
const refuses = (condition: object) =>
  Match.objectLike({
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Deny',
          Action: 's3:*',
          Principal: { AWS: '*' },
          Condition: condition,
          Resource: [
            { 'Fn::GetAtt': ['Bucket83908E77', 'Arn'] },
            { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket83908E77', 'Arn'] }, '/*']] },
          ],
        }),
      ]),
    },
  });

describe('a private bucket', () => {
  test('blocks every kind of public access', () => {
    made().hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test('knows no access lists', () => {
    made().hasResourceProperties('AWS::S3::Bucket', {
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      AccessControl: Match.absent(),
    });
  });

  test('keeps versions', () => {
    made().hasResourceProperties('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } });
  });

  test('refuses requests without TLS', () => {
    made().hasResourceProperties('AWS::S3::BucketPolicy', refuses({ Bool: { 'aws:SecureTransport': 'false' } }));
  });

  test('refuses TLS older than 1.2', () => {
    made().hasResourceProperties('AWS::S3::BucketPolicy', refuses({ NumericLessThan: { 's3:TlsVersion': 1.2 } }));
  });

  test('refuses keys that clients bring', () => {
    made().hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } }],
      },
    });
  });

  test('outlives its stack, and its policy with it', () => {
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    made().hasResource('AWS::S3::Bucket', kept);
    made().hasResource('AWS::S3::BucketPolicy', kept);
  });

  test('has no name of its own, no website and no cross-origin rules', () => {
    made().hasResourceProperties('AWS::S3::Bucket', {
      BucketName: Match.absent(),
      WebsiteConfiguration: Match.absent(),
      CorsConfiguration: Match.absent(),
    });
  });

  test('spares KMS with a bucket key, where a customer key encrypts', () => {
    const customer = made((stack) => ({
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: new kms.Key(stack, 'Key'),
    }));
    customer.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
            },
          },
        ],
      },
    });
  });

  test('logs requests where it is told, partitioned by the time of the event', () => {
    made((stack) => ({ accessLogs: new s3.Bucket(stack, 'Logs') })).hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: {
        DestinationBucketName: { Ref: 'Logs6819BB44' },
        TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } },
      },
    });
  });

  test('does not write into the policy of the bucket that it logs to', () => {
    made((stack) => ({ accessLogs: new s3.Bucket(stack, 'Logs') })).resourceCountIs('AWS::S3::BucketPolicy', 1);
  });

  test('logs nothing unless told', () => {
    made().hasResourceProperties('AWS::S3::Bucket', { LoggingConfiguration: Match.absent() });
  });
});

describe('the lifecycle of logs', () => {
  test('removes each log after its days, and what removal leaves behind a day later', () => {
    made(() => ({ lifecycleRules: logLifecycle(90) })).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'Cleanup',
            Status: 'Enabled',
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            NoncurrentVersionExpiration: { NoncurrentDays: 1 },
            ExpiredObjectDeleteMarker: true,
          },
          { Id: 'Expire', Status: 'Enabled', ExpirationInDays: 90 },
        ],
      },
    });
  });
});
