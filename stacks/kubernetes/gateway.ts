import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import type { PlatformBase } from './layer';

/** The way in to the services of a platform. */
export function registerGateway(
  _context: ClusterContext,
  _layer: PlatformBase,
  _options: ComponentResourceOptions,
): void {
  return undefined;
}
