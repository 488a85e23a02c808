import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { Scaling } from '../../lib/kubernetes/scaling';
import { Service } from '../../lib/kubernetes/service';
import { serviceImage } from '../../lib/kubernetes/service-image';
import { ServiceJobs } from '../../lib/kubernetes/service-jobs';
import { ServiceMesh } from '../../lib/kubernetes/service-mesh';
import { ServiceMigration } from '../../lib/kubernetes/service-migration';
import { ServiceNetwork } from '../../lib/kubernetes/service-network';
import { ServiceSecrets } from '../../lib/kubernetes/service-secrets';
import { WarehouseAccess } from '../../lib/kubernetes/warehouse-access';
import { workloadAccount } from '../../lib/kubernetes/workload-account';
import type { PlatformLayer } from './layer';

/** The services of a platform, each in a namespace of its own. */
export function registerServices(
  context: ClusterContext,
  layer: PlatformLayer,
  options: ComponentResourceOptions,
): void {
  for (const service of Object.keys(context.platform.services)) registerService(context, service, layer, options);
}

/** A service in the order in which its parts need each other: who it is, what it may, its tables, its pods, how many. */
function registerService(
  context: ClusterContext,
  service: string,
  { migrations, namespaces, systems }: PlatformLayer,
  options: ComponentResourceOptions,
): void {
  const spec = context.platform.services[service];
  if (spec === undefined) return;
  const namespace = namespaces[service];
  const after = (...resources: Resource[]): ComponentResourceOptions => ({ ...options, dependsOn: resources });
  const standing = [...Object.values(systems), ...(namespace === undefined ? [] : [namespace])];
  const image = serviceImage(context, service, spec);
  const account = workloadAccount(service, { context, word: service, team: spec.team }, after(...standing));
  const network = new ServiceNetwork(service, { context, service }, after(...standing));
  const mesh = new ServiceMesh(service, { context, service }, after(...standing));
  const secrets = new ServiceSecrets(service, { context, service, account }, after(...standing));
  const warehouse = new WarehouseAccess(service, { context, service }, after(...standing));
  const ready = [account, network, mesh, secrets, warehouse, ...(migrations[service] ?? [])];
  const migration = new ServiceMigration(service, { context, service, spec, image }, after(...ready));
  const pods = new Service(
    service,
    { context, service, spec, image, before: [...ready, migration] },
    after(...standing),
  );
  new ServiceJobs(service, { context, service, spec, image }, after(...ready, migration, pods));
  new Scaling(service, { context, service, spec }, after(pods));
}
