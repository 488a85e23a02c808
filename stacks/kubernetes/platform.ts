import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';

/** What services wait for. */
export interface PlatformLayer {
  /** Namespaces by the word of whom they are for. */
  readonly namespaces: Readonly<Record<string, Resource>>;
}

/** What the platform stands on in a cluster: namespaces and their guard rails, systems of others, the gateway, what watches. */
export function registerPlatform(_context: ClusterContext, _options: ComponentResourceOptions): PlatformLayer {
  return { namespaces: {} };
}
