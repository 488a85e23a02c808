import type { JsonObject } from '../../lib/review/json';
import type { Change } from './recovery';

/** A change of what two sites on Azure are synthesized to. */
export type RegionChange = Pick<Change, 'azure' | 'cluster'>;

/** How names of the second of two sites on Azure are told. */
export const RECOVERY = /-recovery(?:-|\/|$)/;

/** A value with one text for another, wherever it stands. */
export const rewritten = <Value>(value: Value, from: string, to: string): Value =>
  JSON.parse(JSON.stringify(value).replaceAll(new RegExp(from, 'g'), to)) as Value;

/** Resources, by `<path> <type>`, with other arguments; or none of them. */
export const azureChange = (is: RegExp, given?: JsonObject | ((of: JsonObject) => JsonObject)): RegionChange => ({
  azure: (each) =>
    !is.test(`${each.path} ${each.type}`)
      ? each
      : given && {
          ...each,
          arguments: { ...each.arguments, ...(typeof given === 'function' ? given(each.arguments) : given) },
        },
});

/** Objects, by their file, with one text for another; or none of them. */
export const clusterChange = (file: RegExp, from?: string, to = ''): RegionChange => ({
  cluster: (each) => {
    if (!file.test(each.file)) return each;
    return from === undefined ? undefined : { ...each, value: rewritten(each.value, from, to) };
  },
});

/** What stands behind the first origin of each group is not asked. */
export const withoutSecondOrigins = azureChange(/ azurerm_cdn_frontdoor_origin$/, (given) =>
  given.priority === 1 ? given : { ...given, enabled: false },
);
