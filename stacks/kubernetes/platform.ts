import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { registerGateway } from './gateway';
import type { PlatformLayer } from './layer';
import { registerMigrations } from './migrations';
import { registerNamespaces } from './namespaces';
import { registerObservability } from './observability';
import { registerSystems } from './systems';

/** What the platform stands on in a cluster: namespaces and their guard rails, systems of others, the gateway, what watches. */
export function registerPlatform(context: ClusterContext, options: ComponentResourceOptions): PlatformLayer {
  const layer: PlatformLayer = {
    namespaces: registerNamespaces(context, options),
    systems: registerSystems(context, options),
  };
  registerObservability(context, layer, options);
  registerMigrations(context, layer, options);
  registerGateway(context, layer, options);
  return layer;
}
