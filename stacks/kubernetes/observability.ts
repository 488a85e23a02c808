import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import type { PlatformBase } from './layer';

/** What watches a cluster and what runs in it. */
export function registerObservability(
  _context: ClusterContext,
  _layer: PlatformBase,
  _options: ComponentResourceOptions,
): void {
  return undefined;
}
