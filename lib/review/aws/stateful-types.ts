import { isTrue, listOf, numberOf, objectOf } from '../json';
import type { JsonObject } from '../json';
import type { Resource } from './stack';

/** A CloudFormation type that holds data: something that the templates cannot make again. */
export interface StatefulType {
  /** What would be lost, as the rest of a sentence that begins "this loses …". */
  readonly loses: string;
  /** Whether CloudFormation can take a last snapshot of it (`DeletionPolicy: Snapshot`). */
  readonly snapshot?: true;
  /** Which of its resources hold none, because another resource does. @default - all hold data */
  readonly holdsNone?: (properties: JsonObject) => boolean;
  /** What keeps it from being deleted by mistake, where the type has such a thing. */
  readonly protection?: { readonly setting: string; readonly isOn: (properties: JsonObject) => boolean };
}

/** Longest wait that KMS offers before it deletes a key, in days, and its default. */
const KMS_WAIT_DAYS = 30;

/** A property that must be true. */
function needsTrue(property: string): NonNullable<StatefulType['protection']> {
  return { setting: `${property}: true`, isOn: (properties) => isTrue(properties[property]) };
}

/** A switch that deletes the content with the container, and must not be on. */
function needsNot(property: string): NonNullable<StatefulType['protection']> {
  return { setting: `${property} left out`, isOn: (properties) => !isTrue(properties[property]) };
}

const isMember = ({ DBClusterIdentifier }: JsonObject): boolean => DBClusterIdentifier !== undefined;

/** A replica in the source's own region can be made again from the source; one in another region is the last resort. */
const isLocalReplica = ({ SourceDBInstanceIdentifier: source, SourceRegion }: JsonObject): boolean =>
  source !== undefined && SourceRegion === undefined && !(typeof source === 'string' && source.startsWith('arn:'));

const KMS_KEY: StatefulType = {
  loses: 'everything that is encrypted with the key',
  protection: {
    setting: `PendingWindowInDays of ${KMS_WAIT_DAYS}`,
    isOn: ({ PendingWindowInDays }) => (numberOf(PendingWindowInDays) ?? KMS_WAIT_DAYS) >= KMS_WAIT_DAYS,
  },
};

/**
 * The types that hold data. Not among them, for what they hold is in the templates or can be had again: topics, roles,
 * certificates of ACM, configuration of AppConfig, task definitions, proxies, dashboards, trails (their bucket holds the
 * events).
 */
export const STATEFUL_TYPES: Readonly<Record<string, StatefulType>> = {
  'AWS::ACMPCA::CertificateAuthority': { loses: 'the authority that services trust, with its private key' },
  'AWS::APS::Workspace': { loses: 'all metrics of the workspace' },
  'AWS::Backup::BackupVault': { loses: 'the vault that recovery points are in' },
  'AWS::Backup::LogicallyAirGappedBackupVault': { loses: 'the vault that recovery points are in' },
  'AWS::CloudTrail::EventDataStore': {
    loses: 'the audit events of the store',
    protection: {
      setting: 'TerminationProtectionEnabled not false',
      isOn: ({ TerminationProtectionEnabled: enabled }) => enabled === undefined || isTrue(enabled),
    },
  },
  'AWS::Cognito::UserPool': {
    loses: 'the users and their passwords',
    protection: {
      setting: 'DeletionProtection: ACTIVE',
      isOn: ({ DeletionProtection }) => DeletionProtection === 'ACTIVE',
    },
  },
  'AWS::DSQL::Cluster': { loses: 'the database', protection: needsTrue('DeletionProtectionEnabled') },
  'AWS::DocDB::DBCluster': { loses: 'the database', snapshot: true, protection: needsTrue('DeletionProtection') },
  'AWS::DynamoDB::GlobalTable': {
    loses: 'the items of the table, in every region',
    protection: {
      setting: 'DeletionProtectionEnabled: true in every replica',
      isOn: ({ Replicas }) =>
        listOf(Replicas).length > 0 &&
        listOf(Replicas).every((replica) => isTrue(objectOf(replica).DeletionProtectionEnabled)),
    },
  },
  'AWS::DynamoDB::Table': { loses: 'the items of the table', protection: needsTrue('DeletionProtectionEnabled') },
  'AWS::EC2::Volume': { loses: 'the content of the volume', snapshot: true },
  'AWS::ECR::Repository': {
    loses: 'the images, those of a rollback among them',
    protection: needsNot('EmptyOnDelete'),
  },
  'AWS::EFS::FileSystem': { loses: 'the files' },
  'AWS::ElastiCache::ReplicationGroup': { loses: 'the content of the cache, sessions among it', snapshot: true },
  'AWS::ElastiCache::ServerlessCache': { loses: 'the content of the cache, sessions among it' },
  'AWS::FSx::FileSystem': { loses: 'the files' },
  'AWS::Grafana::Workspace': { loses: 'what people made in the workspace' },
  'AWS::KMS::Key': KMS_KEY,
  'AWS::KMS::ReplicaKey': KMS_KEY,
  'AWS::Kinesis::Stream': { loses: 'the records that consumers have not read' },
  'AWS::Logs::LogGroup': { loses: 'the logs, which incidents and audits need' },
  'AWS::MSK::Cluster': { loses: 'the messages of every topic' },
  'AWS::MSK::Topic': { loses: 'the messages of the topic' },
  'AWS::MSK::ServerlessCluster': { loses: 'the messages of every topic' },
  'AWS::MemoryDB::Cluster': { loses: 'the database', snapshot: true },
  'AWS::Neptune::DBCluster': { loses: 'the database', snapshot: true, protection: needsTrue('DeletionProtection') },
  'AWS::OpenSearchService::Domain': { loses: 'the indexes' },
  'AWS::RDS::DBCluster': { loses: 'the database', snapshot: true, protection: needsTrue('DeletionProtection') },
  'AWS::RDS::DBInstance': {
    loses: 'the database',
    snapshot: true,
    holdsNone: (properties) => isMember(properties) || isLocalReplica(properties),
    protection: needsTrue('DeletionProtection'),
  },
  'AWS::RDS::GlobalCluster': { loses: 'the link between the regions', protection: needsTrue('DeletionProtection') },
  'AWS::Route53::HostedZone': {
    loses: 'the zone, and with its name servers every name in it',
    // A private zone has no name servers that anybody delegates to; its records stand in the same templates.
    holdsNone: ({ VPCs }) => VPCs !== undefined,
  },
  'AWS::S3::Bucket': { loses: 'the objects' },
  'AWS::S3Tables::TableBucket': { loses: 'the tables' },
  'AWS::SMSVOICE::OptOutList': { loses: 'who asked for no more messages, and would get them again' },
  'AWS::SMSVOICE::PhoneNumber': {
    loses: 'the number that people know, which somebody else gets',
    protection: needsTrue('DeletionProtectionEnabled'),
  },
  'AWS::SQS::Queue': { loses: 'the messages that nobody has received' },
  'AWS::SecretsManager::Secret': { loses: 'the secret, and with it the way into what it opens' },
};

/** Custom resources that empty what they stand beside when they are deleted. */
export const EMPTYING_TYPES = ['Custom::S3AutoDeleteObjects', 'Custom::ECRAutoDeleteImages'];

/** What a resource holds, if it holds data. */
export function statefulType({ type, properties }: Pick<Resource, 'type' | 'properties'>): StatefulType | undefined {
  const entry = STATEFUL_TYPES[type];
  return entry?.holdsNone?.(properties) === true ? undefined : entry;
}
