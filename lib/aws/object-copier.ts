import path from 'node:path';
import { aws_ec2 as ec2, aws_iam as iam, aws_lambda as lambda, Duration, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { tokenAudience } from '../platform/delivery';
import { copierWord } from '../platform/names';
import type { ObjectCopies } from '../platform/object-copies';
import type { SiteName } from '../platform/platform';
import { acknowledge } from './acknowledge';
import type { Bucket } from './bucket';
import type { Reach } from './capability';
import { grantKeyUse } from './grants';
import { encryptedLogGroup } from './log-group';
import { networkRole } from './network-role';
import { openEgress } from './service-egress';

export interface ObjectCopierProps {
  readonly copies: ObjectCopies;
  /** Site that copies while it leads. */
  readonly siteName: SiteName;
  /** Buckets by name, among them all that are copied. */
  readonly buckets: Readonly<Record<string, Bucket>>;
  /** Client id of the identity on Azure that it acts as. */
  readonly clientId: string;
  /** Says what has changed. */
  readonly queue: sqs.IQueue;
  readonly vpc: ec2.IVpc;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  readonly messagingKey: kms.IKey;
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
}

/** The longest that Lambda lets a function run. */
export const copyTime = Duration.minutes(15);

const memoryMiB = 1024;

/** Ten large objects at once, of which a block of 8 MiB each is in memory, and as many functions at once. */
export const batchSize = 10;
export const mostAtOnce = 10;

/** A proof of who one is holds so long at most, in seconds. */
const proofSeconds = 300;

/**
 * The function that copies objects. It may read the buckets that are copied, take messages of its queue, and have AWS sign who it is for
 * Entra ID, which gives it a token of its identity there: no key of either cloud is kept anywhere. It stands in the network, since
 * storage on Azure is reached by the link alone.
 */
export class ObjectCopier extends Construct {
  public readonly function: lambda.Function;
  public readonly role: iam.Role;
  public readonly securityGroup: ec2.SecurityGroup;

  public constructor(scope: Construct, id: string, props: ObjectCopierProps) {
    super(scope, id);
    this.securityGroup = this.createSecurityGroup(props);
    const { subject } = props.copies;
    // Azure knows it by its ARN.
    this.role = networkRole(this, 'Role', subject.slice(subject.lastIndexOf('/') + 1));
    const policy = this.allow(props);
    this.function = this.createFunction(props);
    this.function.node.addDependency(policy);
    new lambda.EventSourceMapping(this, 'Messages', {
      target: this.function,
      eventSourceArn: props.queue.queueArn,
      batchSize,
      maxConcurrency: mostAtOnce,
      reportBatchItemFailures: true,
    });
  }

  private createSecurityGroup({ endpoints, vpc }: ObjectCopierProps): ec2.SecurityGroup {
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Copies objects to the recovery site',
      allowAllOutbound: false,
    });
    openEgress(this, {
      service: copierWord,
      securityGroup,
      region: Stack.of(this).region,
      endpoints,
      // Entra ID, and by the same rule storage on Azure, whose addresses are those of the link.
      thirdParties: [{ port: 443 }],
    });
    return securityGroup;
  }

  private allow({ buckets, copies, messagingKey, queue }: ObjectCopierProps): iam.ManagedPolicy {
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [this.role],
      statements: [
        new iam.PolicyStatement({
          sid: 'ProvesItselfToEntra',
          actions: ['sts:GetWebIdentityToken'],
          resources: ['*'],
          conditions: {
            'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': tokenAudience.azure },
            // A request without an audience would be for all of them.
            Null: { 'sts:IdentityTokenAudience': 'false' },
            NumericLessThanEquals: { 'sts:DurationSeconds': String(proofSeconds) },
          },
        }),
        new iam.PolicyStatement({
          actions: [
            'sqs:ReceiveMessage',
            'sqs:DeleteMessage',
            'sqs:ChangeMessageVisibility',
            'sqs:GetQueueAttributes',
            // What differs is told by messages, too.
            'sqs:SendMessage',
          ],
          resources: [queue.queueArn],
        }),
      ],
    });
    grantKeyUse(policy, messagingKey, { through: 'sqs', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] });
    for (const { name } of copies.buckets) buckets[name]?.grant(policy, { service: copierWord, kind: 'reads' });
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]':
        'STS takes no resource for tokens that prove who one is; each is for Entra ID alone and holds for five minutes.',
    });
    return policy;
  }

  private createFunction(props: ObjectCopierProps): lambda.Function {
    const { buckets, clientId, copies, logDays, logsKey, queue, siteName, vpc } = props;
    const logGroup = encryptedLogGroup(this, 'Logs', { key: logsKey, days: logDays });
    const created = new lambda.Function(this, 'Function', {
      description: 'Copies objects to the recovery site',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(path.join(__dirname, 'handlers', 'object-copier')),
      handler: 'index.handler',
      timeout: copyTime,
      memorySize: memoryMiB,
      vpc,
      vpcSubnets: { subnetGroupName: 'app' },
      securityGroups: [this.securityGroup],
      logGroup,
      environment: {
        SITE: siteName,
        LATCH: copies.latch ?? '',
        QUEUE_URL: queue.queueUrl,
        TENANT_ID: copies.tenant,
        CLIENT_ID: clientId,
        COPIES: Stack.of(this).toJsonString(
          copies.buckets.map(({ container, name, removes }) => ({
            bucket: buckets[name]?.bucket.bucketName,
            container,
            removes,
          })),
        ),
      },
      // The role has its own policy; CDK would add an inline one.
      role: this.role.withoutPolicyUpdates(),
    });
    acknowledge(created, {
      'NIST.800.53.R5-LambdaConcurrency':
        'Its queue starts no more than ten at once. To reserve some would fail in a new account, which may run ten at once and keeps them all unreserved.',
      'NIST.800.53.R5-LambdaDLQ': 'It is started by a queue, which has dead letters of its own.',
    });
    return created;
  }
}
