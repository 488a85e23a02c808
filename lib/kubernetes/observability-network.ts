import { rolloutsOn } from '../platform/flag-rollout';
import { flagsWord, kubernetesNamespace } from '../platform/names';
import type { ClusterContext } from './context';
import { kubeletReach } from './kubelets';
import { selectorOf } from './labels';
import type { PodsIn } from './pods-in';
import { podsIn, reachRule, tcp, type PolicySpec } from './peers';
import { collectorPorts, meshedNamespaces, prometheusPort } from './scrapes';
import { systemMetricsOf } from './system-metrics';
import { systemPods, systemPorts } from './system-pods';

type Watched = Pick<ClusterContext, 'cloud' | 'mesh' | 'platform' | 'siteName'>;

/** Pods that ask Prometheus: what releases versions, what counts pods, and what changes flags where something does. */
const askersOf = ({ platform, siteName }: Watched): readonly PodsIn[] => [
  { namespace: 'argo-rollouts', labels: { 'app.kubernetes.io/name': 'argo-rollouts' } },
  { namespace: 'keda', labels: { app: 'keda-operator' } },
  ...(rolloutsOn(platform, siteName).length === 0
    ? []
    : [{ namespace: kubernetesNamespace(platform, flagsWord), labels: selectorOf({ name: flagsWord }) }]),
];

/** The ways of Prometheus: whom it reads, who asks it, where it asks which pods there are, and where it writes. */
export function prometheusNetwork(context: Watched): PolicySpec {
  const { cloud } = context;
  const kubelets = kubeletReach(context);
  return {
    podSelector: { matchLabels: { ...systemPods.prometheus.labels } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: askersOf(context).map(podsIn), ports: tcp(prometheusPort) }],
    egress: [
      {
        to: meshedNamespaces(context).map((namespace) => podsIn({ namespace })),
        ports: tcp(...systemPorts.proxyMetrics),
      },
      ...systemMetricsOf(context).map(({ labels, namespace, port }) => ({
        to: [podsIn({ namespace, labels })],
        ports: tcp(port),
      })),
      { to: [podsIn(systemPods.collector)], ports: tcp(collectorPorts.metrics) },
      ...(cloud.stateMetrics === undefined
        ? []
        : [{ to: [podsIn(cloud.stateMetrics)], ports: tcp(cloud.stateMetrics.port) }]),
      ...[
        ...(kubelets === undefined ? [] : [kubelets]),
        cloud.apiServer,
        ...cloud.telemetry().reach,
        ...cloud.tokens.reach,
      ].map(reachRule),
    ],
  };
}

/** The ways of the collector: proxies of the mesh send to it, Prometheus reads it, and it writes to the cloud. */
export const collectorNetwork = (context: Watched): PolicySpec => ({
  podSelector: { matchLabels: { ...systemPods.collector.labels } },
  policyTypes: ['Ingress', 'Egress'],
  ingress: [
    {
      from: meshedNamespaces(context).map((namespace) => podsIn({ namespace })),
      ports: tcp(collectorPorts.grpc),
    },
    { from: [podsIn(systemPods.prometheus)], ports: tcp(collectorPorts.metrics) },
  ],
  egress: [context.cloud.apiServer, ...context.cloud.telemetry().reach, ...context.cloud.tokens.reach].map(reachRule),
});
