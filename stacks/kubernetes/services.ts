import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { Service } from '../../lib/kubernetes/service';
import type { PlatformLayer } from './layer';

/** The services of a platform, each in a namespace of its own. */
export function registerServices(
  context: ClusterContext,
  { migrations, namespaces, systems }: PlatformLayer,
  options: ComponentResourceOptions,
): void {
  for (const [service, spec] of Object.entries(context.platform.services)) {
    const before: Resource[] = [
      ...Object.values(systems),
      ...(namespaces[service] === undefined ? [] : [namespaces[service]]),
      ...(migrations[service] ?? []),
    ];
    new Service(service, { context, service, spec, before: [] }, { ...options, dependsOn: before });
  }
}
