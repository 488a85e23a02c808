import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { argoCdValues } from '../../lib/kubernetes/argo-cd-values';
import { argoRolloutsValues } from '../../lib/kubernetes/argo-rollouts-values';
import { certManagerValues } from '../../lib/kubernetes/cert-manager-values';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { externalSecretsValues } from '../../lib/kubernetes/external-secrets-values';
import { HelmRelease } from '../../lib/kubernetes/helm-release';
import { istioBaseValues, istioCniValues, istiodValues } from '../../lib/kubernetes/istio-values';
import { kedaValues } from '../../lib/kubernetes/keda-values';
import { Mesh } from '../../lib/kubernetes/mesh';
import { MeshAuthority } from '../../lib/kubernetes/mesh-authority';
import type { System } from '../../lib/kubernetes/releases';
import { SystemNamespace } from '../../lib/kubernetes/system-namespace';
import { installedNamespaces, type InstalledNamespace } from '../../lib/kubernetes/system-namespaces';

/** Installs the systems of others that a cluster's workloads need, in the order in which they need each other. */
export function registerSystems(
  context: ClusterContext,
  options: ComponentResourceOptions,
): Readonly<Record<string, Resource>> {
  const { delivery } = context.platform;
  const namespaces = Object.fromEntries(
    installedNamespaces(context).map((namespace) => [
      namespace,
      new SystemNamespace(namespace, { context, namespace }, options),
    ]),
  ) as Partial<Record<InstalledNamespace, SystemNamespace>>;
  const install = (system: System, namespace: InstalledNamespace, values: object, after: readonly Resource[] = []) =>
    new HelmRelease(
      system,
      { context, system, values },
      { ...options, dependsOn: [...after, ...[namespaces[namespace]].filter((each) => each !== undefined)] },
    );
  const mesh = registerMesh(context, install, options);
  const meshed = Object.values(mesh);
  return {
    ...mesh,
    keda: install('keda', 'keda', kedaValues(context), meshed),
    'external-secrets': install('external-secrets', 'external-secrets', externalSecretsValues(context), meshed),
    'argo-rollouts': install('argo-rollouts', 'argo-rollouts', argoRolloutsValues(context), meshed),
    ...(delivery.manifests.by === 'argocd'
      ? { argocd: install('argocd', 'argocd', argoCdValues(context), meshed) }
      : {}),
    // What watches the cluster is installed by itself, into a namespace that stands by then.
    ...(namespaces.observability === undefined ? {} : { observability: namespaces.observability }),
  };
}

type Install = (
  system: System,
  namespace: InstalledNamespace,
  values: object,
  after?: readonly Resource[],
) => HelmRelease;

/** The mesh, where the cloud does not run it, and what holds for all of it. */
function registerMesh(
  context: ClusterContext,
  install: Install,
  options: ComponentResourceOptions,
): Readonly<Record<string, Resource>> {
  if (context.mesh.flavor === 'aks-addon') return { mesh: new Mesh('mesh', { context }, options) };
  const certManager = install('cert-manager', 'cert-manager', certManagerValues(context));
  const base = install('istio-base', 'istio-system', istioBaseValues());
  const authority = new MeshAuthority('mesh-authority', { context }, { ...options, dependsOn: [certManager, base] });
  const istiod = install('istiod', 'istio-system', istiodValues(context), [base, authority]);
  const cni = install('istio-cni', 'istio-system', istioCniValues(context), [base]);
  const mesh = new Mesh('mesh', { context }, { ...options, dependsOn: [istiod, cni] });
  return { 'cert-manager': certManager, 'istio-base': base, istiod, 'istio-cni': cni, mesh };
}
