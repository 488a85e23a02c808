import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { FlagValues } from '../../lib/azure/flag-values';
import { flagsOn } from '../../lib/platform/azure-flags';
import { byName } from '../../lib/platform/by-name';
import { named } from '../../lib/platform/named';
import type { DataStack } from './data';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface FlagsStackProps extends PlatformStackProps {
  readonly data: Pick<DataStack, 'flags'>;
}

/**
 * What the flags are, apart from the stores that hold them: it changes by the day, and is applied from inside the network, which is
 * where the stores answer.
 */
export class FlagsStack extends TerraformStack {
  /** By set. */
  public readonly sets: Readonly<Record<string, FlagValues>>;

  public constructor(scope: Construct, id: string, props: FlagsStackProps) {
    super(scope, id);
    const { data, platform, site } = props;
    preparePlatformStack(this, 'flags', props);
    this.sets = byName(
      flagsOn(platform, site.siteName).filter(([name]) => data.flags[name] !== undefined),
      'Flags',
      (part, name, spec) => new FlagValues(this, part, { spec, storeId: named('flags', data.flags, name).store.id }),
    );
  }
}
