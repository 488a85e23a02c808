import { aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** How logs are kept. */
export interface LogGroupSettings {
  /** Encrypts the logs; the region's logs service must be allowed to use it. */
  readonly key: kms.IKey;
  /** Kept this long, in days. */
  readonly days: number;
  /** Only where a service insists on a name, such as `aws-waf-logs-…`. @default - CloudFormation chooses */
  readonly name?: string;
}

/** An encrypted log group that outlives its stack. */
export function encryptedLogGroup(scope: Construct, id: string, { key, days, name }: LogGroupSettings): logs.LogGroup {
  return new logs.LogGroup(scope, id, {
    encryptionKey: key,
    retention: days as logs.RetentionDays,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(name === undefined ? {} : { logGroupName: name }),
  });
}
