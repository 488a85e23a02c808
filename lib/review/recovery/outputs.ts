import { readAssembly } from '../aws/assembly';
import type { Assembly } from '../aws/stack';
import { readSite } from '../azure/read-site';
import type { Site } from '../azure/stack';
import type { Cluster } from '../kubernetes/cluster';
import { readClusters } from '../kubernetes/read-cluster';

/** What a stage with a recovery site on another cloud is synthesized to: all that its proof may look at. */
export interface Outputs {
  readonly aws: Assembly;
  readonly azure: Site;
  readonly clusters: readonly Cluster[];
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
export const readOutputs = ({ aws, azure, kubernetes }: OutputDirectories): Outputs => ({
  aws: readAssembly(aws),
  azure: readSite(azure),
  clusters: readClusters(kubernetes),
});
