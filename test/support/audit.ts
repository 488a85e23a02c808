import type { Stack } from 'aws-cdk-lib';
import { AccessLogBucket } from '../../lib/aws/access-log-bucket';
import type { AuditProps } from '../../lib/aws/audit';
import { audit } from '../../lib/platform/nouns/audit';
import { surroundings, testStack } from './aws';

/** What the audit of an account is given; every service its own but those that are named. */
export function auditWorld(spec: object = {}): { readonly stack: Stack; readonly props: AuditProps } {
  const stack = testStack();
  const { alarms, key } = surroundings(stack);
  const { bucket } = new AccessLogBucket(stack, 'AccessLogs', { days: 90 });
  return {
    stack,
    props: {
      spec: audit.parse(spec),
      prefix: 'shop-production',
      protected: true,
      logsKey: key,
      logDays: 365,
      accessLogs: bucket,
      alarms,
    },
  };
}
