import { Stack } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { DeliveryRoles } from '../../lib/aws/delivery';
import { edgeRegion } from '../../lib/aws/edge-region';
import { imagesOf } from '../../lib/aws/images';
import type { Alarms } from '../../lib/aws/alarms';
import { Registry } from '../../lib/aws/registry';
import { ReleaseHours } from '../../lib/aws/release-hours';
import { imagesFor } from '../../lib/platform/cluster-images';
import type { Platform } from '../../lib/platform/platform';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface DeliveryStackProps extends PlatformStackProps {
  readonly keys: { readonly data: kms.IKey; readonly messaging: kms.IKey };
  readonly alarms: Alarms;
}

/** What the platform runs of others on a site, by name. */
export const copiedImages = (
  { delivery, stage, telemetry }: Pick<Platform, 'delivery' | 'stage' | 'telemetry'>,
  site: PlatformStackProps['site'],
): readonly string[] =>
  site.runtime === 'ecs'
    ? imagesOf({ stage, telemetry })
    : imagesFor({
        manifests: delivery.manifests,
        mesh: site.kubernetes.mesh,
        loads: stage.loadTests !== undefined,
      });

/** Where images lie, and how pipelines get into the account. */
export class DeliveryStack extends Stack {
  /** The repositories of what is built, by its word: services, and recovery. */
  public readonly repositories: Readonly<Record<string, ecr.IRepository>>;

  public constructor(scope: Construct, id: string, props: DeliveryStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { keys, platform, site } = props;
    const registry = new Registry(this, 'Registry', {
      platform,
      key: keys.data,
      copies: copiedImages(platform, site),
    });
    this.repositories = registry.repositories;
    const { deploy } = new DeliveryRoles(this, 'Roles', {
      platform,
      repositories: [...Object.values(registry.repositories), ...Object.values(registry.copies)],
      regions: [...new Set([site.region, edgeRegion, ...(platform.stage.journeys?.from ?? [])])],
    });
    const hours = platform.delivery.releaseHours;
    if (hours !== undefined && platform.stage.protected) {
      new ReleaseHours(this, 'Hours', { hours, deploy, messagingKey: keys.messaging, alarms: props.alarms });
    }
  }
}
