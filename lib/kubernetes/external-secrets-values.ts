import type { ClusterContext } from './context';
import { taggedImage, type TaggedImage } from './copied-image';
import {
  criticalPriority,
  evictionBudget,
  restrictedContainer,
  restrictedPod,
  systemProcess,
  systemReplicas,
  type EvictionBudget,
  type RestrictedContainer,
  type RestrictedPod,
  type SystemProcess,
} from './system-pod';

/** One of the processes of External Secrets. */
interface Part extends SystemProcess {
  readonly replicaCount: number;
  readonly image: TaggedImage;
  readonly priorityClassName: string;
  readonly podDisruptionBudget: EvictionBudget;
  readonly podSecurityContext: RestrictedPod & { readonly enabled: true };
  readonly securityContext: RestrictedContainer & { readonly enabled: true };
}

/** Values of the chart `external-secrets`, as far as they are set. */
export interface ExternalSecretsValues extends Part {
  readonly installCRDs: true;
  readonly crds: Readonly<
    Record<
      | 'createClusterExternalSecret'
      | 'createClusterGenerator'
      | 'createClusterPushSecret'
      | 'createClusterSecretStore'
      | 'createPushSecret',
      false
    >
  >;
  readonly leaderElect: true;
  readonly processClusterStore: false;
  readonly processClusterExternalSecret: false;
  readonly processClusterGenerator: false;
  readonly processClusterPushSecret: false;
  readonly processPushSecret: false;
  readonly rbac: Readonly<Record<'aggregateToAdmin' | 'aggregateToEdit' | 'aggregateToView', false>>;
  readonly livenessProbe: { readonly enabled: true };
  readonly readinessProbe: { readonly enabled: true };
  readonly webhook: Part & { readonly failurePolicy: 'Fail' };
  readonly certController: Part;
}

/**
 * External Secrets makes secrets of a namespace from those of the vault that the namespace's own account may read. What works
 * across namespaces, or writes to a vault, is off. The right to its kinds is given to nobody who merely edits or views.
 */
export function externalSecretsValues(context: Pick<ClusterContext, 'cloud' | 'platform'>): ExternalSecretsValues {
  const part = (name: string, vcpu: number, memoryGiB: number): Part => ({
    ...systemProcess(context.cloud.systemNodes, { 'app.kubernetes.io/name': name }, { vcpu, memoryGiB }),
    replicaCount: systemReplicas,
    image: taggedImage(context, 'external-secrets'),
    priorityClassName: criticalPriority,
    podDisruptionBudget: evictionBudget,
    podSecurityContext: { enabled: true, ...restrictedPod },
    securityContext: { enabled: true, ...restrictedContainer },
  });
  return {
    ...part('external-secrets', 0.05, 0.25),
    installCRDs: true,
    crds: {
      createClusterExternalSecret: false,
      createClusterGenerator: false,
      createClusterPushSecret: false,
      createClusterSecretStore: false,
      createPushSecret: false,
    },
    leaderElect: true,
    processClusterStore: false,
    processClusterExternalSecret: false,
    processClusterGenerator: false,
    processClusterPushSecret: false,
    processPushSecret: false,
    rbac: { aggregateToAdmin: false, aggregateToEdit: false, aggregateToView: false },
    livenessProbe: { enabled: true },
    readinessProbe: { enabled: true },
    webhook: { ...part('external-secrets-webhook', 0.025, 0.0625), failurePolicy: 'Fail' },
    certController: part('external-secrets-cert-controller', 0.025, 0.0625),
  };
}
