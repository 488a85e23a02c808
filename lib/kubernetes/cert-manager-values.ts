import type { ClusterContext } from './context';
import { copiedImageParts, type CopiedImage } from './copied-image';
import type { ImageName } from './images';
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

/** One of the processes of cert-manager. */
interface Part extends Placement {
  readonly replicaCount: number;
  readonly image: CopiedImage;
  readonly resources: Resources;
  readonly podDisruptionBudget: { readonly enabled: true; readonly maxUnavailable: number };
  readonly topologySpreadConstraints: readonly Spread[];
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
    ...systemPlacement(context.cloud.systemNodes),
    replicaCount: systemReplicas,
    image: copiedImageParts(context, image),
    resources: systemResources({ vcpu, memoryGiB }),
    podDisruptionBudget: { enabled: true, ...oneAtATime },
    topologySpreadConstraints: spreadOver({
      'app.kubernetes.io/instance': 'cert-manager',
      'app.kubernetes.io/component': component,
    }),
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
