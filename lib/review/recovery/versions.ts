import { entriesOf, listOf, objectOf, textOf, type Json } from '../json';
import { oncePer } from '../../platform/once';
import { resourcesOf, type Assembly, type Resource, type Stack } from '../aws/stack';
import type { Cluster } from '../kubernetes/cluster';
import { ofKind } from '../kubernetes/find';
import { kebab } from './capability';
import { databasePairs, parametersOf } from './databases';
import type { AwsOutputs, Outputs } from './outputs';
import { problemAt, type Problem } from './problem';

/** What runs on each site, and whether one can follow the other. */
export interface VersionPair {
  /** `databases.store PostgreSQL` */
  readonly what: string;
  readonly primary: string;
  readonly recovery: string;
  readonly compatible: boolean;
  /** What must hold. */
  readonly rule: string;
  readonly at: string;
}

/** Versions of everything that holds data on both sites. */
export function versionPairs(outputs: Outputs<AwsOutputs>): readonly VersionPair[] {
  return [...databaseVersions(outputs), ...cacheVersions(outputs.primary.assembly)];
}

export const versionProblems = (pairs: readonly VersionPair[]): readonly Problem[] =>
  pairs
    .filter(({ compatible }) => !compatible)
    .map(({ at, primary, recovery, rule, what }) =>
      problemAt('versions', what, `is ${primary} on the primary and ${recovery} on the recovery site (${at}): ${rule}`),
    );

function databaseVersions(outputs: Outputs<AwsOutputs>): readonly VersionPair[] {
  const { assembly, clusters } = outputs.primary;
  const installed = [...new Set([...extensionsIn(assembly), ...clusters.flatMap(extensionsInCluster)])].sort();
  return databasePairs(outputs).flatMap((pair): readonly VersionPair[] => {
    const { name, primary, recovery } = pair;
    const parameters = parametersOf(recovery, outputs.recovery.site);
    const [there, here] = [major(primary.server.properties.EngineVersion), major(recovery.arguments.version)];
    const allowed = listed(parameters.get('azure.extensions'));
    const libraries = librariesOf(primary.server, primary.stack);
    const loaded = listed(parameters.get('shared_preload_libraries'));
    const common = { at: pair.at };
    return [
      {
        ...common,
        what: `databases.${name} PostgreSQL`,
        primary: there,
        recovery: here,
        compatible: there === here && there !== '',
        rule: 'take the same major on both, so that each can follow the other',
      },
      {
        ...common,
        what: `databases.${name} extensions`,
        primary: installed.join(', '),
        recovery: allowed.join(', '),
        compatible: installed.every((each) => allowed.includes(each)),
        rule: 'let the recovery site have every extension that migrations make on the primary',
      },
      {
        ...common,
        what: `databases.${name} libraries`,
        primary: libraries.join(', '),
        recovery: loaded.join(', '),
        compatible: libraries.every((each) => loaded.includes(each)),
        rule: 'load every library at the start that the primary loads',
      },
    ];
  });
}

const major = (version: Json | undefined): string => /^\d+/.exec(textOf(version) ?? '')?.[0] ?? '';

const listed = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .sort();

/** Libraries that a server loads when it starts: of its parameter group. */
function librariesOf({ properties }: Resource, stack: Stack): readonly string[] {
  const { DBClusterParameterGroupName: ofCluster, DBParameterGroupName: ofInstance } = properties;
  const group = stack.resources.find(({ logicalId }) => logicalId === objectOf(ofCluster ?? ofInstance).Ref);
  return listed(textOf(objectOf(group?.properties.Parameters).shared_preload_libraries));
}

const CREATE = /CREATE EXTENSION IF NOT EXISTS "([\w-]+)"/g;

/** Extensions that the migrations of an assembly make. */
const extensionsIn = oncePer(({ stacks }: Assembly): readonly string[] => {
  const found = stacks
    .flatMap((stack) => resourcesOf(stack, 'AWS::ECS::TaskDefinition'))
    .flatMap(({ properties }) => entriesOf(listOf(properties.ContainerDefinitions)))
    .flatMap(({ value }) =>
      typeof value === 'string' ? [...value.matchAll(CREATE)].map(([, name = '']) => name) : [],
    );
  return [...new Set(found)].sort();
});

/** Extensions that the migrations of a cluster make. */
const extensionsInCluster = (cluster: Cluster): readonly string[] =>
  ofKind(cluster, 'ConfigMap')
    .flatMap(({ value }) => entriesOf(objectOf(value.data)))
    .flatMap(({ value }) =>
      typeof value === 'string' ? [...value.matchAll(CREATE)].map(([, name = '']) => name) : [],
    );

/**
 * Engines of caches whose commands Managed Redis knows: it runs the server of Redis, 7.4 at least, and Valkey began as
 * Redis 7.2 and kept its commands. What a later one added is not on the other site.
 * Sources: https://learn.microsoft.com/azure/redis/overview and https://valkey.io/topics/migration/
 */
const ENGINES: readonly (readonly [engine: string, versions: RegExp])[] = [
  ['redis', /^[67]\./],
  ['valkey', /^[78]\./],
];

const cacheVersions = ({ stacks }: Assembly): readonly VersionPair[] =>
  stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::ElastiCache::ReplicationGroup').map(({ logicalId, path, properties }): VersionPair => {
      const [engine, version] = [textOf(properties.Engine) ?? '', textOf(properties.EngineVersion) ?? ''];
      return {
        what: `caches.${kebab(/\/(\w+)Cache\//.exec(path)?.[1] ?? logicalId)} engine`,
        primary: `${engine} ${version}`,
        recovery: 'Managed Redis',
        compatible: ENGINES.some(([name, versions]) => name === engine && versions.test(version)),
        rule: `take ${ENGINES.map(([name, { source }]) => `${name} ${source}`).join(' or ')}, whose commands both know`,
        at: `cdk.out ${stack.name}: ${logicalId}`,
      };
    }),
  );
