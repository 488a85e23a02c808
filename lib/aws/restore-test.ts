import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { assertNever } from '../platform/error';

/** Something that AWS Backup backs up, named as AWS Backup names it: everything of RDS but Aurora is `RDS`. */
export type BackedUp = {
  /** Name of the part; becomes part of construct ids. */
  readonly name: string;
  /** The one handle that clusters, instances and buckets have in common. */
  readonly arn: string;
} & (
  | {
      readonly type: 'Aurora' | 'RDS';
      /** Subnets of the platform in which a test restores. */
      readonly subnetGroupName: string;
      /** Keeps what a test restores out of reach, as it does the database. */
      readonly securityGroup: ec2.ISecurityGroup;
    }
  | { readonly type: 'S3' }
);

/**
 * How a test restores otherwise than AWS Backup would by itself, which is into the default VPC, with the key of S3.
 * (https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html)
 */
export function restoreOverrides(resource: BackedUp, key: kms.IKey): Record<string, string> {
  switch (resource.type) {
    case 'Aurora':
    case 'RDS':
      return {
        dbSubnetGroupName: resource.subnetGroupName,
        vpcSecurityGroupIds: `["${resource.securityGroup.securityGroupId}"]`,
      };
    case 'S3':
      return { encryptionType: 'SSE-KMS', kmsKey: key.keyArn };
    default:
      return assertNever(resource);
  }
}
