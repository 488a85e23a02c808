import { readAssembly } from '../aws/assembly';
import { resourcesOf, type Assembly } from '../aws/stack';
import { readSite } from '../azure/read-site';
import type { Site } from '../azure/stack';
import type { Cluster } from '../kubernetes/cluster';
import { readClusters } from '../kubernetes/read-cluster';

/** What a stage with a recovery site on another cloud is synthesized to: all that its proof may look at. */
export interface Outputs {
  readonly aws: Assembly;
  readonly azure: Site;
  /** Of the recovery site. */
  readonly clusters: readonly Cluster[];
  /** Of the primary; none where its services are tasks. */
  readonly primaryClusters: readonly Cluster[];
}

/** Where the outputs of one stage lie. */
export interface OutputDirectories {
  /** `cdk.out` */
  readonly aws: string;
  /** `cdktf.out` */
  readonly azure: string;
  /** `k8s.out` */
  readonly kubernetes: string;
}

/**
 * Reads the outputs of one stage.
 *
 * @throws Error if one of them is not whole
 */
export const readOutputs = ({ aws, azure, kubernetes }: OutputDirectories): Outputs => {
  const assembly = readAssembly(aws);
  return { aws: assembly, azure: readSite(azure), ...bySite(readClusters(kubernetes), assembly) };
};

/** Clusters of a stage by where they stand: what AWS has is the primary's. */
export function bySite(
  clusters: readonly Cluster[],
  { stacks }: Assembly,
): Pick<Outputs, 'clusters' | 'primaryClusters'> {
  const onAws = stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::EKS::Cluster').map(({ properties }) => properties.Name),
  );
  return {
    clusters: clusters.filter(({ name }) => !onAws.includes(name)),
    primaryClusters: clusters.filter(({ name }) => onAws.includes(name)),
  };
}
