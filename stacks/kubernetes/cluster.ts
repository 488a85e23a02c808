import type { Provider } from '@pulumi/kubernetes';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { meshFlavor } from '../../lib/kubernetes/mesh-flavor';
import { azureName } from '../../lib/platform/azure-names';
import { whereIs } from '../../lib/platform/azure-sites';
import { assertNever, PlatformError } from '../../lib/platform/error';
import { eksCluster } from '../../lib/platform/names';
import { toldBy, type SiteOutputs } from '../../lib/platform/outputs';
import { clusterSitesOf, type ClusterSite, type Platform, type SiteName } from '../../lib/platform/platform';
import type { Releases } from '../../lib/platform/releases';
import { awsCloud } from './aws-cloud';
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
 * The clusters of a platform in a stage, that of the primary first: where each stands, and what it is called.
 *
 * @throws PlatformError if the stage has none
 */
export function clusterContexts(input: ClusterInput): readonly ClusterContext[] {
  const sites = clusterSitesOf(input.platform);
  if (sites.length === 0) throw noCluster(input.platform);
  return sites.map((site) => contextOf(input, site));
}

/**
 * The cluster of a site in a stage.
 *
 * @param siteName @default - the one on Azure, or else the only one
 * @throws PlatformError if the stage has no such site with a cluster
 */
export function clusterContext(input: ClusterInput, siteName?: SiteName): ClusterContext {
  const { platform } = input;
  const sites = clusterSitesOf(platform);
  const site =
    siteName === undefined
      ? (sites.find(({ cloud }) => cloud === 'azure') ?? sites[0])
      : sites.find((each) => each.siteName === siteName);
  if (site === undefined) throw noCluster(platform, siteName);
  return contextOf(input, site);
}

const noCluster = (platform: Platform, siteName?: SiteName): PlatformError =>
  new PlatformError(`platform ${platform.name}, stage ${platform.stageName}`, [
    {
      path: `stages.${platform.stageName}.sites${siteName === undefined ? '' : `.${siteName}`}`,
      got: Object.values(platform.stage.sites).map((each) => each && `${each.cloud}, ${each.runtime}`),
      allowed: 'with one site that runs its services on Kubernetes for this command',
      remedy: "choose a stage that stands on azure, or on aws with runtime 'eks'",
    },
  ]);

/** Of AWS or of Azure. */
function contextOf({ outputs, platform, releases }: ClusterInput, site: ClusterSite): ClusterContext {
  const common = {
    platform,
    siteName: site.siteName,
    kubernetes: site.kubernetes,
    mesh: meshFlavor(site.kubernetes.mesh),
    releases,
  };
  switch (site.cloud) {
    case 'aws':
      return { ...common, cluster: eksCluster(platform), cloud: awsCloud(platform, site, outputs) };
    case 'azure':
      return {
        ...common,
        cluster: azureName('cluster', whereIs(platform, site)),
        cloud: azureCloud(platform, site, toldBy(platform, site.siteName, outputs)),
      };
    default:
      return assertNever(site);
  }
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
