import type { ClusterContext } from './context';
import { copiedImageParts, copiedImageTag } from './copied-image';
import {
  criticalPriority,
  oneAtATime,
  restrictedContainer,
  restrictedPod,
  spreadOver,
  systemPlacement,
  systemReplicas,
  systemResources,
  type Placement,
  type Resources,
  type RestrictedContainer,
  type RestrictedPod,
  type Spread,
} from './system-pod';

/** One of the processes of External Secrets. */
interface Part extends Placement {
  readonly replicaCount: number;
  readonly image: { readonly repository: string; readonly tag: string };
  readonly resources: Resources;
  readonly priorityClassName: string;
  readonly podDisruptionBudget: { readonly enabled: true; readonly maxUnavailable: number };
  readonly topologySpreadConstraints: readonly Spread[];
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
    ...systemPlacement(context.cloud.systemNodes),
    replicaCount: systemReplicas,
    image: {
      repository: copiedImageParts(context, 'external-secrets').repository,
      tag: copiedImageTag('external-secrets'),
    },
    resources: systemResources({ vcpu, memoryGiB }),
    priorityClassName: criticalPriority,
    podDisruptionBudget: { enabled: true, ...oneAtATime },
    topologySpreadConstraints: spreadOver({ 'app.kubernetes.io/name': name }),
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
