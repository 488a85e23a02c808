import { gatewayWord, kubernetesNamespace } from '../platform/names';
import type { ClusterContext } from './context';
import { versionLabel } from '../platform/mesh-figures';
import { hasGateway } from '../platform/platform';
import { kubeletScrapes } from './kubelets';
import type { Relabelling, Scrape } from './scrape';
import { systemMetricsOf } from './system-metrics';
import { versionHash } from './labels';
import { systemPods, systemPorts } from './system-pods';

/** Name of a label of a pod, as Prometheus knows it before it chooses. */
const podLabel = (label: string): string => `__meta_kubernetes_pod_label_${label.replaceAll(/[^A-Za-z0-9_]/g, '_')}`;

/** Labels that every figure of a pod has. */
const named: readonly Relabelling[] = [
  { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
  { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
  { source_labels: ['__meta_kubernetes_pod_node_name'], target_label: 'node' },
];

/** Pods that ended tell nothing. */
const running: Relabelling = {
  source_labels: ['__meta_kubernetes_pod_phase'],
  regex: 'Failed|Pending|Succeeded',
  action: 'drop',
};

/** One target a pod, at this port: Kubernetes tells one a port. */
const at = (port: number): Relabelling => ({
  source_labels: ['__meta_kubernetes_pod_ip'],
  regex: '(.+)',
  target_label: '__address__',
  replacement: `$1:${port}`,
});

const keep = (labels: Readonly<Record<string, string>>): readonly Relabelling[] =>
  Object.entries(labels).map(([label, value]) => ({ source_labels: [podLabel(label)], regex: value, action: 'keep' }));

interface Pods {
  readonly namespaces: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
  readonly path?: string;
  readonly more?: readonly Relabelling[];
  readonly drops?: string;
}

const scrapePods = ({ drops, labels, more = [], namespaces, path = '/metrics', port }: Pods): Scrape => ({
  enabled: true,
  metrics_path: path,
  scheme: 'http',
  kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: namespaces } }],
  relabel_configs: [...keep(labels), running, at(port), ...named, ...more],
  ...(drops === undefined
    ? {}
    : { metric_relabel_configs: [{ source_labels: ['__name__'], regex: drops, action: 'drop' as const }] }),
});

/** Namespaces of the platform whose pods are in the mesh. */
export const meshedNamespaces = ({
  platform,
  siteName,
}: Pick<ClusterContext, 'platform' | 'siteName'>): readonly string[] =>
  [...Object.keys(platform.services), ...(hasGateway(platform, siteName) ? [gatewayWord] : [])].map((word) =>
    kubernetesNamespace(platform, word),
  );

/** Figures of proxies that nobody asks for, one a host and size of an answer. */
const unasked = 'envoy_(cluster|listener|server)_.*|istio_(request|response)_bytes_.*';

/**
 * What Prometheus reads, by job: proxies of the mesh, each with the version of its pod and with what the gateway beside it tells;
 * the systems of the cluster; the collector; and itself. Nodes are read by the cloud's own agent; what Kubernetes says of pods, and what containers use, where the
 * cloud has one for it.
 */
export function scrapes(
  context: Pick<ClusterContext, 'cloud' | 'mesh' | 'platform' | 'siteName'>,
): Readonly<Record<string, Scrape>> {
  const { stateMetrics } = context.cloud;
  return {
    mesh: scrapePods({
      namespaces: meshedNamespaces(context),
      // The webhook of the mesh labels the pods that it put a proxy into.
      labels: { 'security.istio.io/tlsMode': 'istio' },
      port: systemPorts.proxyMetrics[0],
      path: '/stats/prometheus',
      more: [{ source_labels: [podLabel(versionHash)], target_label: versionLabel }],
      drops: unasked,
    }),
    ...Object.fromEntries(
      systemMetricsOf(context).map(({ labels, name, namespace, port }) => [
        name,
        { ...scrapePods({ namespaces: [namespace], labels, port }), honor_labels: true as const },
      ]),
    ),
    ...(stateMetrics === undefined
      ? {}
      : {
          // It tells of others' pods, by labels that would else be its own.
          'kube-state-metrics': {
            ...scrapePods({ ...stateMetrics, namespaces: [stateMetrics.namespace] }),
            honor_labels: true as const,
          },
        }),
    ...kubeletScrapes(context),
    collector: scrapePods({
      namespaces: [systemPods.collector.namespace],
      labels: systemPods.collector.labels,
      port: collectorPorts.metrics,
    }),
    prometheus: {
      enabled: true,
      metrics_path: '/metrics',
      scheme: 'http',
      static_configs: [{ targets: [`localhost:${prometheusPort}`] }],
    },
  };
}

/** Port at which Prometheus answers in its pods. */
export const prometheusPort = 9090;

/** Ports of the collector: OTLP over gRPC and over HTTP, its own figures, its health. */
export const collectorPorts = { grpc: systemPorts.traces, http: 4318, metrics: 8888, health: 13_133 } as const;
