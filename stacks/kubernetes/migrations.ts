import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import type { PlatformLayer } from './layer';

/** What brings databases up to date before services start. */
export function registerMigrations(
  _context: ClusterContext,
  _layer: PlatformLayer,
  _options: ComponentResourceOptions,
): void {
  return undefined;
}
