import { Stack } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import type { Keys } from '../../lib/aws/keys';
import { PageRelease } from '../../lib/aws/page-release';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface PagesStackProps extends PlatformStackProps {
  /** Name of the service that makes the pages. */
  readonly name: string;
  /** Its service on ECS, or the name of the cluster that releases it. */
  readonly released: { readonly serviceArn: string } | { readonly clusterName: string };
  readonly distribution: cloudfront.Distribution;
  readonly keys: Pick<Keys, 'logs' | 'messaging'>;
  readonly alarms: Alarms;
}

/** What joins a service that makes pages to the edge that keeps them: beside the service, where its releases are told of. */
export class PagesStack extends Stack {
  public readonly release: PageRelease;

  public constructor(scope: Construct, id: string, props: PagesStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { alarms, distribution, keys, name, platform, released } = props;
    this.release = new PageRelease(this, 'Release', {
      service: name,
      told:
        'serviceArn' in released
          ? { by: 'ecs', serviceArn: released.serviceArn }
          : { by: 'cluster', clusterName: released.clusterName, key: keys.messaging, platform },
      distribution: { id: distribution.distributionId, arn: distribution.distributionArn },
      logsKey: keys.logs,
      logDays: platform.stage.logDays,
      alarms,
    });
  }
}
