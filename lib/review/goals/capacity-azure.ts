import { nodeSizes, nodesFor } from '../../platform/azure-nodes';
import { cacheMemoryGiB } from '../../platform/azure-sizes';
import type { Platform } from '../../platform/platform';
import { AZAPI, kindOf, resourcesOf, type Resource, type Site } from '../azure/stack';
import { listOf, numberOf, objectOf, textOf } from '../json';
import { kebab } from '../recovery/capability';
import { mostPods } from '../recovery/replicas';
import type { CapacityFigure } from './capacity-figure';
import { connectionsOf, sessionsFigure, type Most } from './capacity-needs';
import { balancing } from './figures';
import type { Place } from './places';
import { sharedPools } from './shared-pools';

const at = ({ address, stack }: Resource): string => `cdktf.out ${stack}: ${address}`;

/** What the parts of Azure stand beside what everybody at once needs of them. */
export const capacityOnAzure = (
  azure: Site,
  place: Pick<Place, 'clusters'>,
  most: Most,
  platform: Platform,
): readonly CapacityFigure[] => [
  ...balancerConnections(azure, platform),
  ...nodeFigures(azure, place),
  ...databaseConnections(azure, most, platform),
  ...cacheSessions(azure, platform),
];

/** Units that API Management may have, by the setting that scales it. */
export const unitsOf = (
  azure: Site,
): { readonly least: number; readonly most: number; readonly at: string } | undefined => {
  const service = resourcesOf(azure, AZAPI).find((each) => kindOf(each) === 'Microsoft.ApiManagement/service');
  const scaled = resourcesOf(azure, 'azurerm_monitor_autoscale_setting').find(
    ({ arguments: given }) => service !== undefined && textOf(given.target_resource_id) === `\${${service.address}.id}`,
  );
  if (scaled === undefined) return undefined;
  const bounds = listOf(scaled.arguments.profile).map((each) => objectOf(objectOf(each).capacity));
  return {
    least: Math.min(...bounds.map(({ minimum }) => numberOf(minimum) ?? 0)),
    most: Math.max(0, ...bounds.map(({ maximum }) => numberOf(maximum) ?? 0)),
    at: at(scaled),
  };
};

/** Connections that people hold to the application gateway. */
const balancerConnections = (azure: Site, { goals }: Platform): readonly CapacityFigure[] =>
  resourcesOf(azure, 'azurerm_application_gateway').map((each) => {
    const instances = numberOf(objectOf(each.arguments.autoscale_configuration).max_capacity) ?? 0;
    return {
      what: 'application gateway connections',
      needs: goals.concurrentUsers * balancing.connectionsOfUser.value,
      has: instances * balancing.connectionsOfInstance.value,
      because: `${goals.concurrentUsers} users with ${balancing.connectionsOfUser.value} each, ${balancing.connectionsOfUser.source}; ${instances} instances, ${at(each)}, ${balancing.connectionsOfInstance.source}`,
    };
  });

/** Nodes for as many of all pods as there may be. */
const nodeFigures = (azure: Site, { clusters }: Pick<Place, 'clusters'>): readonly CapacityFigure[] =>
  clusters.length === 0
    ? []
    : sharedPools(azure).map((each) => {
        const size = nodeSizes.find(({ vmSize }) => vmSize === each.arguments.vm_size);
        return {
          what: `nodes ${textOf(each.arguments.name) ?? ''}`,
          needs: size === undefined ? Infinity : nodesFor(size, mostPods(clusters)),
          has: numberOf(each.arguments.max_count) ?? 0,
          because: `all pods at their most on ${textOf(each.arguments.vm_size) ?? 'nothing'}; ${at(each)}`,
        };
      });

/** What services may open, and what the pool before the server that takes writes lets through. */
const databaseConnections = (azure: Site, most: Most, platform: Platform): readonly CapacityFigure[] =>
  resourcesOf(azure, 'azurerm_postgresql_flexible_server_configuration')
    .filter(({ arguments: given, path }) => given.name === 'max_connections' && !/\/Replica\d+\//.test(path))
    .flatMap((each) => {
      const name = kebab(/\/(\w+)Database\//.exec(each.path)?.[1] ?? '');
      const spec = platform.databases[name];
      if (spec?.engine !== 'postgres') return [];
      const percent = spec.pooling.maxConnectionsPercent;
      const { because, needs } = connectionsOf(platform, 'databases', name, most);
      return [
        {
          what: `databases.${name} connections`,
          needs,
          has: Math.floor((Number(textOf(each.arguments.value)) * percent) / 100),
          because: `${because}; ${percent}% of ${at(each)}`,
        },
      ];
    });

const cacheSessions = (azure: Site, platform: Platform): readonly CapacityFigure[] =>
  resourcesOf(azure, 'azurerm_managed_redis').flatMap((each) => {
    const name = kebab(/\/(\w+)Cache\//.exec(each.path)?.[1] ?? '');
    const memory = cacheMemoryGiB(textOf(each.arguments.sku_name) ?? '') ?? 0;
    return sessionsFigure(name, memory, `${at(each)} of ${Math.round(memory * 10) / 10} GiB`, platform);
  });
