import { clusterSitesOf, siteOn, type Platform } from '../../platform/platform';
import { readAssembly } from '../aws/assembly';
import type { Assembly } from '../aws/stack';
import { readSite } from '../azure/read-site';
import type { Site } from '../azure/stack';
import type { Cluster } from '../kubernetes/cluster';
import { readClusters } from '../kubernetes/read-cluster';
import type { OutputDirectories } from '../recovery/outputs';

/** What a stage is synthesized to, as far as its goals are looked for in it. */
export interface GoalOutputs {
  /** Nothing for a stage without a site on AWS. */
  readonly aws: Assembly | undefined;
  /** Nothing for a stage without a site on Azure, and where only another part is looked at. */
  readonly azure: Site | undefined;
  readonly clusters: readonly Cluster[];
  /** Whether these are all outputs of the stage: only then is something missing that is not in them. */
  readonly whole: boolean;
}

/** What was written for AWS alone, whatever else the stage has. */
export const awsAlone = (aws: Assembly, platform: Platform): GoalOutputs => ({
  aws,
  azure: undefined,
  clusters: [],
  whole: clusterSitesOf(platform).length === 0,
});

/** The clusters of a stage alone, whatever else it has. */
export const clustersAlone = (clusters: readonly Cluster[], platform: Platform): GoalOutputs => ({
  aws: undefined,
  azure: undefined,
  clusters,
  whole: siteOn(platform, 'aws') === undefined,
});

/**
 * Reads what a stage has of outputs.
 *
 * @throws Error if one of them is not whole
 */
export const readGoalOutputs = ({ aws, azure, kubernetes }: OutputDirectories, platform: Platform): GoalOutputs => ({
  aws: siteOn(platform, 'aws') === undefined ? undefined : readAssembly(aws),
  azure: siteOn(platform, 'azure') === undefined ? undefined : readSite(azure),
  clusters: clusterSitesOf(platform).length === 0 ? [] : readClusters(kubernetes),
  whole: true,
});
