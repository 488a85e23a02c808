import { manifestsOf, type Manifest } from '../lib/kubernetes/manifests';
import { stagePrefix } from '../lib/platform/names';
import type { ClusterContext } from '../lib/kubernetes/context';
import type { SiteName } from '../lib/platform/platform';
import {
  clusterContext,
  clusterContexts,
  registerCluster,
  type ClusterInput,
  type Layers,
} from '../stacks/kubernetes/cluster';
import { registrationsOf } from './registrations';

/** A cluster as it is rendered. */
export interface RenderedCluster {
  readonly cluster: string;
  readonly manifests: readonly Manifest[];
  /** Host of the registry from which it pulls. */
  readonly registry: string;
}

/** The manifests of a stage's cluster, of the one on Azure if there are two. One at a time. */
export const renderCluster = async (
  input: ClusterInput,
  layers: Layers = 'everything',
  siteName?: SiteName,
): Promise<RenderedCluster> => rendered(input.platform, clusterContext(input, siteName), layers);

/** The manifests of every cluster of a stage, that of the primary first. */
export async function renderClusters(input: ClusterInput): Promise<readonly RenderedCluster[]> {
  const all: RenderedCluster[] = [];
  for (const context of clusterContexts(input)) all.push(await rendered(input.platform, context, 'everything'));
  return all;
}

async function rendered(
  platform: ClusterInput['platform'],
  context: ClusterContext,
  layers: Layers,
): Promise<RenderedCluster> {
  const registered = await registrationsOf(() => registerCluster(context, layers), {
    project: 'mainstay',
    stack: stagePrefix(platform),
  });
  return { cluster: context.cluster, manifests: manifestsOf(registered), registry: context.cloud.registry };
}
