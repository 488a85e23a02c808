import { AppConfigurationFeature } from '@cdktf/provider-azurerm/lib/app-configuration-feature';
import { DataResource } from 'cdktf';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { Flag, FlagSet } from '../platform/nouns/flags';
import { flagSettings, targeting, turnedByPeople } from './flag-settings';

export interface FlagValuesProps {
  /** Id of the store. */
  readonly storeId: string;
  readonly spec: Pick<FlagSet, 'flags'>;
}

/** The store answers the network alone: from anywhere else Terraform would wait, as if its role were on the way, for the better part of an hour. */
const timeouts = { create: '10m', read: '2m', update: '10m', delete: '10m' };

/** As Terraform wants a resource named here: bare, where a template would be refused. */
const bareName = ({ friendlyUniqueId, terraformResourceType }: DataResource): string =>
  `${terraformResourceType}.${friendlyUniqueId}`;

/**
 * The flags of a set, in their store. Each is written when its definition is new or has changed, and by nothing else: what people turned
 * since then stays turned, whoever applies the stack.
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
    const definition = new DataResource(this, `${id}Definition`, {
      input: { enabled: flag.enabled, ...targeting(flag) },
    });
    return new AppConfigurationFeature(this, `${id}Flag`, {
      configurationStoreId,
      name,
      ...flagSettings(flag),
      timeouts,
      lifecycle: { ignoreChanges: [...turnedByPeople], replaceTriggeredBy: [bareName(definition)] },
    });
  }
}
