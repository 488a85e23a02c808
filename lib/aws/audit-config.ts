import { aws_config as config, aws_iam as iam, aws_s3 as s3, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Audit } from '../platform/nouns/audit';
import { acknowledge, acknowledgeManaged } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import { grantKeyUse } from './grants';
import { logLifecycle, privateBucket } from './private-bucket';

export interface AuditConfigProps {
  readonly spec: Pick<Audit, 'retentionDays'>;
  /** Encrypts the history. */
  readonly key: kms.IKey;
  /** Where requests for the history are logged. */
  readonly accessLogs: s3.IBucket;
}

/**
 * The types whose every change is recorded as it happens, because a wrong one opens the platform or loses its data. All
 * others are recorded once a day: the network interfaces of tasks come and go by the thousand, and each would be charged.
 */
export const watchedTypes: readonly string[] = [
  'AWS::CloudTrail::Trail',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::NetworkAcl',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::IAM::Group',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::OpenSearch::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
];

const managedPolicy = 'service-role/AWS_ConfigRole';

/**
 * The history of how every resource of the account was configured. Its bucket has no object lock, which AWS Config
 * cannot write to; versions, and a role that cannot delete, keep what was written.
 *
 * Recorder and channel need each other, so neither waits for the other.
 */
export class AuditConfig extends Construct {
  public readonly bucket: s3.Bucket;
  public readonly role: iam.Role;
  public readonly recorder: config.CfnConfigurationRecorder;
  public readonly deliveryChannel: config.CfnDeliveryChannel;

  public constructor(scope: Construct, id: string, props: AuditConfigProps) {
    super(scope, id);
    this.bucket = this.makeBucket(props);
    this.role = this.makeRole();
    const delivery = this.allowDelivery(props);
    this.recorder = new config.CfnConfigurationRecorder(this, 'Recorder', {
      roleArn: this.role.roleArn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      recordingMode: {
        recordingFrequency: 'DAILY',
        recordingModeOverrides: [{ recordingFrequency: 'CONTINUOUS', resourceTypes: [...watchedTypes] }],
      },
    });
    this.deliveryChannel = new config.CfnDeliveryChannel(this, 'DeliveryChannel', {
      s3BucketName: this.bucket.bucketName,
      s3KmsKeyArn: props.key.keyArn,
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    });
    for (const resource of [this.recorder, this.deliveryChannel]) {
      resource.node.addDependency(delivery);
      if (this.bucket.policy !== undefined) resource.node.addDependency(this.bucket.policy);
      resource.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }
  }

  private makeBucket({ accessLogs, key, spec }: AuditConfigProps): s3.Bucket {
    const bucket = privateBucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      lifecycleRules: logLifecycle(spec.retentionDays),
      accessLogs,
    });
    const replication = 'AWS Config keeps the same history itself; the bucket is the copy for queries and audits.';
    acknowledge(bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled': replication,
      'PCI.DSS.321-S3BucketReplicationEnabled': replication,
    });
    return bucket;
  }

  /** A role of its own: the service-linked one exists in some accounts already, where CloudFormation could not make it. */
  private makeRole(): iam.Role {
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('config.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(managedPolicy)],
    });
    acknowledgeManaged(
      role,
      [managedPolicy],
      'AWS Config itself assumes the role to read how resources are configured; Amazon adds each new type that it supports.',
    );
    return role;
  }

  private allowDelivery({ key }: AuditConfigProps): iam.ManagedPolicy {
    const { account } = Stack.of(this);
    const objects = this.bucket.arnForObjects(`AWSLogs/${account}/Config/*`);
    const policy = new iam.ManagedPolicy(this, 'Delivery', {
      roles: [this.role],
      statements: [
        new iam.PolicyStatement({
          actions: ['s3:PutObject'],
          resources: [objects],
          conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
        }),
        new iam.PolicyStatement({
          actions: ['s3:GetBucketAcl', 's3:ListBucket'],
          resources: [this.bucket.bucketArn],
        }),
      ],
    });
    grantKeyUse(policy, key, { through: 's3', actions: ['kms:GenerateDataKey', 'kms:Decrypt'] });
    acknowledgeContents(
      policy,
      objects,
      'Writes the history of the account, under the one prefix that AWS Config uses.',
    );
    return policy;
  }
}
