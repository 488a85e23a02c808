import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import type { PlatformLayer } from './layer';

/** What watches a cluster and what runs in it. */
export function registerObservability(
  _context: ClusterContext,
  _layer: PlatformLayer,
  _options: ComponentResourceOptions,
): void {
  return undefined;
}
