import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

export interface ScopeBoundaryProps {
  /** Keys that tasks of the scope may use: its own, and that of messages, by which they hear from outside. */
  readonly keys: readonly kms.IKey[];
}

/**
 * What tasks of a scope may come to do at most, and ECS to start them: log in to databases, receive and send, append and follow,
 * take and answer commands, ask for flags, read secrets, pull images, log. Whatever a policy of theirs allows beyond it has no
 * effect; buckets, tables, other accounts' keys and every permission over permissions are among it.
 */
export const scopeActions = [
  'appconfig:GetLatestConfiguration',
  'appconfig:StartConfigurationSession',
  'aps:RemoteWrite',
  'cloudwatch:PutMetricData',
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
  'kafka-cluster:AlterGroup',
  'kafka-cluster:Connect',
  'kafka-cluster:DescribeGroup',
  'kafka-cluster:DescribeTopic',
  'kafka-cluster:ReadData',
  'kafka-cluster:WriteData',
  'kafka-cluster:WriteDataIdempotently',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'rds-db:connect',
  'secretsmanager:GetSecretValue',
  'sns:Publish',
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
  'sqs:SendMessage',
  'states:SendTaskFailure',
  'states:SendTaskHeartbeat',
  'states:SendTaskSuccess',
  'states:StartExecution',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
] as const;

/** The boundary of every role with which tasks of a scope run: whatever another key encrypts stays closed to them. */
export function scopeBoundary(scope: Construct, id: string, { keys }: ScopeBoundaryProps): iam.ManagedPolicy {
  const { region } = Stack.of(scope);
  const boundary = new iam.ManagedPolicy(scope, id, {
    statements: [
      new iam.PolicyStatement({
        sid: 'Works',
        actions: [...scopeActions],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': region } },
      }),
      new iam.PolicyStatement({
        sid: 'OpensItsOwn',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: keys.map(({ keyArn }) => keyArn),
      }),
    ],
  });
  acknowledge(boundary, {
    'AwsSolutions-IAM5[Resource::*]':
      'A boundary gives nothing: it cuts off what policies of a role would give beyond it, and those name resources.',
  });
  return boundary;
}
