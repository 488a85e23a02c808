import type { Capacity } from './nouns/scalars';

/** A size that Azure sells. */
export interface AzureSize {
  readonly sku: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
}

/**
 * Regions in which PostgreSQL servers come on machines of the fourth generation at most. The sixth is not offered to
 * servers in a network. Source: https://learn.microsoft.com/azure/postgresql/overview#azure-regions, December 2025.
 */
const fourthGeneration: readonly string[] = ['eastus2', 'japaneast', 'southcentralus', 'southeastasia', 'westus2'];

const cores = [2, 4, 8, 16, 32, 48, 64] as const;

/**
 * Sizes of PostgreSQL servers in a region: General Purpose with 4 GiB a processor, Memory Optimized with 8 and less for the
 * largest. None works on credits: such a server has no standby, no replicas and no pool. Source:
 * https://learn.microsoft.com/azure/postgresql/compute-storage/concepts-compute, January 2026.
 */
export function postgresSizes(region: string): readonly AzureSize[] {
  const fourth = fourthGeneration.includes(region);
  const series = fourth ? 'v4' : 'v5';
  const general = (vcpu: number): AzureSize => ({
    sku: `GP_Standard_D${vcpu}ds_${series}`,
    vcpu,
    memoryGiB: vcpu * 4,
  });
  const memory = (vcpu: number, memoryGiB = vcpu * 8): AzureSize => ({
    sku: `MO_Standard_E${vcpu}ds_${series}`,
    vcpu,
    memoryGiB,
  });
  return [
    ...cores.map(general),
    ...cores.slice(0, -1).map((vcpu) => memory(vcpu)),
    memory(20),
    ...(fourth ? [memory(64, 432)] : [memory(64), general(96), memory(96, 672)]),
  ];
}

/**
 * Tier and processors of a size, whatever the generation of its machines. Azure asks a replica for these of its source before it promotes
 * it, and for as large a disk, and not for one generation.
 * Source: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-promote, under server symmetry.
 */
export const sizeClass = (sku: string): string => sku.replace(/_v\d+$/, '');

/** The size of exactly the capacity; nothing if Azure sells none. */
export const sizeOf = (sizes: readonly AzureSize[], capacity: Capacity): AzureSize | undefined =>
  sizes.find(({ vcpu, memoryGiB }) => vcpu === capacity.vcpu && memoryGiB === capacity.memoryGiB);

/** Disks of PostgreSQL servers, in GiB. The one of 4095 GiB is the largest whose reads are cached. */
const disks = [32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16_384] as const;

/** The smallest disk of a PostgreSQL server that holds so much, in GiB; nothing if none does. */
export const diskGiB = (storageGiB: number): number | undefined => disks.find((size) => size >= storageGiB);

/** An Azure SQL database: processors, and the most that its disk holds, in GiB. */
export interface SqlSize {
  readonly sku: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
  readonly maxGiB: number;
}

/** Memory of an Azure SQL database for a processor, in GiB, rounded down from 5.2. */
const sqlMemoryPerCore = 5;

/**
 * General Purpose databases of Azure SQL. Source:
 * https://learn.microsoft.com/azure/azure-sql/database/resource-limits-vcore-single-databases, 2026.
 */
export const sqlSizes: readonly SqlSize[] = (
  [
    [2, 1024],
    [4, 1024],
    [6, 1536],
    [8, 2048],
    [10, 2048],
    [12, 3072],
    [14, 3072],
    [16, 3072],
    [18, 3072],
    [20, 3072],
    [24, 4096],
    [32, 4096],
    [40, 4096],
    [80, 4096],
  ] as const
).map(([vcpu, maxGiB]) => ({ sku: `GP_Gen5_${vcpu}`, vcpu, memoryGiB: vcpu * sqlMemoryPerCore, maxGiB }));

/** The smallest Azure SQL database with the capacity and the disk; nothing if there is none. */
export const sqlSize = (capacity: Capacity, storageGiB: number): SqlSize | undefined =>
  sqlSizes.find(
    ({ vcpu, memoryGiB, maxGiB }) => vcpu >= capacity.vcpu && memoryGiB >= capacity.memoryGiB && maxGiB >= storageGiB,
  );

/** Processors that Hyperscale databases of Azure SQL come with. */
export const hyperscaleCores: readonly number[] = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80];

/** Most memory of a Hyperscale database for a processor, in GiB, rounded down from 10.2. */
export const hyperscaleMemoryPerCore = 10;

/**
 * Hyperscale databases of Azure SQL: the standard series with 5 GiB a processor, and the memory-optimized premium series with
 * twice that. Nothing if none has exactly the processors, or so much memory with them. Source:
 * https://learn.microsoft.com/azure/azure-sql/database/resource-limits-vcore-single-databases, 2026.
 */
export function hyperscaleSku({ memoryGiB, vcpu }: Capacity): string | undefined {
  if (!hyperscaleCores.includes(vcpu) || memoryGiB > vcpu * hyperscaleMemoryPerCore) return undefined;
  return memoryGiB <= vcpu * sqlMemoryPerCore ? `HS_Gen5_${vcpu}` : `HS_MOPRMS_${vcpu}`;
}

/** Sessions that an Azure SQL database takes, and each of its replicas as many, whatever their size. Same source. */
export const sqlSessions = 30_000;

/** Statements that an Azure SQL database runs at the same time, for a processor. Same source. */
export const sqlWorkersPerCore = 100;

/** Share of a Managed Redis that data can have; the rest is kept for failovers. */
const usableShare = 0.8;

/**
 * Sizes of Managed Redis in GiB. Small ones are balanced; where a cache is large, memory is what was asked for, and the
 * tier with half the processors has it for less. Source: https://learn.microsoft.com/azure/redis/architecture, 2025; larger
 * ones are a preview.
 */
const cacheSizes: readonly (readonly [sku: string, GiB: number])[] = [
  ['Balanced_B0', 0.5],
  ['Balanced_B1', 1],
  ['Balanced_B3', 3],
  ['Balanced_B5', 6],
  ['Balanced_B10', 12],
  ['Balanced_B20', 24],
  ['Balanced_B50', 60],
  ['MemoryOptimized_M100', 120],
  ['MemoryOptimized_M150', 180],
  ['MemoryOptimized_M250', 240],
  ['MemoryOptimized_M350', 360],
];

/** Most memory for data that a Managed Redis has, all its shards together, in GiB. */
export const largestCacheGiB = Math.floor(360 * usableShare);

/** The smallest Managed Redis with so much memory for data; nothing if there is none. */
export const cacheSku = (memoryGiB: number): string | undefined =>
  cacheSizes.find(([, GiB]) => GiB * usableShare >= memoryGiB)?.[0];

/** Memory for data that a Managed Redis of a size has, in GiB; nothing if there is no such size. */
export function cacheMemoryGiB(sku: string): number | undefined {
  const GiB = cacheSizes.find(([name]) => name === sku)?.[1];
  return GiB === undefined ? undefined : GiB * usableShare;
}
