import { stringsOf, textOf } from '../json';
import { resourcesOf } from '../azure/stack';
import { awsKeeping, awsKeepers } from './aws-keeper';
import { clusterKeepers, clusterKeeping } from './cluster-keeper';
import { databasePairs } from './databases';
import type { Kept, KeeperTold } from './kept';
import type { AwsOutputs, Outputs } from './outputs';
import { problemAt, type Problem } from './problem';

/** Everything by which the right of each site to write is kept, and ends. Nothing where no database is replicated. */
export function keptIn(outputs: Outputs<AwsOutputs>): readonly Kept[] {
  const pairs = databasePairs(outputs);
  if (pairs.length === 0) return [];
  return [
    ...pairs.flatMap((pair) => [...awsKeeping(pair, outputs), ...clusterKeeping(pair, outputs)]),
    ...toldAlike(outputs),
  ];
}

export const keeperProblems = (kept: readonly Kept[]): readonly Problem[] =>
  kept
    .filter(({ found }) => found === undefined)
    .map(({ by, way }) => problemAt('keeper', 'right to write', `is not kept: it must be that ${way}; ${by}`));

/** Keepers that nobody can deploy yet, since their image is not told. */
export const untoldKeepers = (outputs: Outputs<AwsOutputs>): readonly string[] =>
  keepersIn(outputs)
    .filter(({ untold }) => untold)
    .map(({ at }) => at);

const keepersIn = ({ primary, recovery }: Outputs<AwsOutputs>): readonly KeeperTold[] => [
  ...awsKeepers(primary.assembly),
  ...clusterKeepers(recovery.clusters),
];

/** Keepers of both sites ask one latch, which the recovery site serves, and renew for one time. */
function toldAlike(outputs: Outputs<AwsOutputs>): readonly Kept[] {
  const keepers = keepersIn(outputs);
  const [first] = keepers;
  const places = keepers.map(({ at }) => at).join('; ');
  const alike = (of: (keeper: KeeperTold) => string | number | undefined): boolean =>
    first !== undefined && of(first) !== undefined && keepers.every((each) => of(each) === of(first));
  return [
    {
      way: 'keepers of both sites ask one latch, which the edge of the recovery site serves',
      found: alike(({ latch }) => latch) && isServed(first?.latch ?? '', outputs) ? places : undefined,
      by: `tell them all the address at which a route of the edge serves it, got ${keepers.map(({ latch }) => latch).join(', ')}`,
    },
    {
      way: 'keepers of both sites renew for the same time',
      found: alike(({ leaseSeconds }) => leaseSeconds) ? places : undefined,
      by: `tell them all the same seconds, got ${keepers.map(({ leaseSeconds }) => leaseSeconds ?? 'none').join(', ')}`,
    },
  ];
}

/** Whether a domain of the edge has a route for the very path of an address. */
function isServed(address: string, { recovery: { site: azure } }: Outputs): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, pathname, protocol } = new URL(address);
  return (
    protocol === 'https:' &&
    resourcesOf(azure, 'azurerm_cdn_frontdoor_custom_domain').some(
      ({ arguments: { host_name } }) => textOf(host_name) === hostname,
    ) &&
    resourcesOf(azure, 'azurerm_cdn_frontdoor_route').some(({ arguments: { patterns_to_match } }) =>
      stringsOf(patterns_to_match).includes(pathname),
    )
  );
}
