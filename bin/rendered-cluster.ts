import { manifestsOf, type Manifest } from '../lib/kubernetes/manifests';
import { stagePrefix } from '../lib/platform/names';
import { clusterContext, registerCluster, type ClusterInput, type Layers } from '../stacks/kubernetes/cluster';
import { registrationsOf } from './registrations';

/** A cluster as it is rendered. */
export interface RenderedCluster {
  readonly cluster: string;
  readonly manifests: readonly Manifest[];
  /** Host of the registry from which it pulls. */
  readonly registry: string;
}

/** The manifests of a cluster. One at a time. */
export async function renderCluster(input: ClusterInput, layers: Layers = 'everything'): Promise<RenderedCluster> {
  const context = clusterContext(input);
  const registered = await registrationsOf(() => registerCluster(context, layers), {
    project: 'mainstay',
    stack: stagePrefix(input.platform),
  });
  return { cluster: context.cluster, manifests: manifestsOf(registered), registry: context.cloud.registry };
}
