import { isObject, isTrue, listOf, numberOf, objectOf, textOf, type Json, type JsonObject } from '../json';
import { resourcesOf as awsResourcesOf, type Assembly } from '../aws/stack';
import { valueAt } from '../azure/settings';
import { resourcesOf, type Site } from '../azure/stack';
import { kebab } from './capability';
import type { AwsOutputs, Outputs } from './outputs';
import type { VersionPair } from './versions';

/** A flag as a site keeps it. */
interface KeptFlag {
  readonly set: string;
  readonly flag: string;
  /** For whom it is on, for people to read: `on for 5% and for tier=gold`. */
  readonly is: string;
  readonly at: string;
}

/** One text for what both clouds write each in its own way. */
const told = (enabled: boolean, percent: number | undefined, segments: readonly string[]): string =>
  enabled
    ? `on for ${percent ?? '?'}%${segments.length === 0 ? '' : ` and for ${[...segments].sort().join(', ')}`}`
    : 'off';

/** Flags of sets in AppConfig: `/ShopFlags/Version`. */
const awsFlags = ({ stacks }: Assembly): readonly KeptFlag[] =>
  stacks.flatMap((stack) =>
    awsResourcesOf(stack, 'AWS::AppConfig::HostedConfigurationVersion').flatMap(({ logicalId, path, properties }) => {
      const set = kebab(/\/(\w+)Flags\//.exec(path)?.[1] ?? logicalId);
      return Object.entries(valuesIn(properties.Content)).map(([flag, value]) => {
        const { enabled, percent, segments } = objectOf(value);
        const segmented = (textOf(segments) ?? '').split(' ').filter((each) => each !== '');
        return {
          set,
          flag,
          is: told(isTrue(enabled), numberOf(percent), segmented),
          at: `cdk.out ${stack.name}: ${logicalId}`,
        };
      });
    }),
  );

function valuesIn(content: Json | undefined): JsonObject {
  try {
    return objectOf(objectOf(JSON.parse(textOf(content) ?? '{}') as Json).values);
  } catch {
    return {};
  }
}

/** Flags of stores of App Configuration: `/ShopFlags/QuickCheckoutFlag`. Groups that are in as a whole are segments. */
const azureFlags = (site: Site): readonly KeptFlag[] =>
  resourcesOf(site, 'azurerm_app_configuration_feature').map(({ address, arguments: given, path, stack }) => {
    const groups = listOf(valueAt(given, 'targeting_filter.groups'))
      .filter(isObject)
      .map(({ name, rollout_percentage: share }) =>
        Number(share) === 100 ? (textOf(name) ?? '') : `${textOf(name)} by ${Number(share)}%`,
      );
    return {
      set: kebab(/\/(\w+)Flags\//.exec(path)?.[1] ?? path),
      flag: textOf(given.name) ?? address,
      is: told(isTrue(given.enabled), numberOf(valueAt(given, 'targeting_filter.default_rollout_percentage')), groups),
      at: `cdktf.out ${stack}: ${address}`,
    };
  });

/** Each flag of the sets that both sites have: it is on for the same people, or customers see another shop after a failover. */
export function flagPairs({ primary, recovery }: Outputs<AwsOutputs>): readonly VersionPair[] {
  const [there, here] = [awsFlags(primary.assembly), azureFlags(recovery.site)];
  const sets = there.map(({ set }) => set).filter((set) => here.some((each) => each.set === set));
  const keys = [...there, ...here]
    .filter(({ set }) => sets.includes(set))
    .map(({ flag, set }) => `flags.${set} ${flag}`);
  return [...new Set(keys)].sort().map((what) => {
    const [one, other] = [there, here].map((flags) => flags.find(({ flag, set }) => `flags.${set} ${flag}` === what));
    return {
      what,
      primary: one?.is ?? '',
      recovery: other?.is ?? '',
      compatible: one !== undefined && one.is === other?.is,
      rule: 'have it on both, on for the same people',
      at: [one, other].flatMap((each) => each?.at ?? []).join('; '),
    };
  });
}
