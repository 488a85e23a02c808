import { sortFindings, type Finding } from '../finding';
import type { Cluster } from './cluster';
import { applyExemptions } from './exemptions';
import { readClusters } from './read-cluster';
import type { ReviewScope } from './rule';
import { rules } from './rules';

/** All findings over clusters, what is exempted taken away, sorted. */
export const findingsIn = (clusters: readonly Cluster[], scope: ReviewScope): readonly Finding[] =>
  sortFindings(
    clusters.flatMap((cluster) =>
      applyExemptions(
        rules.flatMap(({ judge }) => judge(cluster, scope)),
        cluster,
        rules,
      ),
    ),
  );

/**
 * Runs every rule over a rendered cluster of an output, and takes away what is exempted.
 *
 * @param name Of the cluster. @default - every cluster of the output
 * @returns all findings, sorted; none for a cluster that may be applied
 * @throws Error if the directory is not the whole output of a synth
 */
export const reviewCluster = (directory: string, scope: ReviewScope, name?: string): readonly Finding[] =>
  findingsIn(
    readClusters(directory).filter((cluster) => name === undefined || cluster.name === name),
    scope,
  );
