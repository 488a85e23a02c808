import type { Provider } from '@pulumi/kubernetes';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { meshFlavor } from '../../lib/kubernetes/mesh-flavor';
import { azureName } from '../../lib/platform/azure-names';
import { PlatformError } from '../../lib/platform/error';
import type { SiteOutputs } from '../../lib/platform/outputs';
import { siteOn, type Platform } from '../../lib/platform/platform';
import type { Releases } from '../../lib/platform/releases';
import { azureCloud } from './azure-cloud';
import { registerPlatform } from './platform';
import { registerServices } from './services';

/** What a cluster is made from. */
export interface ClusterInput {
  readonly platform: Platform;
  readonly releases: Releases;
  readonly outputs: SiteOutputs;
}

/**
 * The cluster of a platform in a stage: where it stands, and what it is called.
 *
 * @throws PlatformError if the stage has no site with a cluster
 */
export function clusterContext({ outputs, platform, releases }: ClusterInput): ClusterContext {
  const site = siteOn(platform, 'azure');
  if (site === undefined) {
    throw new PlatformError(`platform ${platform.name}, stage ${platform.stageName}`, [
      {
        path: `stages.${platform.stageName}.sites`,
        got: Object.values(platform.stage.sites).map((each) => each?.cloud),
        allowed: 'with one site that runs its services on Kubernetes for this command',
        remedy: 'choose a stage that stands on azure',
      },
    ]);
  }
  return {
    platform,
    siteName: site.siteName,
    cluster: azureName('cluster', { ...platform, subscription: site.subscription }),
    kubernetes: site.kubernetes,
    cloud: azureCloud(platform, site, outputs),
    mesh: meshFlavor(site.kubernetes.mesh),
    releases,
  };
}

/** Who registers what: `everything`, or only what the platform stands on, while Argo CD applies the services. */
export type Layers = 'everything' | 'platform';

/** What `pulumi up` registers, by who applies the manifests of services. */
export const layersOf = ({ delivery }: Platform): Layers =>
  delivery.manifests.by === 'argocd' ? 'platform' : 'everything';

/** Registers a cluster's workloads: what the platform stands on, then the services. */
export function registerCluster(context: ClusterContext, layers: Layers, provider?: Provider): void {
  const options = provider === undefined ? {} : { provider };
  const foundation = registerPlatform(context, options);
  if (layers === 'everything') registerServices(context, foundation, options);
}
