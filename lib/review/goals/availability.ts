import { resourcesOf as awsResources, type Assembly } from '../aws/stack';
import { kindOf, type Resource, type Site } from '../azure/stack';
import { isList, listOf, objectOf, type Json, type JsonObject } from '../json';

/** A part that requests need, where it stands, and what its vendor promises of it. */
export interface NeededPart {
  /** `cdktf.out retailflow-azure-production-edge: azurerm_application_gateway.…` */
  readonly at: string;
  readonly part: string;
  /** Whether it goes on when a zone is lost. */
  readonly spansZones: boolean;
  /** Share of a month in which the vendor promises it, in percent, standing as it does. */
  readonly promisedPercent: number;
  readonly source: string;
}

/** What parts in a row add up to. */
export interface Availability {
  readonly parts: readonly NeededPart[];
  /** Promises multiplied, each kind of part once: a request needs one of each. */
  readonly promisedPercent: number;
  /** The rest of a month, in minutes. */
  readonly promisedMinutes: number;
  readonly goalPercent: number;
  readonly goalMinutes: number;
}

/** What a vendor promises of a type, over zones and in one. */
interface Promise {
  readonly part: string;
  readonly spansZones: (given: JsonObject) => boolean;
  readonly over: number;
  readonly inOne: number;
  readonly source: string;
  /** Whether it takes writes, and is no copy of another. @default - all of the type are needed */
  readonly isNeeded?: (given: JsonObject) => boolean;
}

const several = (value: Json | undefined): boolean => isList(value) && value.length > 1;
const bodyOf = (given: JsonObject): JsonObject => objectOf(objectOf(given.body).properties);
const blockOf = (value: Json | undefined): JsonObject => objectOf(isList(value) ? value[0] : value);
const always = (): boolean => true;

/** Promises of Azure for services online: https://www.microsoft.com/licensing/docs/view/Service-Level-Agreements-SLA-for-Online-Services, 2026. */
const azureSource = 'https://www.microsoft.com/licensing/docs/view/Service-Level-Agreements-SLA-for-Online-Services';

const azure: Readonly<Record<string, Promise>> = {
  azurerm_cdn_frontdoor_profile: {
    part: 'Front Door',
    spansZones: always,
    over: 99.99,
    inOne: 99.99,
    source: azureSource,
  },
  azurerm_application_gateway: {
    part: 'application gateway',
    spansZones: ({ zones }) => several(zones),
    over: 99.95,
    inOne: 99.95,
    source: azureSource,
  },
  'Microsoft.ApiManagement/service': {
    part: 'API Management',
    spansZones: (given) => bodyOf(given).zoneRedundant === true,
    over: 99.95,
    inOne: 99.95,
    source: azureSource,
  },
  azurerm_kubernetes_cluster_node_pool: {
    part: 'nodes of the cluster',
    spansZones: ({ zones }) => several(zones),
    over: 99.99,
    inOne: 99.9,
    source: azureSource,
  },
  azurerm_mssql_database: {
    part: 'Azure SQL',
    spansZones: ({ zone_redundant: redundant }) => redundant === true,
    over: 99.995,
    inOne: 99.99,
    source: azureSource,
    isNeeded: ({ create_mode: mode }) => mode !== 'Secondary',
  },
  azurerm_postgresql_flexible_server: {
    part: 'PostgreSQL',
    spansZones: ({ high_availability: standby }) => blockOf(standby).mode === 'ZoneRedundant',
    over: 99.99,
    inOne: 99.9,
    source: azureSource,
    isNeeded: ({ create_mode: mode }) => mode !== 'Replica',
  },
  azurerm_cosmosdb_account: {
    part: 'Cosmos DB',
    spansZones: ({ geo_location: places }) => listOf(places).some((each) => objectOf(each).zone_redundant === true),
    over: 99.995,
    inOne: 99.99,
    source: azureSource,
  },
  azurerm_managed_redis: {
    part: 'Managed Redis',
    spansZones: ({ high_availability_enabled: kept }) => kept !== false,
    over: 99.99,
    inOne: 99.9,
    source: azureSource,
  },
};

const awsSource = (service: string): string => `https://aws.amazon.com/${service}/sla/`;

const aws: Readonly<Record<string, Promise>> = {
  'AWS::CloudFront::Distribution': {
    part: 'CloudFront',
    spansZones: always,
    over: 99.9,
    inOne: 99.9,
    source: awsSource('cloudfront'),
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    part: 'load balancer',
    spansZones: ({ Subnets }) => several(Subnets),
    over: 99.99,
    inOne: 99.9,
    source: awsSource('elasticloadbalancing'),
  },
  'AWS::ECS::Service': {
    part: 'tasks',
    spansZones: ({ NetworkConfiguration: network }) => several(objectOf(objectOf(network).AwsvpcConfiguration).Subnets),
    over: 99.99,
    inOne: 99.5,
    source: awsSource('compute'),
  },
  'AWS::EKS::Cluster': {
    part: 'nodes of the cluster',
    spansZones: ({ ResourcesVpcConfig: network }) => several(objectOf(network).SubnetIds),
    over: 99.99,
    inOne: 99.5,
    source: awsSource('compute'),
  },
  'AWS::RDS::DBCluster': { part: 'databases', spansZones: always, over: 99.95, inOne: 99.95, source: awsSource('rds') },
  'AWS::RDS::DBInstance': {
    part: 'databases',
    spansZones: ({ MultiAZ }) => MultiAZ === true,
    over: 99.95,
    inOne: 99.5,
    source: awsSource('rds'),
    isNeeded: ({ DBClusterIdentifier, SourceDBInstanceIdentifier }) =>
      DBClusterIdentifier === undefined && SourceDBInstanceIdentifier === undefined,
  },
  'AWS::ElastiCache::ReplicationGroup': {
    part: 'caches',
    spansZones: ({ MultiAZEnabled }) => MultiAZEnabled === true,
    over: 99.99,
    inOne: 99.5,
    source: awsSource('elasticache'),
  },
};

/** Minutes of a month of 30 days. */
const monthMinutes = 30 * 24 * 60;

const minutesOf = (percent: number): number => Math.round((1 - percent / 100) * monthMinutes * 10) / 10;

/** The parts that requests of a stage need, as they were synthesized, and what their vendors promise of them together. */
export function availabilityOf(
  outputs: { readonly aws: Assembly | undefined; readonly azure: Site | undefined },
  goalPercent: number,
): Availability {
  const parts = [...azureParts(outputs.azure), ...awsParts(outputs.aws)];
  const kinds = [...new Set(parts.map(({ part }) => part))];
  const promised = kinds.reduce(
    (all, kind) =>
      all * (Math.min(...parts.filter(({ part }) => part === kind).map((each) => each.promisedPercent)) / 100),
    1,
  );
  const promisedPercent = Math.round(promised * 100_000) / 1000;
  return {
    parts,
    promisedPercent,
    promisedMinutes: minutesOf(promisedPercent),
    goalPercent,
    goalMinutes: minutesOf(goalPercent),
  };
}

function needed(
  promises: Readonly<Record<string, Promise>>,
  type: string,
  given: JsonObject,
  at: string,
): readonly NeededPart[] {
  const promise = Object.hasOwn(promises, type) ? promises[type] : undefined;
  if (promise === undefined || promise.isNeeded?.(given) === false) return [];
  const { inOne, over, part, source } = promise;
  const spansZones = promise.spansZones(given);
  return [{ at, part, spansZones, promisedPercent: spansZones ? over : inOne, source }];
}

const azureParts = (site: Site | undefined): readonly NeededPart[] =>
  (site?.stacks ?? []).flatMap(({ name, resources }) =>
    resources.flatMap((resource: Resource) =>
      needed(azure, kindOf(resource), resource.arguments, `cdktf.out ${name}: ${resource.address}`),
    ),
  );

const awsParts = (assembly: Assembly | undefined): readonly NeededPart[] =>
  (assembly?.stacks ?? []).flatMap((stack) =>
    awsResources(stack, ...Object.keys(aws)).flatMap(({ logicalId, properties, type }) =>
      needed(aws, type, properties, `cdk.out ${stack.name}: ${logicalId}`),
    ),
  );
