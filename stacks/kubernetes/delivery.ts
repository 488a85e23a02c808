import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { Delivery } from '../../lib/kubernetes/delivery';
import type { PlatformLayer } from './layer';

/** Who applies the services, where that is not `pulumi up`. */
export function registerDelivery(
  context: ClusterContext,
  { migrations, namespaces, systems }: PlatformLayer,
  options: ComponentResourceOptions,
): void {
  const { manifests } = context.platform.delivery;
  if (manifests.by !== 'argocd') return;
  const before = [...Object.values(namespaces), ...Object.values(systems), ...Object.values(migrations).flat()];
  new Delivery('delivery', { context, manifests }, { ...options, dependsOn: before });
}
