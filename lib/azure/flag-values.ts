import { AppConfigurationFeature } from '@cdktf/provider-azurerm/lib/app-configuration-feature';
import { AppConfigurationKey } from '@cdktf/provider-azurerm/lib/app-configuration-key';
import { Construct } from 'constructs';
import { definitionKeys } from '../platform/azure-flags';
import { audienceOf } from '../platform/flag-audience';
import { pascalCase } from '../platform/ids';
import type { Flag, FlagSet } from '../platform/nouns/flags';
import { flagSettings, turnedAtRunTime } from './flag-settings';

export interface FlagValuesProps {
  /** Id of the store. */
  readonly storeId: string;
  readonly spec: Pick<FlagSet, 'flags'>;
}

/** The store answers the network alone: from anywhere else Terraform would wait, as if its role were on the way, for the better part of an hour. */
const timeouts = { create: '10m', read: '2m', update: '10m', delete: '10m' };

/**
 * The flags of a set, in their store. Each is written once, when it is new: what people turned since then stays turned, whoever applies
 * the stack. What its definition says lies beside it, and where that changes, a program in the cluster carries it out in steps
 * (docs/adr/0029-flags-on-azure.md).
 */
export class FlagValues extends Construct {
  /** By name. */
  public readonly flags: Readonly<Record<string, AppConfigurationFeature>>;

  public constructor(scope: Construct, id: string, props: FlagValuesProps) {
    super(scope, id);
    const { spec, storeId } = props;
    this.flags = Object.fromEntries(
      Object.entries(spec.flags).map(([name, flag]) => [name, this.makeFlag(storeId, name, flag)]),
    );
  }

  private makeFlag(configurationStoreId: string, name: string, flag: Flag): AppConfigurationFeature {
    const id = pascalCase(name);
    new AppConfigurationKey(this, `${id}Definition`, {
      configurationStoreId,
      key: `${definitionKeys}${name}`,
      contentType: 'application/json',
      value: JSON.stringify(audienceOf(flag)),
      timeouts,
    });
    return new AppConfigurationFeature(this, `${id}Flag`, {
      configurationStoreId,
      name,
      ...flagSettings(flag),
      timeouts,
      lifecycle: { ignoreChanges: [...turnedAtRunTime] },
    });
  }
}
