import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AuditTrail, eventSelectors, recordLock } from '../../lib/aws/audit-trail';
import { account, findings, region, staleAcknowledgements, templateOf, testStack } from '../support/aws';
import { auditWorld } from '../support/audit';

function made(overrides: { readonly protected?: boolean; readonly spec?: object } = {}) {
  const { props, stack } = auditWorld(overrides.spec);
  const trail = new AuditTrail(stack, 'Trail', { ...props, protected: overrides.protected ?? true });
  const idOf = (construct: { readonly node: { readonly defaultChild?: unknown } }) =>
    stack.getLogicalId(construct.node.defaultChild as never);
  return { trail, idOf, template: templateOf(stack), stack };
}

const ourTrails = { ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:${region}:${account}:trail/*` } };

describe('eventSelectors', () => {
  const bucket = (name: string) => s3.Bucket.fromBucketName(testStack(), name, name);
  const [calls, objects] = eventSelectors('all', [bucket('records'), bucket('requests')]);

  test('records every call, whatever is said of objects', () => {
    for (const kind of ['none', 'writes', 'all'] as const) {
      expect(eventSelectors(kind, [bucket('records')])[0]).toEqual({
        name: 'Calls',
        fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }],
      });
    }
    expect(calls).toBeDefined();
  });

  test('records every request for objects, but in log buckets', () => {
    expect(objects?.fieldSelectors).toEqual([
      { field: 'eventCategory', equalTo: ['Data'] },
      { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
      { field: 'resources.ARN', notStartsWith: ['arn:aws:s3:::records/', 'arn:aws:s3:::requests/'] },
    ]);
  });

  test.each([
    ['writes', 1],
    ['all', 0],
  ] as const)('of %s, %d selector leaves reads out', (kind, count) => {
    const fields = eventSelectors(kind, [bucket('records')])[1]?.fieldSelectors as readonly { field: string }[];
    expect(fields.filter(({ field }) => field === 'readOnly')).toHaveLength(count);
  });

  test('records no request for objects if none is wanted', () => {
    expect(eventSelectors('none', [bucket('records')])).toHaveLength(1);
  });
});

describe('recordLock', () => {
  test.each([
    [true, 365, s3.ObjectLockMode.COMPLIANCE],
    [false, 90, s3.ObjectLockMode.GOVERNANCE],
  ])('where protected is %s locks for %d days, by %s', (isProtected, retentionDays, mode) => {
    const lock = recordLock({ retentionDays }, isProtected);
    expect(lock.mode).toBe(mode);
    expect(lock.duration).toEqual(Duration.days(retentionDays));
  });
});

describe('AuditTrail', () => {
  const { idOf, template, trail } = made();

  test('records all regions, signed, encrypted, and with a copy for alarms', () => {
    template.hasResourceProperties('AWS::CloudTrail::Trail', {
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: { 'Fn::GetAtt': [idOf(trail.key), 'Arn'] },
      S3BucketName: { Ref: idOf(trail.bucket) },
      CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': [idOf(trail.logGroup), 'Arn'] },
      EventSelectors: Match.absent(),
    });
  });

  test('locks its records, and removes them when the lock has ended', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
      },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 365 })]) },
      LoggingConfiguration: Match.anyValue(),
    });
  });

  test('lets people who may bypass governance remove records of a stage that is not protected', () => {
    made({ protected: false, spec: { retentionDays: 90 } }).template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 90 } } },
    });
  });

  test('has a key of its own, which only trails of the account may use by their own name', () => {
    const { KeyPolicy, EnableKeyRotation, PendingWindowInDays } = template.toJSON().Resources[idOf(trail.key)]
      .Properties as {
      readonly KeyPolicy: { readonly Statement: readonly { readonly Principal: object }[] };
      readonly EnableKeyRotation: boolean;
      readonly PendingWindowInDays: number;
    };
    expect([EnableKeyRotation, PendingWindowInDays]).toEqual([true, 30]);
    expect(KeyPolicy.Statement.filter(({ Principal }) => 'Service' in Principal)).toEqual([
      {
        Sid: 'TrailsEncrypt',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: ourTrails,
      },
    ]);
  });

  test('lets trails of the account write records of the account, and nothing else into the bucket', () => {
    const policies = Object.values(
      template.findResources('AWS::S3::BucketPolicy', { Properties: { Bucket: { Ref: idOf(trail.bucket) } } }),
    ) as { readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly { Effect: string }[] } } }[];
    const allowed = policies.flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow'),
    );
    const arn = { 'Fn::GetAtt': [idOf(trail.bucket), 'Arn'] };
    const trails = { Service: 'cloudtrail.amazonaws.com' };
    expect(allowed).toEqual([
      {
        Sid: 'TrailsCheck',
        Effect: 'Allow',
        Principal: trails,
        Action: 's3:GetBucketAcl',
        Resource: arn,
        Condition: ourTrails,
      },
      {
        Sid: 'TrailsWrite',
        Effect: 'Allow',
        Principal: trails,
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [arn, `/AWSLogs/${account}/*`]] },
        Condition: { ...ourTrails, StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ]);
  });

  test('may write into its one log group', () => {
    const statements = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(
      ({ Properties }) =>
        (Properties as { readonly PolicyDocument: { readonly Statement: readonly object[] } }).PolicyDocument.Statement,
    );
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [idOf(trail.logGroup), 'Arn'] },
      },
    ]);
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('starts after its permissions', () => {
    const [resource] = Object.values(template.findResources('AWS::CloudTrail::Trail')) as {
      readonly DependsOn: readonly string[];
    }[];
    expect(resource?.DependsOn).toEqual([
      expect.stringMatching(/^TrailBucketPolicy/),
      expect.stringMatching(/^TrailPolicy/),
    ]);
  });

  test('has no finding that nobody answered, and no answer to none', () => {
    expect(findings(trail)).toEqual([]);
    expect(staleAcknowledgements(trail)).toEqual([]);
  });
});
