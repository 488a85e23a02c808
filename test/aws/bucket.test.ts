import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AccessLogBucket } from '../../lib/aws/access-log-bucket';
import { Alarms } from '../../lib/aws/alarms';
import { Bucket, bucketPermissions, bucketSettings } from '../../lib/aws/bucket';
import type { Use } from '../../lib/aws/capability';
import { bucket as schema, type Bucket as BucketSpec } from '../../lib/platform/nouns/storage';
import { account, findings, region, staleAcknowledgements, templateOf, testStack } from '../support/aws';
import { remember } from '../support/remember';

type Input = Partial<BucketSpec> & { readonly holds: BucketSpec['holds'] };
const every = ['assets', 'uploads', 'archive'] as const;

function made(input: Input = { holds: 'uploads' }, isProtected = true) {
  const stack = testStack();
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const accessLogs = new AccessLogBucket(stack, 'AccessLogs', { days: 30 }).bucket;
  const bucket = new Bucket(stack, 'Part', {
    name: 'exports',
    spec: schema.parse(input),
    key,
    accessLogs,
    alarms: new Alarms(stack, 'Alarms', { key, email: 'on-call@example.com' }),
    protected: isProtected,
  });
  return { stack, bucket, key };
}

const isPart = { LoggingConfiguration: Match.anyValue() };
const template = remember((input?: Input, isProtected?: boolean) => templateOf(made(input, isProtected).stack));
const properties = (input: Input, isProtected?: boolean) => {
  const found = template(input, isProtected).findResources('AWS::S3::Bucket', { Properties: isPart });
  return Object.values(found)[0]?.['Properties'] as Readonly<Record<string, unknown>>;
};

describe('the settings of a bucket', () => {
  const settings = (input: Input, isProtected = true) => bucketSettings(schema.parse(input), isProtected);

  test('clean up what is left behind, in the days of the definition', () => {
    const [cleanup, ...rest] = settings({
      holds: 'uploads',
      incompleteUploadDays: 3,
      noncurrentDays: 45,
    }).lifecycleRules;
    expect(cleanup?.abortIncompleteMultipartUploadAfter?.toDays()).toBe(3);
    expect(cleanup?.noncurrentVersionExpiration?.toDays()).toBe(45);
    expect(cleanup?.expiredObjectDeleteMarker).toBe(true);
    expect(rest).toEqual([]);
  });

  test.each([
    ['assets', 'GLACIER_IR'],
    ['uploads', 'GLACIER'],
    ['archive', 'DEEP_ARCHIVE'],
  ] as const)('send cold %s to %s', (holds, storageClass) => {
    const rule = settings({ holds, coldAfterDays: 60 }).lifecycleRules[1];
    expect(rule?.transitions?.map((step) => [step.storageClass.value, step.transitionAfter?.toDays()])).toEqual([
      [storageClass, 60],
    ]);
  });

  test('let objects expire in the days of the definition', () => {
    const rule = settings({ holds: 'uploads', expireDays: 90 }).lifecycleRules[1];
    expect([rule?.id, rule?.expiration?.toDays()]).toEqual(['Expire', 90]);
  });

  test.each([
    ['archive', true, undefined, true, 365],
    ['archive', true, 90, true, 90],
    ['archive', false, undefined, true, undefined],
    ['uploads', true, 90, false, undefined],
    ['assets', true, undefined, false, undefined],
  ] as const)(
    '%s, protected %s, expiring after %s days: lock %s for %s days',
    (holds, isProtected, expireDays, lock, days) => {
      const { objectLockEnabled, objectLockDefaultRetention } = settings(
        { holds, ...(expireDays === undefined ? {} : { expireDays }) },
        isProtected,
      );
      expect(objectLockEnabled).toBe(lock);
      expect(objectLockDefaultRetention?.duration.toDays()).toBe(days);
      expect(objectLockDefaultRetention?.mode).toBe(days === undefined ? undefined : 'GOVERNANCE');
    },
  );
});

describe('what a use of a bucket may do', () => {
  test.each(every)('reads of %s list and get, and decrypt', (holds) => {
    expect(bucketPermissions(holds).reads).toEqual({
      bucket: ['s3:ListBucket'],
      objects: ['s3:GetObject'],
      key: ['kms:Decrypt'],
    });
  });

  const write = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];
  test.each([
    ['assets', [...write, 's3:DeleteObject']],
    ['uploads', [...write, 's3:DeleteObject']],
    ['archive', write],
  ] as const)('writes to %s', (holds, objects) => {
    expect(bucketPermissions(holds).writes).toEqual({
      bucket: [],
      objects,
      key: ['kms:GenerateDataKey', 'kms:Decrypt'],
    });
  });
});

describe('a bucket', () => {
  test.each(every)('of %s is encrypted with the customer key', (holds) => {
    expect(properties({ holds })['BucketEncryption']).toMatchObject({
      ServerSideEncryptionConfiguration: [
        {
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms',
            KMSMasterKeyID: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
          },
        },
      ],
    });
  });

  test('logs requests to the bucket of access logs', () => {
    expect(properties({ holds: 'uploads' })['LoggingConfiguration']).toMatchObject({
      DestinationBucketName: { Ref: 'AccessLogsBucketCD784A59' },
    });
  });

  test('reports changes to EventBridge, which backups need, without a function', () => {
    expect(properties({ holds: 'uploads' })['NotificationConfiguration']).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    template().resourceCountIs('Custom::S3BucketNotifications', 0);
  });

  test('that holds an archive is locked', () => {
    expect(properties({ holds: 'archive' })).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 365, Mode: 'GOVERNANCE' } } },
    });
  });

  test('can be locked in an unprotected stage as well, so that protecting it replaces nothing', () => {
    const { ObjectLockEnabled, ObjectLockConfiguration } = properties({ holds: 'archive' }, false);
    expect(ObjectLockEnabled).toBe(true);
    expect(ObjectLockConfiguration).toBeUndefined();
  });

  test('outlives its stack', () => {
    template().allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('carries the class of its data', () => {
    expect(properties({ holds: 'uploads', dataClass: 'restricted' })['Tags']).toEqual([
      { Key: 'data-class', Value: 'restricted' },
    ]);
  });

  test('says what is backed up', () => {
    const { stack, bucket } = made();
    expect(stack.resolve(bucket.backedUp)).toEqual({
      name: 'exports',
      type: 'S3',
      arn: { 'Fn::GetAtt': ['PartBucketA91EF694', 'Arn'] },
    });
  });

  test('gives its address, and no secret and no path', () => {
    const { stack, bucket } = made();
    expect(stack.resolve(bucket.values())).toEqual({
      url: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['PartBucketA91EF694', 'RegionalDomainName'] }]] },
    });
    expect(bucket.secrets).toEqual({});
    expect(bucket.reach).toEqual([]);
  });

  test.each(every)('of %s leaves no finding open, and acknowledges none that is not there', (holds) => {
    const { bucket } = made({ holds });
    expect(findings(bucket)).toEqual([]);
    expect(staleAcknowledgements(bucket)).toEqual([]);
  });
});

describe('the edge', () => {
  const edge = Match.objectLike({ Principal: { Service: 'cloudfront.amazonaws.com' } });

  test('reads assets, from any distribution of the account', () => {
    template({ holds: 'assets' }).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Sid: 'EdgeReads',
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['PartBucketA91EF694', 'Arn'] }, '/*']] },
            Condition: {
              StringEquals: { 'aws:SourceAccount': account },
              ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${account}:distribution/*` },
            },
          },
        ]),
      },
    });
  });

  test.each(['uploads', 'archive'] as const)('does not reach %s', (holds) => {
    const admitted = template({ holds }).findResources('AWS::S3::BucketPolicy', {
      Properties: { PolicyDocument: { Statement: Match.arrayWith([edge]) } },
    });
    expect(admitted).toEqual({});
  });
});

describe('a grant on a bucket', () => {
  /** The statements that a use adds to the policy of a service in another stack. */
  function granted(kind: Use['kind'], holds: BucketSpec['holds']) {
    const { stack, bucket } = made({ holds });
    const other = new Stack(stack.node.root, 'Other', { env: { account, region } });
    const policy = new iam.ManagedPolicy(other, 'Policy', {
      roles: [new iam.Role(other, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') })],
    });
    bucket.grant(policy, { service: 'order', kind });
    const [document] = Object.values(templateOf(other).findResources('AWS::IAM::ManagedPolicy'));
    const statements = document?.['Properties'].PolicyDocument.Statement as readonly {
      readonly Action: unknown;
      readonly Condition: unknown;
      readonly Effect: string;
      readonly Resource: unknown;
    }[];
    return { stack, policy, statements };
  }
  const output = (name: string) => ({
    'Fn::GetStackOutput': { StackName: 'Test', Region: region, OutputName: expect.stringContaining(name) },
  });
  const bucketArn = output('PartBucket');
  const objects = { 'Fn::Join': ['', [bucketArn, '/*']] };
  const ours = { StringEquals: { 'aws:ResourceAccount': account } };
  const throughS3 = {
    StringEquals: {
      'kms:ViaService': `s3.${region}.amazonaws.com`,
      'kms:EncryptionContext:aws:s3:arn': bucketArn,
    },
  };

  test('reads: the list, the objects and the key through S3, for this bucket', () => {
    expect(granted('reads', 'uploads').statements).toEqual([
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucketArn, Condition: ours },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: objects, Condition: ours },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: output('Key'), Condition: throughS3 },
    ]);
  });

  test('writes: the objects and the key through S3, for this bucket', () => {
    expect(granted('writes', 'archive').statements).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
        Resource: objects,
        Condition: ours,
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: output('Key'),
        Condition: throughS3,
      },
    ]);
  });

  test('changes nothing but outputs in the stacks of the bucket and the key', () => {
    const without = (template: Record<string, unknown>) => ({ ...template, Outputs: undefined });
    expect(without(templateOf(granted('writes', 'uploads').stack).toJSON())).toEqual(
      without(templateOf(made().stack).toJSON()),
    );
  });

  test('acknowledges its wildcard as the stack of the policy spells it', () => {
    const { policy } = granted('writes', 'uploads');
    expect(findings(policy)).toEqual([]);
    expect(staleAcknowledgements(policy)).toEqual([]);
  });

  test('fails when the use is not one of a bucket', () => {
    const { stack, bucket } = made();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    expect(() => bucket.grant(role, { service: 'order', kind: 'publishes' })).toThrow(
      'Test/Part can be used for reads, writes, got publishes by order',
    );
  });
});
