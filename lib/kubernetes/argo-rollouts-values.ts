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

/** Values of the chart `argo-rollouts`, as far as they are set. */
export interface ArgoRolloutsValues {
  readonly installCRDs: true;
  readonly keepCRDs: true;
  readonly createClusterAggregateRoles: false;
  readonly controller: Placement & {
    readonly replicas: number;
    readonly image: { readonly registry: string; readonly repository: string; readonly tag: string };
    readonly resources: Resources;
    readonly priorityClassName: string;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly pdb: { readonly enabled: true; readonly maxUnavailable: number };
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
  readonly notifications: { readonly secret: { readonly create: false } };
}

/**
 * Argo Rollouts takes new versions step by step, over the routes of the mesh and of nothing else. There is no dashboard: it
 * has no log-in of its own.
 */
export function argoRolloutsValues(context: Pick<ClusterContext, 'cloud' | 'platform'>): ArgoRolloutsValues {
  const [registry = '', ...repository] = copiedImageParts(context, 'argo-rollouts').repository.split('/');
  return {
    installCRDs: true,
    keepCRDs: true,
    createClusterAggregateRoles: false,
    controller: {
      ...systemPlacement(context.cloud.systemNodes),
      replicas: systemReplicas,
      image: { registry, repository: repository.join('/'), tag: copiedImageTag('argo-rollouts') },
      resources: systemResources({ vcpu: 0.1, memoryGiB: 0.25 }),
      priorityClassName: criticalPriority,
      topologySpreadConstraints: spreadOver({ 'app.kubernetes.io/name': 'argo-rollouts' }),
      pdb: { enabled: true, ...oneAtATime },
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
    notifications: { secret: { create: false } },
  };
}
