import { sortFindings, type Finding } from '../finding';
import { readClusters } from './read-cluster';
import { rules } from './rules';

/**
 * Runs every rule over every rendered cluster of an output.
 *
 * @returns all findings, sorted; none for a cluster that may be applied
 * @throws Error if the directory is not the whole output of a synth
 */
export const reviewCluster = (directory: string): readonly Finding[] =>
  sortFindings(readClusters(directory).flatMap((cluster) => rules.flatMap(({ judge }) => judge(cluster))));
