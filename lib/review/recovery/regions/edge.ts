import { numberOf, textOf } from '../../json';
import { namedBy } from '../../azure/private-dns';
import { valueAt } from '../../azure/settings';
import { resourcesOf, type Resource } from '../../azure/stack';
import type { AzureOutputs, Outputs } from '../outputs';
import { regionOf } from './copies';

/** Origins of an edge between which requests move: what takes them first, and what takes them when that is unwell. */
export interface OriginPair {
  readonly group: Resource;
  readonly first: Resource;
  readonly second: Resource;
  /** For how long an origin is unwell before requests leave it, in seconds. */
  readonly seconds: number;
}

const priority = ({ arguments: given }: Resource): number => numberOf(given.priority) ?? 1;

/** Whether an origin is reached by a private link that begins in a region. */
const standsIn = ({ arguments: given }: Resource, region: string): boolean =>
  textOf(valueAt(given, 'private_link.location')) === region;

/** Origins of each group that are asked, the first first. */
const groupsIn = ({
  all,
}: AzureOutputs): readonly { readonly group: Resource; readonly origins: readonly Resource[] }[] =>
  resourcesOf(all, 'azurerm_cdn_frontdoor_origin_group').map((group) => ({
    group,
    origins: resourcesOf(all, 'azurerm_cdn_frontdoor_origin')
      .filter(
        (each) =>
          each.arguments.enabled !== false &&
          namedBy(each, each.arguments.cdn_frontdoor_origin_group_id, all) === group,
      )
      .sort((a, b) => priority(a) - priority(b)),
  }));

/** Groups of origins that have one of either site, the recovery's behind the primary's. */
export const originPairs = ({ primary, recovery }: Outputs<AzureOutputs>): readonly OriginPair[] =>
  groupsIn(primary).flatMap(({ group, origins: [first, second, ...others] }) =>
    first !== undefined &&
    second !== undefined &&
    others.length === 0 &&
    standsIn(first, regionOf(primary)) &&
    standsIn(second, regionOf(recovery)) &&
    priority(first) < priority(second)
      ? [{ group, first, second, seconds: secondsOf(group) }]
      : [],
  );

/** Groups of origins that have one of the primary, and none of the recovery site behind it. */
export const unpairedGroups = (outputs: Outputs<AzureOutputs>): readonly Resource[] => {
  const paired = originPairs(outputs).map(({ group }) => group);
  return groupsIn(outputs.primary)
    .filter(
      ({ group, origins }) =>
        !paired.includes(group) && origins.some((each) => standsIn(each, regionOf(outputs.primary))),
    )
    .map(({ group }) => group);
};

/**
 * Of the last probes so many must have failed that fewer than asked for are well.
 * https://learn.microsoft.com/azure/frontdoor/health-probes
 */
function secondsOf({ arguments: given }: Resource): number {
  const value = (at: string): number => numberOf(valueAt(given, at)) ?? Infinity;
  return (
    value('health_probe.interval_in_seconds') *
    (value('load_balancing.sample_size') - value('load_balancing.successful_samples_required') + 1)
  );
}
