import { ArnFormat, aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { grantKeyUse } from './grants';
import { logAndTrace, logAndTraceReasons } from './machine-statements';

export interface WorkflowPermissionsProps {
  readonly role: iam.IRole;
  readonly machineArn: string;
  /** Encrypts the machine. */
  readonly key: kms.IKey;
  /** Namespace in which the machine notes figures. @default - none */
  readonly notes?: string | undefined;
  /** Queues that the machine sends to. */
  readonly targets: readonly sqs.IQueue[];
}

/** What a state machine needs to send messages, to use its key, to log and to trace. */
export function workflowPermissions(scope: Construct, id: string, props: WorkflowPermissionsProps): iam.ManagedPolicy {
  const { role, machineArn, key, notes, targets } = props;
  const { region } = Stack.of(scope);
  const policy = new iam.ManagedPolicy(scope, id, { roles: [role] });
  policy.addStatements(
    new iam.PolicyStatement({
      sid: 'Sends',
      actions: ['sqs:SendMessage'],
      resources: targets.map(({ queueArn }) => queueArn),
    }),
    new iam.PolicyStatement({
      sid: 'EncryptsItself',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': machineArn } },
    }),
    new iam.PolicyStatement({
      sid: 'EncryptsWhatItLogs',
      actions: ['kms:GenerateDataKey'],
      resources: [key.keyArn],
      conditions: { StringLike: { 'kms:EncryptionContext:SourceArn': logsOf(scope) } },
    }),
    ...(notes === undefined ? [] : [notesFigures(notes)]),
    ...logAndTrace(region),
  );
  for (const sqsKey of new Set([key, ...targets.flatMap(({ encryptionMasterKey }) => encryptionMasterKey ?? [])])) {
    grantKeyUse(policy, sqsKey, { through: 'sqs', actions: ['kms:GenerateDataKey', 'kms:Decrypt'] });
  }
  acknowledge(policy, logAndTraceReasons);
  return policy;
}

/** CloudWatch knows no resource for figures, and confines them by their namespace. */
const notesFigures = (namespace: string): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid: 'NotesFigures',
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': namespace } },
  });

const logsOf = (scope: Construct): string =>
  Stack.of(scope).formatArn({ service: 'logs', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
