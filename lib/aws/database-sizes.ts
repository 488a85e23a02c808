import { PlatformError } from '../platform/error';
import type { Postgres } from '../platform/nouns/database';
import type { Capacity } from '../platform/nouns/scalars';

/** How a database stands on AWS. */
export type Topology = Postgres['topology'];

type Size = readonly [name: string, vcpu: number, memoryGiB: number];

const graviton = (
  family: string,
  memoryPerCore: number,
  sizes: readonly (readonly [string, number])[],
): readonly Size[] => sizes.map(([size, vcpu]) => [`${family}.${size}`, vcpu, vcpu * memoryPerCore]);

const toSixteen = [
  ['large', 2],
  ['xlarge', 4],
  ['2xlarge', 8],
  ['4xlarge', 16],
  ['8xlarge', 32],
  ['12xlarge', 48],
  ['16xlarge', 64],
] as const;

/**
 * Instance classes by topology, Graviton throughout. Aurora and Multi-AZ instances have small burstable ones; a Multi-AZ
 * cluster needs classes with disks of their own. Source: RDS and Aurora user guides, "DB instance class types", 2026.
 */
const sizes: Readonly<Record<Topology, readonly Size[]>> = {
  aurora: [
    ['t4g.medium', 2, 4],
    ['t4g.large', 2, 8],
    ...graviton('r7g', 8, toSixteen),
    ...graviton('r8g', 8, [
      ['24xlarge', 96],
      ['48xlarge', 192],
    ]),
  ],
  'multi-az-cluster': [...graviton('m6gd', 4, toSixteen), ...graviton('r6gd', 8, toSixteen)],
  'multi-az-instance': [['t4g.medium', 2, 4], ...graviton('m7g', 4, toSixteen), ...graviton('r7g', 8, toSixteen)],
};

/**
 * The instance class of a size, without the leading `db.`.
 *
 * @throws PlatformError if the topology has none of that size; it lists those that it has.
 */
export function instanceClass(name: string, topology: Topology, capacity: Capacity): string {
  const found = sizes[topology].find(
    ([, vcpu, memoryGiB]) => vcpu === capacity.vcpu && memoryGiB === capacity.memoryGiB,
  );
  if (found !== undefined) return found[0];
  const allowed = sizes[topology].map(([, vcpu, memoryGiB]) => `${vcpu} vcpu with ${memoryGiB}`).join(', ');
  throw new PlatformError(`databases.${name} on aws`, [
    {
      path: `databases.${name}.capacity`,
      got: capacity,
      allowed: `a size that topology ${topology} has, which are (in GiB): ${allowed}`,
      remedy: 'choose one of these sizes, or another topology',
    },
  ]);
}
