import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Flags } from '../../lib/aws/flags';
import { gatewayErrorsName } from '../../lib/aws/gateway-alarms';
import type { Keys } from '../../lib/aws/keys';
import { releaseAlarmNames } from '../../lib/aws/release-alarms';
import { byName } from '../../lib/platform/by-name';
import { stagePrefix } from '../../lib/platform/names';
import { placedOn, watchedServices } from '../../lib/platform/platform';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface FlagsStackProps extends PlatformStackProps {
  readonly keys: Pick<Keys, 'data'>;
}

/** Every set of flags of the platform. Services know them, and they know services by the names of their alarms alone. */
export class FlagsStack extends Stack {
  public readonly capabilities: { readonly flags: Readonly<Record<string, Flags>> };

  public constructor(scope: Construct, id: string, props: FlagsStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { keys, platform, site } = props;
    this.capabilities = {
      flags: byName(
        placedOn(platform.flags, site.siteName),
        'Flags',
        (part, name, spec) =>
          new Flags(this, part, {
            name,
            prefix: stagePrefix(platform),
            spec,
            key: keys.data,
            watchedAlarms: watchedAlarms(props, name),
          }),
      ),
    };
  }
}

/**
 * The alarms on errors of services that ask for a set. Errors of pods are counted in the cluster, where AppConfig does not look: there,
 * what clients get from the gateway is watched.
 */
function watchedAlarms({ platform, site }: PlatformStackProps, set: string): readonly string[] {
  const prefix = stagePrefix(platform);
  const services = watchedServices(platform, set);
  if (site.runtime === 'ecs') return services.map((service) => releaseAlarmNames(`${prefix}-${service}`).errors);
  return services.length === 0 ? [] : [gatewayErrorsName(prefix)];
}
