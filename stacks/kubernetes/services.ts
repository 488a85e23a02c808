import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import type { PlatformLayer } from './layer';

/** The services of a platform, each in a namespace of its own. */
export function registerServices(
  _context: ClusterContext,
  _foundation: PlatformLayer,
  _options: ComponentResourceOptions,
): void {
  return undefined;
}
