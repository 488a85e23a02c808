import type { Platform } from '../../lib/platform/platform';
import type { Assembly, Resource as AwsResource } from '../../lib/review/aws/stack';
import type { Resource as AzureResource } from '../../lib/review/azure/stack';
import type { Cluster, KubernetesObject } from '../../lib/review/kubernetes/cluster';
import type { Site } from '../../lib/review/azure/stack';
import {
  betweenClouds,
  betweenRegions,
  type AwsOutputs,
  type AzureOutputs,
  type Outputs,
} from '../../lib/review/recovery/outputs';
import { synthesized } from './assembly';
import { synthesizedSite } from './azure-site';
import { readClusters, renderedCluster } from './clusters';
import { remember } from './remember';

/** Everything that a stage is synthesized to, as its proof reads it. */
export const recoveryOutputs = remember(
  async (
    name: string,
    stage: string,
  ): Promise<{ readonly platform: Platform; readonly outputs: Outputs<AwsOutputs> }> => {
    const { assembly, platform } = synthesized(name, stage);
    const { site } = synthesizedSite(name, stage);
    const { read } = await renderedCluster(name, stage);
    return { platform, outputs: betweenClouds(assembly, site, [read]) };
  },
);

/** What becomes of a resource or an object: itself, another, or nothing. */
export interface Change {
  readonly aws?: (resource: AwsResource) => AwsResource | undefined;
  readonly azure?: (resource: AzureResource) => AzureResource | undefined;
  readonly cluster?: (object: KubernetesObject) => KubernetesObject | undefined;
}

/** Outputs as they would be with a change; what stays the same is the same object. */
export const changed = (
  { primary, recovery }: Outputs<AwsOutputs>,
  { aws, azure, cluster }: Change,
): Outputs<AwsOutputs> => {
  const site = changedSite(recovery.site, azure);
  return {
    primary:
      aws === undefined
        ? primary
        : {
            ...primary,
            assembly: { stacks: primary.assembly.stacks.map((stack) => withList(stack, 'resources', aws)) },
          },
    recovery: { ...recovery, site, all: site, clusters: changedClusters(recovery.clusters, cluster) },
  };
};

const changedSite = (site: Site, change: Change['azure']): Site =>
  change === undefined ? site : { stacks: site.stacks.map((stack) => withList(stack, 'resources', change)) };

const changedClusters = (clusters: readonly Cluster[], change: Change['cluster']): readonly Cluster[] =>
  change === undefined ? clusters : clusters.map((each) => withList(each, 'objects', change));

function withList<Key extends string, Item, Holder extends Readonly<Record<Key, readonly Item[]>>>(
  holder: Holder,
  key: Key,
  change: (item: Item) => Item | undefined,
): Holder {
  const items = holder[key].flatMap((item) => change(item) ?? []);
  const isSame = items.length === holder[key].length && items.every((item, index) => item === holder[key][index]);
  return isSame ? holder : { ...holder, [key]: items };
}

/** Outputs whose primary has other stacks on AWS. */
export const withStacks = (outputs: Outputs<AwsOutputs>, stacks: Assembly['stacks']): Outputs<AwsOutputs> => ({
  ...outputs,
  primary: { ...outputs.primary, assembly: { stacks } },
});

/** The same of a stage with two sites on Azure. */
export const regionOutputs = remember(
  async (
    name: string,
    stage: string,
  ): Promise<{ readonly platform: Platform; readonly outputs: Outputs<AzureOutputs> }> => {
    const { platform, site } = synthesizedSite(name, stage);
    return { platform, outputs: betweenRegions(site, await readClusters(name, stage)) };
  },
);

/** Outputs of two sites on Azure as they would be with a change. */
export const changedRegions = (
  { primary, recovery }: Outputs<AzureOutputs>,
  { azure, cluster }: Pick<Change, 'azure' | 'cluster'>,
): Outputs<AzureOutputs> =>
  betweenRegions(
    changedSite(primary.all, azure),
    changedClusters([...primary.clusters, ...recovery.clusters], cluster),
  );
