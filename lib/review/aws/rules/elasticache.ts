import { CACHE_VERSIONS, NODE_FAMILIES, SERVERLESS_VERSIONS } from '../data/cache-engines';
import type { CacheEngine } from '../data/cache-engines';
import { isObject, isTrue, listOf, numberOf, shown, textOf } from '../../json';
import type { Json, JsonObject } from '../../json';
import { referent } from '../references';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import type { Assembly, Resource, Stack } from '../stack';

const report = reporter('elasticache');

const NODE_BASED = ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'];
const SERVERLESS = 'AWS::ElastiCache::ServerlessCache';

/** Every cache has an engine, a version, a node type and a parameter group that go together, and can fail over. */
export const elasticache: Rule = (stack, assembly) =>
  stack.resources
    .filter(({ type }) => NODE_BASED.includes(type) || type === SERVERLESS)
    .flatMap((resource) => problemsOf(resource, stack, assembly).map((problem) => report(stack, resource, problem)));

function problemsOf(resource: Resource, stack: Stack, assembly: Assembly): readonly string[] {
  const { type, properties } = resource;
  // A member takes its engine from the group that it joins.
  if (properties.ReplicationGroupId !== undefined) return [];
  if (properties.GlobalReplicationGroupId !== undefined) return failover(properties);

  const engine = textOf(properties.Engine);
  if (!isEngine(engine)) {
    return [
      `Engine must be ${Object.keys(CACHE_VERSIONS).join(', ')}, got ${shown(properties.Engine)}: name one of them`,
    ];
  }
  if (type === SERVERLESS) return serverlessVersion(engine, properties);
  return [
    ...version(engine, properties),
    ...nodeType(engine, properties.CacheNodeType),
    ...parameterFamily(engine, properties, stack, assembly),
    ...failover(properties),
  ];
}

function isEngine(name: string | undefined): name is CacheEngine {
  return name !== undefined && Object.hasOwn(CACHE_VERSIONS, name);
}

function version(engine: CacheEngine, { EngineVersion }: JsonObject): readonly string[] {
  const versions = Object.keys(CACHE_VERSIONS[engine]);
  return versions.includes(textOf(EngineVersion) ?? '')
    ? []
    : [`EngineVersion of ${engine} must be ${versions.join(', ')}, got ${shown(EngineVersion)}: name one of them`];
}

function serverlessVersion(engine: CacheEngine, { MajorEngineVersion }: JsonObject): readonly string[] {
  const versions = SERVERLESS_VERSIONS[engine];
  return versions.includes(textOf(MajorEngineVersion) ?? '')
    ? []
    : [
        `MajorEngineVersion of ${engine} must be ${versions.join(', ')}, got ${shown(MajorEngineVersion)}: name one of them`,
      ];
}

function nodeType(engine: CacheEngine, value: Json | undefined): readonly string[] {
  const [, familyName = '', size = ''] = /^cache\.([a-z0-9]+)\.([a-z0-9]+)$/.exec(textOf(value) ?? '') ?? [];
  const family = NODE_FAMILIES[familyName];
  const usable = Object.keys(NODE_FAMILIES).filter((name) => NODE_FAMILIES[name]?.engines.includes(engine));
  if (family === undefined || !family.engines.includes(engine)) {
    const got = shown(value);
    return [
      `CacheNodeType of ${engine} must be cache.<family>.<size> of ${usable.join(', ')}, got ${got}: choose a family`,
    ];
  }
  return family.sizes.includes(size)
    ? []
    : [
        `CacheNodeType of family ${familyName} must have size ${family.sizes.join(', ')}, got ${shown(value)}: choose a size`,
      ];
}

/** The family must be the version's, whether the group is a default one or one of the assembly. */
function parameterFamily(
  engine: CacheEngine,
  { EngineVersion, CacheParameterGroupName }: JsonObject,
  stack: Stack,
  assembly: Assembly,
): readonly string[] {
  const wanted = CACHE_VERSIONS[engine][textOf(EngineVersion) ?? ''];
  const group = referent(CacheParameterGroupName, stack, assembly)?.resource;
  const got =
    textOf(group?.properties.CacheParameterGroupFamily) ??
    /^default\.(.+?)(\.cluster\.on)?$/.exec(textOf(CacheParameterGroupName) ?? '')?.[1];
  return wanted === undefined || got === undefined || got === wanted
    ? []
    : [
        `CacheParameterGroupName must name a group of family ${wanted}, got one of '${got}': ` +
          `make the group for ${engine} ${textOf(EngineVersion)}`,
      ];
}

function failover(properties: JsonObject): readonly string[] {
  const automatic = isTrue(properties.AutomaticFailoverEnabled);
  if (isTrue(properties.MultiAZEnabled) && !automatic) {
    return ['MultiAZEnabled needs AutomaticFailoverEnabled, got it off: turn it on'];
  }
  const nodes = nodesOfSmallestShard(properties);
  return automatic && nodes !== undefined && nodes < 2
    ? [`AutomaticFailoverEnabled needs at least 2 nodes in every shard, got ${nodes}: add a replica`]
    : [];
}

/** Nodes of the shard that has the fewest, nothing where a number is known only at deployment. */
function nodesOfSmallestShard(properties: JsonObject): number | undefined {
  const { NumCacheClusters, ReplicasPerNodeGroup, NodeGroupConfiguration } = properties;
  const replicas = listOf(NodeGroupConfiguration)
    .filter(isObject)
    .flatMap(({ ReplicaCount }) => numberOf(ReplicaCount) ?? []);
  if (replicas.length > 0) return Math.min(...replicas) + 1;
  if (ReplicasPerNodeGroup !== undefined) {
    const count = numberOf(ReplicasPerNodeGroup);
    return count === undefined ? undefined : count + 1;
  }
  return NumCacheClusters === undefined ? 1 : numberOf(NumCacheClusters);
}
