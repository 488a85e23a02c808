import { kubernetesAccount, observabilityWord } from '../platform/names';
import type { CloudTelemetry } from './cloud';
import type { ClusterContext } from './context';
import { copiedImageParts, type CopiedImage } from './copied-image';
import type { Relabelling, Scrape } from './scrape';
import { scrapes } from './scrapes';
import {
  evictionBudget,
  restrictedContainer,
  restrictedPod,
  systemProcess,
  systemReplicas,
  systemResources,
  type EvictionBudget,
  type Resources,
  type RestrictedContainer,
  type RestrictedPod,
  type SystemProcess,
} from './system-pod';
import { systemPods } from './system-pods';

interface Off {
  readonly enabled: false;
}

/** A copy of everything that is read, kept elsewhere. */
type RemoteWrite = CloudTelemetry['metrics'] & { readonly write_relabel_configs: readonly Relabelling[] };

/** Values of the chart `prometheus`, as far as they are set. */
export interface PrometheusValues {
  readonly alertmanager: Off;
  readonly 'kube-state-metrics': Off;
  readonly 'prometheus-node-exporter': Off;
  readonly 'prometheus-pushgateway': Off;
  readonly rbac: { readonly create: false };
  readonly serviceAccounts: { readonly server: { readonly create: false; readonly name: string } };
  readonly configmapReload: {
    readonly prometheus: {
      readonly enabled: true;
      readonly image: CopiedImage;
      readonly containerSecurityContext: RestrictedContainer;
      readonly resources: Resources;
    };
  };
  readonly server: SystemProcess & {
    readonly fullnameOverride: string;
    readonly image: CopiedImage;
    readonly replicaCount: number;
    readonly statefulSet: { readonly enabled: true; readonly podManagementPolicy: 'Parallel' };
    readonly persistentVolume: Off;
    readonly emptyDir: { readonly sizeLimit: string };
    readonly retention: string;
    readonly retentionSize: string;
    readonly env: readonly object[];
    readonly global: {
      readonly scrape_interval: string;
      readonly scrape_timeout: string;
      readonly evaluation_interval: string;
      readonly external_labels: Readonly<Record<string, string>>;
    };
    readonly remoteWrite: readonly RemoteWrite[];
    readonly podLabels: Readonly<Record<string, string>>;
    readonly podDisruptionBudget: EvictionBudget;
    readonly securityContext: RestrictedPod & {
      readonly runAsUser: number;
      readonly runAsGroup: number;
      readonly fsGroup: number;
    };
    readonly containerSecurityContext: RestrictedContainer;
    readonly service: { readonly servicePort: 80; readonly type: 'ClusterIP' };
    readonly enableServiceLinks: false;
    readonly automountServiceAccountToken: true;
    readonly terminationGracePeriodSeconds: number;
  };
  readonly scrapeConfigs: Readonly<Record<string, Off | Scrape>>;
}

/** What the chart would read by itself. */
const chartsOwn = [
  'kubernetes-api-servers',
  'kubernetes-nodes',
  'kubernetes-nodes-cadvisor',
  'kubernetes-pods',
  'kubernetes-pods-slow',
  'kubernetes-service-endpoints',
  'kubernetes-service-endpoints-slow',
  'kubernetes-services',
  'prometheus-pushgateway',
] as const;

/** The user of the image: nobody. */
const user = 65_534;

/** Name of its pods without their number, and of its service: `lib/kubernetes/metrics-address.ts`. */
export const prometheusName = 'prometheus-server';

/** Label that tells one server from the other, and goes nowhere. */
const replicaLabel = 'replica';

/**
 * Prometheus alone: two servers that read the same and keep it for a day, so that releases and scaling find one while the
 * other is replaced. The first writes everything on to the cloud, which keeps it, draws it and calls people; both would be kept
 * there as two. While the first is away, the cloud has a gap, and calls somebody for it.
 */
export function prometheusValues(context: ClusterContext): PrometheusValues {
  const { cloud, cluster } = context;
  const off = { enabled: false } as const;
  const { metrics } = cloud.telemetry();
  const replica = (rule: Omit<Relabelling, 'action'>, action: 'keep' | 'labeldrop'): Relabelling => ({
    ...rule,
    action,
  });
  return {
    alertmanager: off,
    'kube-state-metrics': off,
    'prometheus-node-exporter': off,
    'prometheus-pushgateway': off,
    rbac: { create: false },
    serviceAccounts: { server: { create: false, name: kubernetesAccount(observabilityWord) } },
    configmapReload: {
      prometheus: {
        enabled: true,
        image: copiedImageParts(context, 'prometheus-reloader'),
        containerSecurityContext: restrictedContainer,
        resources: systemResources({ vcpu: 0.01, memoryGiB: 0.03125 }),
      },
    },
    server: {
      ...systemProcess(cloud.systemNodes, systemPods.prometheus.labels, { vcpu: 0.5, memoryGiB: 2 }),
      fullnameOverride: prometheusName,
      image: copiedImageParts(context, 'prometheus'),
      replicaCount: systemReplicas,
      statefulSet: { enabled: true, podManagementPolicy: 'Parallel' },
      persistentVolume: off,
      // Ours: a thousand pods at a hundred series each, every 30 seconds, are some 5 GB a day.
      emptyDir: { sizeLimit: '12Gi' },
      retention: '24h',
      retentionSize: '10GB',
      env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      global: {
        scrape_interval: '30s',
        scrape_timeout: '10s',
        evaluation_interval: '30s',
        external_labels: { cluster, [replicaLabel]: '${POD_NAME}' },
      },
      remoteWrite: [
        {
          ...metrics,
          write_relabel_configs: [
            replica({ source_labels: [replicaLabel], regex: `${prometheusName}-0` }, 'keep'),
            replica({ regex: replicaLabel }, 'labeldrop'),
          ],
        },
      ],
      podLabels: { ...cloud.account(observabilityWord).podLabels },
      podDisruptionBudget: evictionBudget,
      securityContext: { ...restrictedPod, runAsUser: user, runAsGroup: user, fsGroup: user },
      containerSecurityContext: restrictedContainer,
      service: { servicePort: 80, type: 'ClusterIP' },
      enableServiceLinks: false,
      // It asks the cluster all the time which pods there are.
      automountServiceAccountToken: true,
      terminationGracePeriodSeconds: 120,
    },
    scrapeConfigs: { ...Object.fromEntries(chartsOwn.map((job) => [job, off])), ...scrapes(context) },
  };
}
