import { kubernetesAccount, observabilityWord } from '../platform/names';
import type { ClusterContext } from './context';
import { copiedImageParts, type CopiedImage } from './copied-image';
import { collectorPorts } from './scrapes';
import {
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
import { versionHash } from './labels';
import { systemPods } from './system-pods';

interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}

/** The collector's own configuration: https://opentelemetry.io/docs/collector/configuration/ */
export interface CollectorConfig {
  readonly receivers: Readonly<Record<string, object>>;
  readonly processors: Readonly<Record<string, object>>;
  readonly exporters: Readonly<Record<string, object>>;
  readonly extensions: Readonly<Record<string, object>>;
  readonly service: {
    readonly extensions: readonly string[];
    readonly pipelines: Readonly<Record<'metrics' | 'traces', Pipeline>>;
    readonly telemetry: object;
  };
}

interface Port {
  readonly enabled: boolean;
}

/** Values of the chart `opentelemetry-collector`, as far as they are set. */
export interface CollectorValues extends SystemProcess {
  readonly mode: 'deployment';
  readonly fullnameOverride: string;
  readonly image: CopiedImage;
  readonly command: { readonly name: 'otelcol-contrib' };
  readonly alternateConfig: CollectorConfig;
  readonly extraEnvs: readonly { readonly name: string; readonly value: string }[];
  readonly ports: Readonly<Record<string, Port>>;
  readonly serviceAccount: {
    readonly create: false;
    readonly name: string;
    readonly automountServiceAccountToken: true;
  };
  readonly clusterRole: { readonly create: false };
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podSecurityContext: RestrictedPod & {
    readonly runAsUser: number;
    readonly runAsGroup: number;
    readonly fsGroup: number;
  };
  readonly securityContext: RestrictedContainer;
  readonly autoscaling: {
    readonly enabled: true;
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly targetCPUUtilizationPercentage: number;
  };
  readonly podDisruptionBudget: EvictionBudget;
  readonly rollout: { readonly strategy: 'RollingUpdate'; readonly rollingUpdate: { readonly maxUnavailable: 0 } };
}

/** The user of the image. */
const user = 10_001;

/** Its service, under the name that the mesh knows: `lib/kubernetes/mesh-config.ts`. */
export const collectorName = 'opentelemetry-collector';

const podAddress = '${env:MY_POD_IP}';

/**
 * What the collector does: takes traces and metrics by OTLP, adds of which pod, service and version they are, and hands them on
 * in batches. When the other end is slow they wait in memory, and when that is full they are refused, so that whoever sends
 * slows down or drops: a service never waits for what watches it. Logs are read from the nodes by Azure's own agent.
 */
export function collectorConfig({ cloud }: Pick<ClusterContext, 'cloud'>): CollectorConfig {
  const { collector } = cloud.telemetry();
  const pipeline = (exporters: readonly string[]): Pipeline => ({
    receivers: ['otlp'],
    // The first refuses before anything is kept, the last joins what is ready to go.
    processors: ['memory_limiter', 'k8s_attributes', 'batch'],
    exporters,
  });
  return {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `${podAddress}:${collectorPorts.grpc}` },
          http: { endpoint: `${podAddress}:${collectorPorts.http}` },
        },
      },
    },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 75, spike_limit_percentage: 20 },
      k8s_attributes: {
        extract: {
          metadata: ['k8s.namespace.name', 'k8s.node.name', 'k8s.pod.name', 'k8s.pod.uid'],
          labels: [
            { tag_name: 'service.name', key: 'app.kubernetes.io/name', from: 'pod' },
            { tag_name: 'service.version', key: versionHash, from: 'pod' },
          ],
        },
        pod_association: [{ sources: [{ from: 'connection' }] }],
      },
      batch: { send_batch_size: 1024, send_batch_max_size: 2048, timeout: '5s' },
    },
    exporters: collector.exporters,
    extensions: { ...collector.extensions, health_check: { endpoint: `${podAddress}:${collectorPorts.health}` } },
    service: {
      extensions: [...Object.keys(collector.extensions).sort(), 'health_check'],
      pipelines: { metrics: pipeline(collector.signals.metrics), traces: pipeline(collector.signals.traces) },
      telemetry: {
        logs: { encoding: 'json' },
        metrics: {
          readers: [{ pull: { exporter: { prometheus: { host: podAddress, port: collectorPorts.metrics } } } }],
        },
      },
    },
  };
}

/** The collector as its chart installs it: a few pods that keep nothing, as many as there is to do. */
export function collectorValues(context: ClusterContext): CollectorValues {
  const { cloud } = context;
  const [on, off] = [{ enabled: true }, { enabled: false }];
  return {
    ...systemProcess(cloud.systemNodes, systemPods.collector.labels, { vcpu: 0.25, memoryGiB: 0.5 }),
    mode: 'deployment',
    fullnameOverride: collectorName,
    image: copiedImageParts(context, 'collector'),
    command: { name: 'otelcol-contrib' },
    alternateConfig: collectorConfig(context),
    extraEnvs: Object.entries(cloud.telemetry().environment).map(([name, value]) => ({ name, value })),
    ports: {
      otlp: on,
      'otlp-http': on,
      metrics: on,
      'jaeger-compact': off,
      'jaeger-thrift': off,
      'jaeger-grpc': off,
      zipkin: off,
    },
    serviceAccount: {
      create: false,
      name: kubernetesAccount(observabilityWord),
      automountServiceAccountToken: true,
    },
    clusterRole: { create: false },
    podLabels: { ...cloud.account(observabilityWord).podLabels },
    podSecurityContext: { ...restrictedPod, runAsUser: user, runAsGroup: user, fsGroup: user },
    securityContext: restrictedContainer,
    autoscaling: {
      enabled: true,
      minReplicas: systemReplicas,
      maxReplicas: systemReplicas * 3,
      targetCPUUtilizationPercentage: 70,
    },
    podDisruptionBudget: evictionBudget,
    rollout: { strategy: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } },
  };
}
