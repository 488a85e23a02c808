import { kubernetesAccount, scalerWord } from '../platform/names';
import type { ClusterContext } from './context';
import { hostedImage, type HostedImage } from './copied-image';
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

/** A value for each process of KEDA. The chart calls the one in the middle by two names. */
interface Each<Value> {
  readonly operator: Value;
  readonly metricServer: Value;
  readonly webhooks: Value;
}

/** Values of the chart `keda`, as far as they are set. */
export interface KedaValues extends Placement {
  readonly image: {
    readonly keda: HostedImage;
    readonly metricsApiServer: HostedImage;
    readonly webhooks: HostedImage;
    readonly pullPolicy: string;
  };
  readonly priorityClassName: string;
  readonly operator: { readonly replicaCount: number };
  readonly metricsServer: { readonly replicaCount: number };
  readonly webhooks: { readonly replicaCount: number; readonly failurePolicy: 'Fail' };
  readonly resources: Each<Resources>;
  readonly podDisruptionBudget: Each<{ readonly maxUnavailable: number }>;
  readonly topologySpreadConstraints: {
    readonly operator: readonly Spread[];
    readonly metricsServer: readonly Spread[];
    readonly webhooks: readonly Spread[];
  };
  readonly podSecurityContext: Each<RestrictedPod>;
  readonly securityContext: Each<RestrictedContainer>;
  readonly podLabels: { readonly keda: Readonly<Record<string, string>> };
  readonly serviceAccount: {
    readonly operator: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  };
  readonly permissions: {
    readonly operator: { readonly restrict: { readonly secret: true } };
    readonly metricServer: { readonly restrict: { readonly secret: true } };
  };
  readonly logging: {
    readonly operator: { readonly format: 'json' };
    readonly webhooks: { readonly format: 'json' };
  };
  readonly prometheus: Each<{ readonly enabled: true }>;
  readonly enableServiceLinks: false;
}

/**
 * KEDA counts pods by what queues and proxies tell. It asks the cloud as an identity of its own, and reads no secrets but its
 * own: a service's are none of its business.
 */
export function kedaValues(context: Pick<ClusterContext, 'cloud' | 'platform'>): KedaValues {
  const each = <Value>(value: Value): Each<Value> => ({ operator: value, metricServer: value, webhooks: value });
  const { annotations, podLabels } = context.cloud.account(scalerWord);
  return {
    ...systemPlacement(context.cloud.systemNodes),
    image: {
      keda: hostedImage(context, 'keda-operator'),
      metricsApiServer: hostedImage(context, 'keda-metrics'),
      webhooks: hostedImage(context, 'keda-webhooks'),
      pullPolicy: 'IfNotPresent',
    },
    priorityClassName: criticalPriority,
    operator: { replicaCount: systemReplicas },
    metricsServer: { replicaCount: systemReplicas },
    // Two that scale the same pods would undo each other: such a thing is refused, even while nobody can be asked.
    webhooks: { replicaCount: systemReplicas, failurePolicy: 'Fail' },
    resources: {
      operator: systemResources({ vcpu: 0.1, memoryGiB: 0.25 }),
      metricServer: systemResources({ vcpu: 0.1, memoryGiB: 0.125 }),
      webhooks: systemResources({ vcpu: 0.025, memoryGiB: 0.0625 }),
    },
    podDisruptionBudget: each(oneAtATime),
    topologySpreadConstraints: {
      operator: spreadOver({ app: 'keda-operator' }),
      metricsServer: spreadOver({ app: 'keda-operator-metrics-apiserver' }),
      webhooks: spreadOver({ app: 'keda-admission-webhooks' }),
    },
    podSecurityContext: each(restrictedPod),
    securityContext: each(restrictedContainer),
    podLabels: { keda: podLabels },
    serviceAccount: { operator: { name: kubernetesAccount(scalerWord), annotations } },
    permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
    logging: { operator: { format: 'json' }, webhooks: { format: 'json' } },
    prometheus: each({ enabled: true }),
    enableServiceLinks: false,
  };
}
