import type { Platform } from '../../lib/platform/platform';
import type { Resource as AwsResource } from '../../lib/review/aws/stack';
import type { Resource as AzureResource } from '../../lib/review/azure/stack';
import type { KubernetesObject } from '../../lib/review/kubernetes/cluster';
import type { Outputs } from '../../lib/review/recovery/outputs';
import { synthesized } from './assembly';
import { synthesizedSite } from './azure-site';
import { renderedCluster } from './clusters';
import { remember } from './remember';

/** Everything that a stage is synthesized to, as its proof reads it. */
export const recoveryOutputs = remember(
  async (name: string, stage: string): Promise<{ readonly platform: Platform; readonly outputs: Outputs }> => {
    const { assembly: aws, platform } = synthesized(name, stage);
    const { site: azure } = synthesizedSite(name, stage);
    const { read } = await renderedCluster(name, stage);
    return { platform, outputs: { aws, azure, clusters: [read], primaryClusters: [] } };
  },
);

/** What becomes of a resource or an object: itself, another, or nothing. */
export interface Change {
  readonly aws?: (resource: AwsResource) => AwsResource | undefined;
  readonly azure?: (resource: AzureResource) => AzureResource | undefined;
  readonly cluster?: (object: KubernetesObject) => KubernetesObject | undefined;
}

/** Outputs as they would be with a change; what stays the same is the same object. */
export const changed = (outputs: Outputs, { aws, azure, cluster }: Change): Outputs => ({
  ...outputs,
  aws:
    aws === undefined ? outputs.aws : { stacks: outputs.aws.stacks.map((stack) => withList(stack, 'resources', aws)) },
  azure:
    azure === undefined
      ? outputs.azure
      : { stacks: outputs.azure.stacks.map((stack) => withList(stack, 'resources', azure)) },
  clusters:
    cluster === undefined ? outputs.clusters : outputs.clusters.map((each) => withList(each, 'objects', cluster)),
});

function withList<Key extends string, Item, Holder extends Readonly<Record<Key, readonly Item[]>>>(
  holder: Holder,
  key: Key,
  change: (item: Item) => Item | undefined,
): Holder {
  const items = holder[key].flatMap((item) => change(item) ?? []);
  const isSame = items.length === holder[key].length && items.every((item, index) => item === holder[key][index]);
  return isSame ? holder : { ...holder, [key]: items };
}
