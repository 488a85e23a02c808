import { textOf, type Json } from '../../json';
import { resourcesOf } from '../../azure/stack';
import { ofKind } from '../../kubernetes/find';
import { placeIn } from '../../kubernetes/place';
import { parametersOf } from '../databases';
import type { AzureOutputs, Outputs } from '../outputs';
import type { VersionPair } from '../versions';
import { followedDatabases } from './databases';
import { placeOf } from './place';

/** Versions of everything that runs in both regions. */
export const regionVersions = (outputs: Outputs<AzureOutputs>): readonly VersionPair[] => [
  ...databaseVersions(outputs),
  ...clusterVersions(outputs),
  ...chartVersions(outputs),
];

const same = (what: string, [primary, recovery]: readonly [string, string], at: string, rule: string): VersionPair => ({
  what,
  primary,
  recovery,
  compatible: primary === recovery && primary !== '',
  at,
  rule,
});

const shown = (value: Json | undefined): string =>
  value === undefined ? '' : (textOf(value) ?? JSON.stringify(value));

/** Azure promotes a replica alone that is as large as its writer, and carries no parameter over. */
function databaseVersions(outputs: Outputs<AzureOutputs>): readonly VersionPair[] {
  const { all } = outputs.primary;
  return followedDatabases(outputs).flatMap(({ at, name, recovery, writer }) => {
    const [there, here] = [writer, recovery].map((server) => parametersOf(server, all)) as [
      ReadonlyMap<string, string>,
      ReadonlyMap<string, string>,
    ];
    const differing = [...new Set([...there.keys(), ...here.keys()])]
      .filter((parameter) => there.get(parameter) !== here.get(parameter))
      .sort();
    const valued = (of: ReadonlyMap<string, string>): string =>
      differing.length === 0
        ? `${of.size} parameters`
        : differing.map((parameter) => `${parameter} ${of.get(parameter) ?? 'unset'}`).join(', ');
    const pair = (argument: string): readonly [string, string] => [
      shown(writer.arguments[argument]),
      shown(recovery.arguments[argument]),
    ];
    return [
      same(`databases.${name} PostgreSQL`, pair('version'), at, 'give the replica the version of its writer'),
      same(
        `databases.${name} size`,
        pair('sku_name'),
        at,
        'make the replica as large as its writer, or nobody promotes it',
      ),
      same(
        `databases.${name} disk`,
        pair('storage_mb'),
        at,
        'give the replica the disk of its writer, or nobody promotes it',
      ),
      same(
        `databases.${name} parameters`,
        [valued(there), valued(here)],
        at,
        'set both alike, since a promotion carries none over',
      ),
    ];
  });
}

function clusterVersions({ primary, recovery }: Outputs<AzureOutputs>): readonly VersionPair[] {
  const [[there], [here]] = [primary, recovery].map(({ site }) => resourcesOf(site, 'azurerm_kubernetes_cluster')) as [
    ReturnType<typeof resourcesOf>,
    ReturnType<typeof resourcesOf>,
  ];
  if (there === undefined || here === undefined) return [];
  return [
    same(
      'Kubernetes',
      [shown(there.arguments.kubernetes_version), shown(here.arguments.kubernetes_version)],
      `${placeOf(there)}; ${placeOf(here)}`,
      'run one version on both clusters, but while one is upgraded before the other',
    ),
  ];
}

/** Charts of both clusters: one that the recovery site lacks is told by its empty version. */
function chartVersions({ primary, recovery }: Outputs<AzureOutputs>): readonly VersionPair[] {
  const releases = ({ clusters }: AzureOutputs) =>
    new Map(clusters.flatMap((cluster) => ofKind(cluster, 'Release')).map((each) => [each.name, each]));
  const here = releases(recovery);
  return [...releases(primary)].map(([name, release]) => {
    const other = here.get(name);
    return same(
      `chart ${name}`,
      [shown(placeIn(release.value, 'spec.version')), shown(other && placeIn(other.value, 'spec.version'))],
      `k8s.out ${release.file}; ${other?.file ?? 'nothing on the recovery site'}`,
      'run one version of it on both clusters',
    );
  });
}
