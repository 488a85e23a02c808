import type { ClusterContext } from './context';
import { copiedImageParts, type CopiedImage } from './copied-image';
import type { ImageName } from '../platform/cluster-images';
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

/** One of the processes of cert-manager. */
interface Part extends SystemProcess {
  readonly replicaCount: number;
  readonly image: CopiedImage;
  readonly podDisruptionBudget: EvictionBudget;
  readonly securityContext: RestrictedPod;
  readonly containerSecurityContext: RestrictedContainer;
}

/** Values of the chart `cert-manager`, as far as they are set. */
export interface CertManagerValues extends Part {
  readonly global: {
    readonly priorityClassName: string;
    readonly leaderElection: { readonly namespace: string };
  };
  readonly crds: { readonly enabled: true; readonly keep: true };
  readonly disableAutoApproval: false;
  readonly prometheus: { readonly enabled: true; readonly servicemonitor: { readonly enabled: false } };
  readonly webhook: Part & { readonly networkPolicy: { readonly enabled: false } };
  readonly cainjector: Part;
  readonly startupapicheck: { readonly enabled: false };
}

/**
 * cert-manager keeps the authority of the mesh and nothing else, so it needs no way out and no solvers of challenges. Its
 * check after an installation is left out: whoever makes the first certificate waits for the webhook anyway.
 */
export function certManagerValues(context: Pick<ClusterContext, 'cloud' | 'platform'>): CertManagerValues {
  const part = (image: ImageName, component: string, vcpu: number, memoryGiB: number): Part => ({
    ...systemProcess(
      context.cloud.systemNodes,
      { 'app.kubernetes.io/instance': 'cert-manager', 'app.kubernetes.io/component': component },
      { vcpu, memoryGiB },
    ),
    replicaCount: systemReplicas,
    image: copiedImageParts(context, image),
    podDisruptionBudget: evictionBudget,
    securityContext: restrictedPod,
    containerSecurityContext: restrictedContainer,
  });
  return {
    ...part('cert-manager-controller', 'controller', 0.05, 0.125),
    global: { priorityClassName: criticalPriority, leaderElection: { namespace: 'cert-manager' } },
    // Without its definitions, every certificate would go with the release.
    crds: { enabled: true, keep: true },
    disableAutoApproval: false,
    prometheus: { enabled: true, servicemonitor: { enabled: false } },
    webhook: { ...part('cert-manager-webhook', 'webhook', 0.025, 0.0625), networkPolicy: { enabled: false } },
    cainjector: part('cert-manager-cainjector', 'cainjector', 0.025, 0.125),
    startupapicheck: { enabled: false },
  };
}
