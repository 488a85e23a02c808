import { PlatformError } from '../platform/error';
import type { OpenSearch as Model } from '../platform/nouns/storage';

/** A type of data node. */
interface SearchNode {
  readonly type: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
  /** Largest gp3 disk that it takes, in GiB. */
  readonly maxStorageGiB: number;
}

/**
 * Data nodes from the cheapest up. None is burstable: Multi-AZ with Standby takes none, and neither does a search that
 * must be quick.
 *
 * Source: OpenSearch Service developer guide, "Supported instance types" and "Quotas" (EBS volume size), read in
 * November 2026. Where the quotas leave a type out, the disk is that of the generation before.
 */
const nodes: readonly SearchNode[] = [
  { type: 'm7g.large.search', vcpu: 2, memoryGiB: 8, maxStorageGiB: 1024 },
  { type: 'r7g.large.search', vcpu: 2, memoryGiB: 16, maxStorageGiB: 2048 },
  { type: 'm7g.xlarge.search', vcpu: 4, memoryGiB: 16, maxStorageGiB: 2048 },
  { type: 'r7g.xlarge.search', vcpu: 4, memoryGiB: 32, maxStorageGiB: 3072 },
  { type: 'm7g.2xlarge.search', vcpu: 8, memoryGiB: 32, maxStorageGiB: 3072 },
  { type: 'r7g.2xlarge.search', vcpu: 8, memoryGiB: 64, maxStorageGiB: 6144 },
  { type: 'm7g.4xlarge.search', vcpu: 16, memoryGiB: 64, maxStorageGiB: 6144 },
  { type: 'r7g.4xlarge.search', vcpu: 16, memoryGiB: 128, maxStorageGiB: 12_288 },
  { type: 'r7g.8xlarge.search', vcpu: 32, memoryGiB: 256, maxStorageGiB: 12_288 },
  { type: 'r7g.12xlarge.search', vcpu: 48, memoryGiB: 384, maxStorageGiB: 12_288 },
  { type: 'r7g.16xlarge.search', vcpu: 64, memoryGiB: 512, maxStorageGiB: 12_288 },
];

/**
 * Dedicated masters by the number of data nodes that they lead, smallest first.
 *
 * Source: OpenSearch Service developer guide, "Dedicated master nodes", read in November 2026.
 */
const masters = [
  { dataNodes: 10, type: 'm7g.large.search' },
  { dataNodes: 30, type: 'm7g.xlarge.search' },
  { dataNodes: Infinity, type: 'r7g.2xlarge.search' },
] as const;

/** What the model says about a search domain, as OpenSearch Service has it. */
export interface SearchSettings {
  /** Zones that it stands in. */
  readonly zones: 1 | 3;
  readonly dataNodes: number;
  readonly dataNodeType: string;
  /** Absent where data nodes lead themselves. */
  readonly masters?: { readonly count: number; readonly type: string };
  readonly standby: boolean;
  readonly storageGiB: number;
}

/**
 * What the model says about a search domain, as OpenSearch Service has it: the cheapest node with the capacity asked for
 * and room for the disk, and what a standby stands on.
 *
 * @param name the domain's name, for messages
 * @throws PlatformError when no node is large enough, or a standby cannot be spread evenly
 */
export function searchSettings(name: string, spec: Model): SearchSettings {
  const common = { dataNodes: spec.nodes, dataNodeType: nodeFor(name, spec), storageGiB: spec.storageGiB };
  if (spec.topology === 'single') return { ...common, zones: 1, standby: false };
  if (spec.nodes % 3 !== 0) {
    throw new PlatformError('search on aws', [
      {
        path: `searches.${name}.nodes`,
        got: spec.nodes,
        allowed: 'a multiple of 3 with topology standby',
        remedy: `choose ${Math.ceil(spec.nodes / 3) * 3}, or topology single`,
      },
    ]);
  }
  return { ...common, zones: 3, standby: true, masters: { count: 3, type: masterFor(spec.nodes) } };
}

const masterFor = (dataNodes: number): string =>
  (masters.find((master) => dataNodes <= master.dataNodes) ?? masters[2]).type;

function nodeFor(name: string, { capacity, storageGiB }: Model): string {
  const node = nodes.find(
    ({ vcpu, memoryGiB, maxStorageGiB }) =>
      vcpu >= capacity.vcpu && memoryGiB >= capacity.memoryGiB && maxStorageGiB >= storageGiB,
  );
  if (node !== undefined) return node.type;
  throw new PlatformError('search on aws', [
    {
      path: `searches.${name}.capacity`,
      got: capacity,
      allowed: 'at most 64 vcpu and 512 memoryGiB on aws',
      remedy: 'lower it, and raise nodes',
    },
  ]);
}
