import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';

/** Installs the systems of others that a cluster's workloads need, in the order in which they need each other. */
export function registerSystems(
  _context: ClusterContext,
  _options: ComponentResourceOptions,
): Readonly<Record<string, Resource>> {
  return {};
}
