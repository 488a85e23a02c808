import type { Kubernetes } from '../platform/nouns/site';
import type { Platform, SiteName } from '../platform/platform';
import type { Releases } from '../platform/releases';
import type { Cloud } from './cloud';
import type { MeshFlavor } from './mesh-flavor';

/** What every component of a cluster is told: the platform, and the cloud and the mesh that it stands in. */
export interface ClusterContext {
  readonly platform: Platform;
  readonly siteName: SiteName;
  /** Name of the cluster: `aks-retailflow-production`. */
  readonly cluster: string;
  readonly kubernetes: Kubernetes;
  readonly cloud: Cloud;
  readonly mesh: MeshFlavor;
  /** What each service runs. */
  readonly releases: Releases;
}
