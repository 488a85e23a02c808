import { Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { Audit } from '../../lib/aws/audit';
import { stagePrefix } from '../../lib/platform/names';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface AuditStackProps extends PlatformStackProps {
  readonly keys: { readonly logs: kms.IKey };
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
}

/** What watches the account and keeps what it saw. Much of it exists once an account, whoever turned it on. */
export class AuditStack extends Stack {
  public readonly audit: Audit;

  public constructor(scope: Construct, id: string, props: AuditStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { accessLogs, alarms, keys, platform, site } = props;
    this.audit = new Audit(this, 'Audit', {
      spec: platform.stage.audit,
      runtime: site.runtime,
      prefix: stagePrefix(platform),
      protected: platform.stage.protected,
      logsKey: keys.logs,
      logDays: platform.stage.logDays,
      accessLogs,
      alarms,
    });
  }
}
