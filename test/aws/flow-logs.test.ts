import { Match } from 'aws-cdk-lib/assertions';
import { AccessLogBucket } from '../../lib/aws/access-log-bucket';
import { FlowLogs } from '../../lib/aws/flow-logs';
import { account, findings, region, surroundings, templateOf, testStack } from '../support/aws';
import { remember } from '../support/remember';

function made(days = 365) {
  const stack = testStack();
  const { key, vpc } = surroundings(stack);
  const accessLogs = new AccessLogBucket(stack, 'AccessLogs', { days: 30 }).bucket;
  return { stack, flowLogs: new FlowLogs(stack, 'FlowLogs', { vpc, key, accessLogs, days }) };
}

const template = remember((days?: number) => templateOf(made(days).stack));
const flowLogBucket = { LoggingConfiguration: Match.anyValue() };

describe('flow logs', () => {
  test('record all traffic of the network, minute by minute', () => {
    template().hasResourceProperties('AWS::EC2::FlowLog', {
      ResourceType: 'VPC',
      ResourceId: { Ref: Match.stringLikeRegexp('^Vpc') },
      TrafficType: 'ALL',
      MaxAggregationInterval: 60,
    });
  });

  test('are tables by the hour', () => {
    template().hasResourceProperties('AWS::EC2::FlowLog', {
      LogDestinationType: 's3',
      LogDestination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FlowLogsBucket'), 'Arn'] },
      DestinationOptions: { fileFormat: 'parquet', hiveCompatiblePartitions: true, perHourPartition: true },
    });
  });

  test.each(['srcaddr', 'dstaddr', 'action', 'pkt-dst-aws-service', 'flow-direction', 'ecs-service-name'])(
    'say the %s',
    (field) => {
      template().hasResourceProperties('AWS::EC2::FlowLog', { LogFormat: Match.stringLikeRegexp(`\\$\\{${field}\\}`) });
    },
  );

  test('are encrypted with the customer key, and requests for them are logged', () => {
    template().hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('^AccessLogsBucket') } },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
            },
          },
        ],
      },
    });
  });

  test('leave after their days', () => {
    template(90).hasResourceProperties('AWS::S3::Bucket', {
      ...flowLogBucket,
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ Id: 'Expire', ExpirationInDays: 90 })]) },
    });
  });

  test('are written by the delivery of logs of this account and region alone', () => {
    template().hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: Match.stringLikeRegexp('^FlowLogsBucket') },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 's3:PutObject',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Condition: {
              StringEquals: Match.objectLike({ 'aws:SourceAccount': account }),
              ArnLike: { 'aws:SourceArn': `arn:aws:logs:${region}:${account}:*` },
            },
          }),
        ]),
      },
    });
  });

  test('leave no finding open', () => {
    expect(findings(made().flowLogs)).toEqual([]);
  });
});
