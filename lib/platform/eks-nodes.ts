import { parseRange, sizeOf } from './address';
import { meshProxy } from './mesh';
import type { Capacity } from './nouns/scalars';
import type { Platform } from './platform';
import { tiers } from './subnets';

/** Processors of the instances that may be nodes of services; EKS chooses among them by what they cost. */
export const nodeVcpus = [4, 8, 16] as const;

/** Families of instances that may be nodes: compute, general purpose, memory, with 2, 4 or 8 GiB a processor. */
export const nodeFamilies = ['c', 'm', 'r'] as const;

/** The least memory of a node, in GiB: four processors of the family with the least. */
const leastMemoryGiB = 8;

/** What the largest node keeps for its system, for agents and for the mesh; ours, on the safe side. */
const kept: Capacity = { vcpu: 1.5, memoryGiB: 6 };

/** The most that a pod of the platform may ask for, the mesh's proxy left out. */
export const largestEksPod: Capacity = {
  vcpu: Math.max(...nodeVcpus) - kept.vcpu - meshProxy.vcpu,
  memoryGiB: Math.max(...nodeVcpus) * 8 - kept.memoryGiB - meshProxy.memoryGiB,
};

type Sized = Pick<Platform, 'gateway' | 'services'>;

/** Some services of a platform, whose pods have nodes of their own. */
export const fleetOf = ({ services }: Sized, names: readonly string[]): Sized => ({
  gateway: undefined,
  services: Object.fromEntries(Object.entries(services).filter(([name]) => names.includes(name))),
});

/** Everything of a platform that stands on nodes that it shares. */
export function sharedFleet({ gateway, scopes, services }: Sized & Pick<Platform, 'scopes'>): Sized {
  const apart = Object.values(scopes).flatMap((scope) => scope.services);
  return { gateway, services: Object.fromEntries(Object.entries(services).filter(([name]) => !apart.includes(name))) };
}

/** A version beside the one that it replaces: as many pods again. */
const versions = 2;

/** Pods of systems and of jobs that stand beside those of services; ours, on the safe side. */
const systemPods = 100;

const fleets = ({ gateway, services }: Sized) => [
  ...Object.values(services),
  ...(gateway === undefined ? [] : [gateway]),
];

/** Most pods of a platform at once: every service and the gateway at their most, each with a second version beside it. */
export const mostPods = (platform: Sized): number =>
  fleets(platform).reduce((sum, { scale }) => sum + scale.max * versions, systemPods);

/** What all nodes of services may have together: room for every service at its most, twice. It is the cap on cost. */
export function nodeLimits(platform: Sized): Capacity {
  const sum = (what: keyof Capacity): number =>
    Math.ceil(
      versions *
        fleets(platform).reduce((all, { capacity, scale }) => all + scale.max * (capacity[what] + meshProxy[what]), 0),
    );
  return { vcpu: Math.max(sum('vcpu'), nodeVcpus[0] * 3), memoryGiB: Math.max(sum('memoryGiB'), leastMemoryGiB * 3) };
}

/** Most nodes within {@link nodeLimits}: all of them the smallest. */
export function mostNodes(platform: Sized): number {
  const { memoryGiB, vcpu } = nodeLimits(platform);
  return Math.ceil(Math.min(vcpu / nodeVcpus[0], memoryGiB / leastMemoryGiB));
}

/**
 * Addresses that a node takes beyond those of its pods: its own, and those of two prefixes of /28, of which one is not full and
 * one stands ready. https://docs.aws.amazon.com/eks/latest/userguide/auto-networking.html
 */
const addressesOfNode = 1 + 2 * 16;

/** Addresses that the cluster of a platform needs when everything is at its most. */
export const neededAddresses = (platform: Sized): number => mostPods(platform) + mostNodes(platform) * addressesOfNode;

/** Addresses of a subnet that AWS keeps for itself. */
const keptAddresses = 5;

/** Addresses for pods and nodes when one zone is lost, in a network of the given range. */
export function roomForPods(network: string, zones: number, longer: number = tiers.app): number {
  const prefix = parseRange(network)?.prefix ?? 32;
  const ofZone = Math.max(0, sizeOf(prefix + longer) - keptAddresses);
  return ofZone * (zones - 1);
}

/** Where names of a cluster are asked for: the tenth address of its services, as EKS has it. */
export const clusterNames = (services: string): string => nth(services, 10);

/** Where the API of a cluster is reached from inside: the first address of its services. */
export const clusterApi = (services: string): string => nth(services, 1);

/** An address of a range of prefix /24 or shorter, by its number. */
const nth = (range: string, number: number): string => {
  const [address = ''] = range.split('/');
  return [...address.split('.').slice(0, 3), String(number)].join('.');
};
