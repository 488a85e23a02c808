import { RETENTION, retention } from '../../../../lib/review/aws/rules/retention';
import { STATEFUL_TYPES } from '../../../../lib/review/aws/stateful-types';
import { change, judges, messagesOf } from '../fixtures';

const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

const VALID = {
  Database: { Type: 'AWS::RDS::DBCluster', ...RETAIN, Properties: { DeletionProtection: true } },
  Writer: {
    Type: 'AWS::RDS::DBInstance',
    DeletionPolicy: 'Delete',
    Properties: { DBClusterIdentifier: { Ref: 'Database' } },
  },
  Instance: { Type: 'AWS::RDS::DBInstance', ...RETAIN, Properties: { DeletionProtection: 'true' } },
  Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'Instance' } } },
  Cache: {
    Type: 'AWS::ElastiCache::ReplicationGroup',
    DeletionPolicy: 'Snapshot',
    UpdateReplacePolicy: 'Snapshot',
    Metadata: { [RETENTION]: { reason: 'the content can be had again from the database' } },
  },
  Assets: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' },
  Key: { Type: 'AWS::KMS::Key', ...RETAIN, Properties: {} },
  Users: { Type: 'AWS::Cognito::UserPool', ...RETAIN, Properties: { DeletionProtection: 'ACTIVE' } },
  Events: {
    Type: 'AWS::DynamoDB::GlobalTable',
    ...RETAIN,
    Properties: { Replicas: [{ DeletionProtectionEnabled: true }] },
  },
  Audit: { Type: 'AWS::CloudTrail::EventDataStore', ...RETAIN },
  Images: { Type: 'AWS::ECR::Repository', ...RETAIN },
  Topic: { Type: 'AWS::SNS::Topic' },
  PrivateZone: { Type: 'AWS::Route53::HostedZone', Properties: { VPCs: [{ VPCId: 'vpc-1' }] } },
  PublicZone: { Type: 'AWS::Route53::HostedZone', ...RETAIN, Properties: {} },
};

describe('retention', () => {
  judges(retention(), VALID, [
    [
      'a database goes with its stack',
      'Database/DeletionPolicy',
      'Delete',
      'Database: DeletionPolicy must be Retain, or Snapshot with a reason in Metadata.mainstay:retention, got "Delete", which loses the database: retain it',
    ],
    [
      'a database goes when it is replaced',
      'Database/UpdateReplacePolicy',
      undefined,
      'UpdateReplacePolicy must be Retain, or Snapshot with a reason in Metadata.mainstay:retention, got nothing',
    ],
    [
      'a public zone goes with its stack',
      'PublicZone/DeletionPolicy',
      undefined,
      'PublicZone: DeletionPolicy must be Retain, got nothing, which loses the zone',
    ],
    [
      'a bucket goes with its stack',
      'Assets/DeletionPolicy',
      'Delete',
      'Assets: DeletionPolicy must be Retain, got "Delete", which loses the objects',
    ],
    [
      'a bucket has a snapshot, which buckets lack',
      'Assets/DeletionPolicy',
      'Snapshot',
      'Assets: DeletionPolicy must be Retain, got "Snapshot"',
    ],
    [
      'an instance outside a cluster goes',
      'Instance/DeletionPolicy',
      'Delete',
      'Instance: DeletionPolicy must be Retain',
    ],
    [
      'a database is not protected',
      'Database/Properties/DeletionProtection',
      false,
      'Database: must be protected by DeletionProtection: true, or a mistake loses the database',
    ],
    [
      'a key is deleted before anyone notices',
      'Key/Properties/PendingWindowInDays',
      7,
      'Key: must be protected by PendingWindowInDays of 30',
    ],
    [
      'users are not protected',
      'Users/Properties/DeletionProtection',
      'INACTIVE',
      'Users: must be protected by DeletionProtection: ACTIVE',
    ],
    [
      'a replica of a table is not protected',
      'Events/Properties/Replicas/1',
      { Region: 'x' },
      'Events: must be protected by DeletionProtectionEnabled: true in every replica',
    ],
    [
      'an event store is not protected',
      'Audit/Properties',
      { TerminationProtectionEnabled: false },
      'Audit: must be protected by TerminationProtectionEnabled not false',
    ],
    [
      'a repository empties itself',
      'Images/Properties',
      { EmptyOnDelete: true },
      'Images: must be protected by EmptyOnDelete left out',
    ],
    [
      'something empties a bucket',
      'Topic/Type',
      'Custom::S3AutoDeleteObjects',
      'Topic: Custom::S3AutoDeleteObjects empties what it stands beside',
    ],
  ]);

  test('fails when a snapshot has no reason', async () => {
    const reason = `Cache/Metadata/${RETENTION}/reason`;
    for (const resources of [change(VALID, 'Cache/Metadata', undefined), change(VALID, reason, 'too short')]) {
      expect(await messagesOf(retention(), resources)).toEqual([
        expect.stringContaining('Cache: DeletionPolicy must be Retain, or Snapshot with a reason'),
        expect.stringContaining('Cache: UpdateReplacePolicy must be Retain, or Snapshot with a reason'),
      ]);
    }
  });

  test('fails when a replica in another region goes, for it is the last resort', async () => {
    for (const source of ['arn:aws:rds:eu-west-1:123456789012:db:x', { Ref: 'Source' }]) {
      const properties = { SourceDBInstanceIdentifier: source, SourceRegion: 'eu-west-1', DeletionProtection: true };
      expect(await messagesOf(retention(), { Replica: { ...VALID.Replica, Properties: properties } })).toHaveLength(2);
    }
  });

  test('wants as much as it is told', async () => {
    const lax = retention({ types: new Set(['AWS::KMS::Key']), deletionProtection: false });
    const resources = {
      Bucket: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' },
      Emptier: { Type: 'Custom::S3AutoDeleteObjects' },
      Key: { Type: 'AWS::KMS::Key', ...RETAIN, Properties: { PendingWindowInDays: 7 }, UpdateReplacePolicy: 'Delete' },
    };
    expect(await messagesOf(lax, resources)).toEqual([
      expect.stringContaining('Key: UpdateReplacePolicy must be Retain'),
    ]);
  });
});

test.each(Object.keys(STATEFUL_TYPES))('%s is kept', async (type) => {
  const messages = await messagesOf(retention({ deletionProtection: false }), { It: { Type: type } });
  expect(messages.map((message) => message.split(' ')[1])).toEqual(['DeletionPolicy', 'UpdateReplacePolicy']);
});
