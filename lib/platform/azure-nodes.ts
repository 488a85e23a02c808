import { digest } from './digest';
import { meshProxy } from './mesh';
import type { Capacity } from './nouns/scalars';
import type { AzureSite } from './nouns/site';
import type { Platform } from './platform';

/** A virtual machine that can be a node: with an own disk for its system, which costs nothing and needs no key. */
export interface NodeSize {
  readonly vmSize: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
}

/**
 * Sizes of nodes with 4 or 8 GiB a processor, by processors. Their own disks hold 150 GiB at least. Source:
 * https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/ddsv5-series, 2026.
 */
export const nodeSizes: readonly NodeSize[] = [4, 8, 16].flatMap((vcpu) => [
  { vmSize: `Standard_D${vcpu}ds_v5`, vcpu, memoryGiB: vcpu * 4 },
  { vmSize: `Standard_E${vcpu}ds_v5`, vcpu, memoryGiB: vcpu * 8 },
]);

/** Pods that a node takes: what Kubernetes is tested with. */
export const maxPods = 110;

/** Pods that stand on every node: network, storage, logs, metrics, security. */
const ownPods = 20;

/** What the pods of add-ons ask for on every node together; ours, on the safe side. */
const addOns: Capacity = { vcpu: 0.8, memoryGiB: 1.5 };

/**
 * Processors that AKS keeps for a node's system, by the node's processors. Source:
 * https://learn.microsoft.com/azure/aks/node-resource-reservations, 2026.
 */
const reservedVcpu: ReadonlyMap<number, number> = new Map([
  [4, 0.14],
  [8, 0.18],
  [16, 0.26],
]);

/** Memory that AKS keeps for a node's system: 20 MB a pod and 50, and 100 below which pods are evicted. Same source. */
const reservedGiB = (20 * maxPods + 50 + 100) / 1024;

/** What a node has for pods of a platform. */
export const usable = ({ memoryGiB, vcpu }: NodeSize): Capacity => ({
  vcpu: vcpu - (reservedVcpu.get(vcpu) ?? 0) - addOns.vcpu,
  memoryGiB: memoryGiB - reservedGiB - addOns.memoryGiB,
});

/** Equal pods: how many, and what each asks for, the mesh's proxy included. */
export interface Pods extends Capacity {
  readonly count: number;
}

/** The pods of all services and of the gateway, at their least or at their most. */
export const podsOf = (
  { gateway, services }: Pick<Platform, 'gateway' | 'services'>,
  bound: 'min' | 'max',
): readonly Pods[] =>
  [...Object.values(services), ...(gateway === undefined ? [] : [gateway])].map(({ capacity, scale }) => ({
    count: scale[bound],
    vcpu: capacity.vcpu + meshProxy.vcpu,
    memoryGiB: capacity.memoryGiB + meshProxy.memoryGiB,
  }));

/** Sums of fractions come out a little beside what they are. */
const tolerance = 1e-9;

/** How many of the pods find room. */
const fitting = (room: Capacity & { readonly pods: number }, { count, memoryGiB, vcpu }: Pods): number =>
  Math.max(
    0,
    Math.min(
      count,
      room.pods,
      Math.floor(room.vcpu / vcpu + tolerance),
      Math.floor(room.memoryGiB / memoryGiB + tolerance),
    ),
  );

/** How many nodes of a size hold the pods, the largest placed first; infinitely many where one finds no room. */
export function nodesFor(size: NodeSize, pods: readonly Pods[]): number {
  const empty = { ...usable(size), pods: maxPods - ownPods };
  const share = ({ memoryGiB, vcpu }: Capacity) => Math.max(vcpu / empty.vcpu, memoryGiB / empty.memoryGiB);
  const rooms: (typeof empty)[] = [];
  for (const kind of [...pods].sort((a, b) => share(b) - share(a))) {
    if (kind.count > 0 && fitting(empty, kind) === 0) return Infinity;
    let left = kind.count;
    for (let index = 0; left > 0; index += 1) {
      const room = rooms[index] ?? empty;
      const placed = fitting(room, { ...kind, count: left });
      rooms[index] = {
        vcpu: room.vcpu - placed * kind.vcpu,
        memoryGiB: room.memoryGiB - placed * kind.memoryGiB,
        pods: room.pods - placed,
      };
      left -= placed;
    }
  }
  return rooms.length;
}

/** How many nodes a pool has so that what is left when a zone is lost still holds the pods. One zone has two at least. */
export function nodesInZones(needed: number, zones: number): number {
  if (zones === 1) return Math.max(2, needed);
  return Math.max(zones, Math.ceil((needed * zones) / (zones - 1)));
}

/** The most that a pod of the platform may ask for, the mesh's proxy left out. */
export const largestPods: readonly Capacity[] = nodeSizes.map((size) => {
  const room = usable(size);
  return { vcpu: room.vcpu - meshProxy.vcpu, memoryGiB: room.memoryGiB - meshProxy.memoryGiB };
});

/** The pool of nodes that the services share. */
export interface NodePoolSize {
  readonly vmSize: string;
  /** Nodes that always stand. */
  readonly minCount: number;
  /** Nodes that the autoscaler may have at most: enough for the most of every service. */
  readonly maxCount: number;
}

/** Beyond this, nodes are larger and not more: each has its own system and add-ons to be paid for. */
const mostNodes = 50;

/** A GiB costs about a tenth of a processor: the prices of sizes that differ in memory alone. */
const price = ({ memoryGiB, vcpu }: Capacity): number => vcpu + memoryGiB / 10;

/**
 * The nodes of a platform on a site: the size that costs least while the site stands by, among those that hold every pod
 * and carry the full load with at most 50 nodes, or with as few as can be. `size` of the site says how many always stand; the autoscaler may always
 * go up to the full load.
 *
 * @param atTimes Pods that come beside the full load, and go: programs of load tests.
 * @throws Error if no size has room for the largest pod, which the checks of a platform refuse before.
 */
export function nodePoolSize(
  platform: Pick<Platform, 'gateway' | 'services'>,
  { size, zones }: Pick<AzureSite, 'size' | 'zones'>,
  atTimes: readonly Pods[] = [],
): NodePoolSize {
  const pods = { min: podsOf(platform, 'min'), max: [...podsOf(platform, 'max'), ...atTimes] };
  const counts = (node: NodeSize, bound: 'min' | 'max') => nodesInZones(nodesFor(node, pods[bound]), zones.length);
  const candidates = nodeSizes
    .map((node) => ({ node, standby: counts(node, 'min'), full: counts(node, 'max') }))
    .filter(({ full }) => Number.isFinite(full));
  const fewest = Math.min(...candidates.map(({ full }) => full));
  const few = candidates.filter(({ full }) => full <= Math.max(mostNodes, fewest));
  const [best] = few.sort((a, b) => a.standby * price(a.node) - b.standby * price(b.node) || a.full - b.full);
  if (best === undefined) throw new Error('no size of a node has room for the largest pod of the platform');
  return {
    vmSize: best.node.vmSize,
    minCount: size === 'full' ? best.full : best.standby,
    maxCount: best.full,
  };
}

/** The pool of nodes for what Kubernetes itself runs: one a zone, and as many again while they are replaced. */
export const systemPoolSize = ({ zones }: Pick<AzureSite, 'zones'>): NodePoolSize => {
  const minCount = Math.max(2, zones.length);
  return { vmSize: 'Standard_D4ds_v5', minCount, maxCount: minCount * 2 };
};

/** The nodes on which databases of a scope are administered: none stands while there is nothing to do. */
export const scopePoolSize: NodePoolSize = { vmSize: 'Standard_D4ds_v5', minCount: 0, maxCount: 1 };

/** What they are called. Azure takes few letters. */
export const scopePoolName = (scope: string): string => `s${digest(scope)}`;

/** Nodes that may be there beyond the pools' own while they are replaced, as a share. */
export const surge = 0.33;

/** Most nodes of a cluster at once, those that take the place of others included. */
export const mostNodesOf = (
  platform: Pick<Platform, 'gateway' | 'scopes' | 'services'>,
  site: Pick<AzureSite, 'size' | 'zones'>,
  atTimes: readonly Pods[] = [],
) =>
  [
    nodePoolSize(platform, site, atTimes),
    systemPoolSize(site),
    ...Object.keys(platform.scopes).map(() => scopePoolSize),
  ].reduce((sum, { maxCount }) => sum + maxCount + Math.ceil(maxCount * surge), 0);
