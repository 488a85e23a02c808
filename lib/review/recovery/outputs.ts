import { readAssembly } from '../aws/assembly';
import { resourcesOf, type Assembly } from '../aws/stack';
import { readSite } from '../azure/read-site';
import type { Site } from '../azure/stack';
import type { Cluster } from '../kubernetes/cluster';
import { readClusters } from '../kubernetes/read-cluster';

/** What a site on AWS is synthesized to. */
export interface AwsOutputs {
  readonly cloud: 'aws';
  readonly assembly: Assembly;
  /** None where its services are tasks. */
  readonly clusters: readonly Cluster[];
}

/** What a site on Azure is synthesized to. */
export interface AzureOutputs {
  readonly cloud: 'azure';
  /** Its own states. */
  readonly site: Site;
  /** States of every site of the stage on Azure: whatever a value of one of its states names stands in one of them. */
  readonly all: Site;
  readonly clusters: readonly Cluster[];
}

export type SiteOutputs = AwsOutputs | AzureOutputs;

/** What a site has on AWS: nothing where it stands elsewhere. */
export const awsOf = (site: SiteOutputs): readonly Assembly[] => (site.cloud === 'aws' ? [site.assembly] : []);

/** What a stage with a recovery site is synthesized to: all that its proof may look at. */
export interface Outputs<Primary extends SiteOutputs = SiteOutputs> {
  readonly primary: Primary;
  readonly recovery: AzureOutputs;
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
 * @param cloud Where its primary stands.
 * @throws Error if one of them is not whole
 */
export const readOutputs = ({ aws, azure, kubernetes }: OutputDirectories, cloud: SiteOutputs['cloud']): Outputs => {
  const [all, clusters] = [readSite(azure), readClusters(kubernetes)];
  return cloud === 'aws' ? betweenClouds(readAssembly(aws), all, clusters) : betweenRegions(all, clusters);
};

/** Outputs of a primary on AWS: the clusters that AWS has are the primary's. */
export function betweenClouds(assembly: Assembly, all: Site, clusters: readonly Cluster[]): Outputs<AwsOutputs> {
  const onAws = assembly.stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::EKS::Cluster').map(({ properties }) => properties.Name),
  );
  const isOnAws = ({ name }: Cluster): boolean => onAws.includes(name);
  return {
    primary: { cloud: 'aws', assembly, clusters: clusters.filter(isOnAws) },
    recovery: { cloud: 'azure', site: all, all, clusters: clusters.filter((each) => !isOnAws(each)) },
  };
}

/** How names of stacks and clusters of a recovery site beside a primary on the same cloud are told from the primary's. */
const RECOVERY = /-recovery(?:-|$)/;

/** Whether a stack or a cluster belongs to the recovery site beside a primary on the same cloud. */
export const namesRecovery = (name: string): boolean => RECOVERY.test(name);

/** Outputs of two sites on Azure: states and clusters are told apart by their names. */
export function betweenRegions(all: Site, clusters: readonly Cluster[]): Outputs<AzureOutputs> {
  const site = (isRecovery: boolean): AzureOutputs => ({
    cloud: 'azure',
    site: { stacks: all.stacks.filter(({ name }) => namesRecovery(name) === isRecovery) },
    all,
    clusters: clusters.filter(({ name }) => namesRecovery(name) === isRecovery),
  });
  return { primary: site(false), recovery: site(true) };
}
