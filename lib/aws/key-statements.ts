import { aws_iam as iam } from 'aws-cdk-lib';

/** The customer keys of a platform in a region, by what they encrypt. */
export type KeyName = 'data' | 'messaging' | 'logs' | 'secrets';

/** Where a key is. */
export interface KeyPlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** Whether Managed Prometheus calls people. @default false */
  readonly prometheus?: boolean;
}

/** An AWS service that uses a key by its own name, and for what alone. */
export interface ServiceUse {
  /** For what, as the statement's id. */
  readonly sid: string;
  /** Principal of the service, such as `sns.amazonaws.com`. */
  readonly service: string;
  readonly actions: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const encrypt = ['kms:Decrypt', 'kms:GenerateDataKey*'] as const;
const encryptLogs = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'kms:DescribeKey',
] as const;

/**
 * The services that use each key by their own name, confined to resources of the account: by the account and resource
 * on whose behalf they act, or by the resource that the encryption is bound to.
 *
 * Databases, caches, search domains, buckets, secrets, images and backups are not here: those services use a key with
 * the permissions, or by a grant, of whoever calls them.
 */
export function serviceUses({
  account,
  partition,
  prometheus = false,
  region,
}: KeyPlace): Readonly<Record<KeyName, readonly ServiceUse[]>> {
  const arn = (rest: string) => `arn:${partition}:${rest}`;
  const onBehalfOf = (source: string) => ({
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': arn(source) },
  });
  const boundTo = (key: string, resource: string) => ({
    ArnLike: { [`kms:EncryptionContext:${key}`]: arn(resource) },
  });
  return {
    data: [
      {
        sid: 'CloudFrontReadsAssets',
        service: 'cloudfront.amazonaws.com',
        actions: ['kms:Decrypt'],
        conditions: onBehalfOf(`cloudfront::${account}:distribution/*`),
      },
    ],
    messaging: [
      {
        sid: 'TopicsDeliver',
        service: 'sns.amazonaws.com',
        actions: encrypt,
        conditions: onBehalfOf(`sns:${region}:${account}:*`),
      },
      {
        sid: 'QueuesMoveMessages',
        service: 'sqs.amazonaws.com',
        actions: encrypt,
        conditions: boundTo('aws:sqs:arn', `sqs:${region}:${account}:*`),
      },
      {
        sid: 'AlarmsNotify',
        service: 'cloudwatch.amazonaws.com',
        actions: encrypt,
        conditions: onBehalfOf(`cloudwatch:${region}:${account}:alarm:*`),
      },
      {
        sid: 'EventsNotify',
        service: 'events.amazonaws.com',
        actions: encrypt,
        conditions: onBehalfOf(`events:${region}:${account}:rule/*`),
      },
      ...(prometheus
        ? [
            {
              sid: 'AlertsNotify',
              service: 'aps.amazonaws.com',
              actions: encrypt,
              conditions: onBehalfOf(`aps:${region}:${account}:workspace/*`),
            },
          ]
        : []),
      {
        sid: 'BucketsNotify',
        service: 's3.amazonaws.com',
        actions: encrypt,
        conditions: onBehalfOf('s3:::*'),
      },
      {
        sid: 'WorkflowsLog',
        service: 'delivery.logs.amazonaws.com',
        actions: ['kms:Decrypt'],
        conditions: boundTo('SourceArn', `logs:${region}:${account}:*`),
      },
    ],
    logs: [
      {
        sid: 'LogGroups',
        service: `logs.${region}.amazonaws.com`,
        actions: encryptLogs,
        conditions: boundTo('aws:logs:arn', `logs:${region}:${account}:log-group:*`),
      },
      {
        sid: 'LogsInBuckets',
        service: 'delivery.logs.amazonaws.com',
        actions: encryptLogs,
        conditions: onBehalfOf(`logs:${region}:${account}:*`),
      },
    ],
    secrets: [],
  };
}

/** The statement of a key's policy that admits a service. In a key's policy, `*` is the key itself. */
export const serviceStatement = ({ sid, service, actions, conditions }: ServiceUse): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid,
    principals: [new iam.ServicePrincipal(service)],
    actions: [...actions],
    resources: ['*'],
    conditions: { ...conditions },
  });
