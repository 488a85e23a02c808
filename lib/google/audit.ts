import { LoggingProjectBucketConfig } from '@cdktf/provider-google/lib/logging-project-bucket-config';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink';
import { ProjectIamAuditConfig } from '@cdktf/provider-google/lib/project-iam-audit-config';
import type { KmsCryptoKey } from '@cdktf/provider-google/lib/kms-crypto-key';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { keep } from './keep';
import type { Place } from './place';

export interface AuditProps {
  readonly place: Place;
  readonly key: KmsCryptoKey;
  /** What must be there before anything is encrypted. */
  readonly before: readonly ITerraformDependable[];
}

/** What is noted of each: who reads settings, who reads data, who writes it. Changes of settings are noted always. */
const noted = ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE'] as const;

/** APIs of which uses are noted: rows, keys, and who is let in. Events are not: each one would be a line. */
export const auditedServices = ['bigquery', 'cloudkms', 'iam', 'sts'] as const;

/** Audits are kept this long at least, in days. */
const leastAuditDays = 365;

/** Who did what in the project: noted, and kept where nobody may shorten it. */
export class Audit extends Construct {
  public readonly bucket: LoggingProjectBucketConfig;

  public constructor(scope: Construct, id: string, props: AuditProps) {
    super(scope, id);
    const { before, key, place } = props;
    const { isProtected, location, logDays, project } = place;
    for (const service of auditedServices) {
      new ProjectIamAuditConfig(this, pascalCase(service), {
        project,
        service: `${service}.googleapis.com`,
        auditLogConfig: noted.map((logType) => ({ logType })),
      });
    }
    this.bucket = new LoggingProjectBucketConfig(this, 'Bucket', {
      project,
      location,
      bucketId: 'audit',
      description: 'Who did what in the project',
      retentionDays: Math.max(logDays, leastAuditDays),
      locked: isProtected,
      cmekSettings: { kmsKeyName: key.id },
      dependsOn: [...before],
    });
    keep(this.bucket);
    new LoggingProjectSink(this, 'Sink', {
      project,
      name: 'audit',
      destination: `logging.googleapis.com/projects/${project}/locations/${location}/buckets/${this.bucket.bucketId}`,
      filter: `logName:"cloudaudit.googleapis.com"`,
      uniqueWriterIdentity: true,
    });
  }
}
