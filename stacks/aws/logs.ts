import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { AdmittedOffices } from '../../lib/aws/admitted-offices';
import type { Alarms } from '../../lib/aws/alarms';
import type { Keys } from '../../lib/aws/keys';
import { LogSearch } from '../../lib/aws/log-search';
import { stagePrefix } from '../../lib/platform/names';
import type { LogSearch as Spec } from '../../lib/platform/nouns/logs';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface LogsStackProps extends PlatformStackProps {
  readonly search: Spec;
  readonly vpc: ec2.IVpc;
  readonly keys: Pick<Keys, 'logs'>;
  readonly alarms: Alarms;
  readonly accessLogs: s3.IBucket;
}

/** Where lines of logs are found by their words. Nothing refers to it. */
export class LogsStack extends Stack {
  public readonly logs: LogSearch;

  public constructor(scope: Construct, id: string, props: LogsStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { accessLogs, alarms, keys, platform, search, site, vpc } = props;
    this.logs = new LogSearch(this, 'Logs', {
      spec: search,
      prefix: stagePrefix(platform),
      vpc,
      logsKey: keys.logs,
      logDays: platform.stage.logDays,
      accessLogs,
      alarms,
    });
    new AdmittedOffices(this, 'Offices', {
      offices: site.network.offices,
      kind: 'logs',
      called: 'the search domain of logs',
      securityGroup: this.logs.search.securityGroup,
      port: 443,
    });
  }
}
