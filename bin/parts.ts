import { createRequire } from 'node:module';
import { readAssembly } from '../lib/review/aws/assembly';
import { readSite } from '../lib/review/azure/read-site';
import { readClusters } from '../lib/review/kubernetes/read-cluster';
import { cdkContext, stagesOn, stagesWithClusters } from './inputs';
import type * as aws from './synthesize';
import type * as azure from './synthesize-azure';
import type * as kubernetes from './synthesize-kubernetes';

/** Loads a part when it is written, so that one part's process loads nothing of the others. */
const load = createRequire(__filename);

/** What the command line of the CDK adds to the context of an app, so that templates are those that it makes. */
const COMMAND_LINE_CONTEXT = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

/** A stage of a platform. */
export interface Target {
  readonly platform: string;
  readonly stage: string;
}

/** What an output holds. */
export interface Counts {
  readonly groups: number;
  readonly items: number;
}

/** One of the outputs of a platform in a stage. */
interface Part {
  /** What it is about. */
  readonly name: 'aws' | 'azure' | 'kubernetes';
  /** Where it goes, from the root of the repository. */
  readonly directory: string;
  /** What it is counted in: groups, and what they hold. */
  readonly units: readonly [groups: string, items: string];
  /** Stages of a platform that have it. */
  readonly stages: (platform: string) => readonly string[];
  /** Writes it with every gate. */
  readonly write: (target: Target, outdir: string) => Promise<void>;
  readonly count: (directory: string) => Counts;
}
export type PartName = Part['name'];

const counted = (groups: readonly { readonly length: number }[]): Counts => ({
  groups: groups.length,
  items: groups.reduce((sum, { length }) => sum + length, 0),
});

/** Every part, in the order in which people read them. */
export const parts: readonly Part[] = [
  {
    name: 'aws',
    directory: 'cdk.out',
    units: ['stacks', 'resources'],
    stages: (platform) => stagesOn(platform, 'aws'),
    write: (target, outdir) =>
      (load('./synthesize') as typeof aws).synthesize({
        outdir,
        context: { ...cdkContext(), ...COMMAND_LINE_CONTEXT, ...target, gates: 'on' },
      }),
    count: (directory) => counted(readAssembly(directory).stacks.map(({ resources }) => resources)),
  },
  {
    name: 'azure',
    directory: 'cdktf.out',
    units: ['stacks', 'resources'],
    stages: (platform) => stagesOn(platform, 'azure'),
    write: (target, outdir) =>
      (load('./synthesize-azure') as typeof azure).synthesizeAzure({
        ...target,
        outdir,
        gated: true,
      }),
    count: (directory) => counted(readSite(directory).stacks.map(({ resources }) => resources)),
  },
  {
    name: 'kubernetes',
    directory: 'k8s.out',
    units: ['clusters', 'objects'],
    stages: stagesWithClusters,
    write: (target, outdir) =>
      (load('./synthesize-kubernetes') as typeof kubernetes).synthesizeKubernetes({
        ...target,
        outdir,
        gated: true,
      }),
    count: (directory) => counted(readClusters(directory).map(({ objects }) => objects)),
  },
];

/** A part by its name. */
export function partNamed(name: string): Part {
  const part = parts.find((each) => each.name === name);
  if (part === undefined)
    throw new Error(`a part must be one of ${parts.map((each) => each.name).join(', ')}, got ${name}`);
  return part;
}

/** `16 stacks, 733 resources` */
export const formatCounts = ({ units }: Pick<Part, 'units'>, { groups, items }: Counts): string =>
  `${groups} ${units[0]}, ${items} ${units[1]}`;
