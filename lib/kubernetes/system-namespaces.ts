import type { Platform } from '../platform/platform';
import type { SystemNamespace } from '../platform/system-namespaces';
import type { ClusterContext } from './context';
import type { PodSecurity } from './namespace';

/** Namespaces that the platform makes for systems of others; the rest are the cloud's. */
export type InstalledNamespace = Exclude<
  SystemNamespace,
  'aks-istio-system' | 'azure-arc' | 'gatekeeper-system' | 'kube-system'
>;

interface Installed {
  /** What it is for. */
  readonly purpose: string;
  /** How much of their node its pods may touch, and why where that is more than nothing. */
  readonly podSecurity:
    | { readonly level: 'restricted' }
    | { readonly level: Exclude<PodSecurity, 'restricted'>; readonly reason: string };
  /** Whether its pods are in the mesh. Those outside are reached by policies of the network alone. */
  readonly inMesh: boolean;
}

const restricted = { level: 'restricted' } as const;

/**
 * Namespaces of systems, and what each is allowed. None is in the mesh: most work before it does, and what calls them, the API
 * server, is outside of it.
 */
export const installed: Readonly<Record<InstalledNamespace, Installed>> = {
  'istio-system': {
    purpose: 'the control plane of the mesh, and its agent on each node',
    podSecurity: { level: 'privileged', reason: 'the agent sets up the network of each pod from its node, as root' },
    inMesh: false,
  },
  'cert-manager': { purpose: 'the authority of the mesh', podSecurity: restricted, inMesh: false },
  'external-secrets': { purpose: 'secrets of the vault, for pods', podSecurity: restricted, inMesh: false },
  keda: { purpose: 'counts pods by queues and requests', podSecurity: restricted, inMesh: false },
  'argo-rollouts': { purpose: 'takes new versions step by step', podSecurity: restricted, inMesh: false },
  argocd: { purpose: 'applies what is committed', podSecurity: restricted, inMesh: false },
  // Logs are read by Azure's agent, from kube-system: nothing here touches a node.
  observability: { purpose: 'figures and traces', podSecurity: restricted, inMesh: false },
};

/** What a cluster has of them: the cloud's own mesh brings its own, and only who asked for Argo CD has it. */
export function installedNamespaces({
  mesh,
  platform,
}: Pick<ClusterContext, 'mesh'> & { readonly platform: Pick<Platform, 'delivery'> }): readonly InstalledNamespace[] {
  const absent: readonly InstalledNamespace[] = [
    ...(mesh.flavor === 'self-managed' ? [] : (['cert-manager', 'istio-system'] as const)),
    ...(platform.delivery.manifests.by === 'argocd' ? [] : (['argocd'] as const)),
  ];
  return (Object.keys(installed) as InstalledNamespace[]).filter((namespace) => !absent.includes(namespace));
}
