import type { ReleaseNews } from './cloud';
import type { ClusterContext } from './context';
import { hostedImage, type HostedImage } from './copied-image';
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

/** Values of the chart `argo-rollouts`, as far as they are set. */
export interface ArgoRolloutsValues {
  readonly installCRDs: true;
  readonly keepCRDs: true;
  readonly createClusterAggregateRoles: false;
  readonly controller: SystemProcess & {
    readonly replicas: number;
    readonly image: HostedImage;
    readonly priorityClassName: string;
    readonly pdb: EvictionBudget;
    readonly logging: { readonly format: 'json' };
    readonly metrics: { readonly enabled: true; readonly serviceMonitor: { readonly enabled: false } };
  };
  readonly podSecurityContext: RestrictedPod;
  readonly containerSecurityContext: RestrictedContainer & Pick<RestrictedPod, 'seccompProfile'>;
  readonly providerRBAC: {
    readonly enabled: true;
    readonly providers: Readonly<
      Record<
        | 'ambassador'
        | 'apisix'
        | 'awsAppMesh'
        | 'awsLoadBalancerController'
        | 'contour'
        | 'gatewayAPI'
        | 'glooPlatform'
        | 'smi'
        | 'traefik',
        false
      >
    > & { readonly istio: true };
  };
  readonly dashboard: { readonly enabled: false };
  readonly notifications: Notifications;
}

/** Whom it tells of what; nobody by itself. https://argo-rollouts.readthedocs.io/en/stable/features/notifications/ */
interface Notifications {
  readonly secret: { readonly create: false };
  readonly notifiers?: Readonly<Record<string, string>>;
  readonly templates?: Readonly<Record<string, string>>;
  readonly triggers?: Readonly<Record<string, string>>;
  readonly subscriptions?: readonly {
    readonly recipients: readonly string[];
    readonly triggers: readonly string[];
    readonly selector: string;
  }[];
}

/** How a release ends: everybody has the new version, or everybody has the old one again. */
const ends = ['on-rollout-completed', 'on-rollout-aborted'] as const;

/** Template of what is told. */
const template = 'release-ended';

/** Both ends of each release of the one service are told; texts are JSON, which is YAML. */
function notifications(news: ReleaseNews | undefined): Notifications {
  const secret = { create: false } as const;
  if (news === undefined) return { secret };
  const { by, service } = news;
  return {
    secret,
    notifiers: { [`service.${by.kind}`]: JSON.stringify(by.settings) },
    templates: { [`template.${template}`]: JSON.stringify({ message: JSON.stringify({ service }) }) },
    triggers: Object.fromEntries(ends.map((end) => [`trigger.${end}`, JSON.stringify([{ send: [template] }])])),
    subscriptions: [
      {
        recipients: [`${by.kind}:${by.settings.queue}`],
        triggers: [...ends],
        selector: `app.kubernetes.io/name=${service}`,
      },
    ],
  };
}

/**
 * Argo Rollouts takes new versions step by step, over the routes of the mesh and of nothing else. There is no dashboard: it
 * has no log-in of its own.
 */
export function argoRolloutsValues(context: Pick<ClusterContext, 'cloud' | 'platform'>): ArgoRolloutsValues {
  return {
    installCRDs: true,
    keepCRDs: true,
    createClusterAggregateRoles: false,
    controller: {
      ...systemProcess(
        context.cloud.systemNodes,
        { 'app.kubernetes.io/name': 'argo-rollouts' },
        { vcpu: 0.1, memoryGiB: 0.25 },
      ),
      replicas: systemReplicas,
      image: hostedImage(context, 'argo-rollouts'),
      priorityClassName: criticalPriority,
      pdb: evictionBudget,
      logging: { format: 'json' },
      metrics: { enabled: true, serviceMonitor: { enabled: false } },
    },
    podSecurityContext: restrictedPod,
    containerSecurityContext: { ...restrictedContainer, seccompProfile: restrictedPod.seccompProfile },
    providerRBAC: {
      enabled: true,
      providers: {
        istio: true,
        ambassador: false,
        apisix: false,
        awsAppMesh: false,
        awsLoadBalancerController: false,
        contour: false,
        gatewayAPI: false,
        glooPlatform: false,
        smi: false,
        traefik: false,
      },
    },
    dashboard: { enabled: false },
    notifications: notifications(context.cloud.releaseNews),
  };
}
