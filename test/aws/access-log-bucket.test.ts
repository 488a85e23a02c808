import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessLogBucket } from '../../lib/aws/access-log-bucket';
import { privateBucket } from '../../lib/aws/private-bucket';
import { account, findings, region, staleAcknowledgements, templateOf, testStack } from '../support/aws';

function made(days = 365) {
  const stack = testStack();
  const logs = new AccessLogBucket(stack, 'Logs', { days });
  return { stack, logs };
}

describe('the bucket of access logs', () => {
  test('admits the delivery of logs of buckets of the account, and of no other', () => {
    templateOf(made().stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Sid: 'BucketsLog',
            Effect: 'Allow',
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['LogsBucket5C52C3D2', 'Arn'] }, '/*']] },
            Condition: {
              StringEquals: { 'aws:SourceAccount': account },
              ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' },
            },
          },
        ]),
      },
    });
  });

  test('is encrypted with the key of S3, the only one that log delivery can write with', () => {
    templateOf(made().stack).hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });

  test('does not log itself, and is not locked, which would stop the delivery', () => {
    templateOf(made().stack).hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: Match.absent(),
      ObjectLockEnabled: Match.absent(),
    });
  });

  test('removes logs after their days', () => {
    templateOf(made(90).stack).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ Id: 'Expire', ExpirationInDays: 90 })]) },
    });
  });

  test('learns of no bucket in another stack that logs to it', () => {
    const alone = templateOf(made().stack).toJSON();
    const { stack, logs } = made();
    const other = new Stack(stack.node.root, 'Other', { env: { account, region } });
    privateBucket(other, 'Bucket', { encryption: s3.BucketEncryption.S3_MANAGED, accessLogs: logs.bucket });
    const { Outputs, ...together } = templateOf(stack).toJSON() as { Outputs: object };
    expect(Object.values(Outputs)).toEqual([{ Value: { Ref: 'LogsBucket5C52C3D2' } }]);
    expect(together).toEqual(alone);
  });

  test('leaves no finding open, and acknowledges none that is not there', () => {
    const { stack, logs } = made();
    expect(findings(stack)).toEqual([]);
    expect(staleAcknowledgements(logs)).toEqual([]);
  });
});
