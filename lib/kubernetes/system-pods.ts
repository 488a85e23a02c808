import type { MeshFlavor } from './mesh-flavor';
import type { PodsIn } from './pods-in';

/** Pods of systems of others that policies of the platform name, by the labels that their charts give them. */
export const systemPods = {
  /** What answers names of the cluster. */
  dns: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  /** What reads figures of proxies. */
  prometheus: { namespace: 'observability', labels: { 'app.kubernetes.io/name': 'prometheus' } },
  /** What takes traces from proxies. */
  collector: { namespace: 'observability', labels: { 'app.kubernetes.io/name': 'opentelemetry-collector' } },
} as const satisfies Readonly<Record<string, PodsIn>>;

/**
 * Names are asked for past the proxy, by TCP as by UDP, which it does not take: an answer that is too long for UDP comes by TCP, and
 * a proxy that knows no such host would refuse it.
 */
export const namesPastProxy = { 'traffic.sidecar.istio.io/excludeOutboundPorts': '53' } as const;

/** The control plane of the mesh. */
export const meshControlPlane = ({ rootNamespace }: Pick<MeshFlavor, 'rootNamespace'>): PodsIn => ({
  namespace: rootNamespace,
  labels: { app: 'istiod' },
});

/** Ports of the mesh and of what watches it. */
export const systemPorts = {
  dns: 53,
  /** Of the control plane: configuration and certificates, by mutual TLS. */
  meshControl: 15012,
  /** Of a proxy: its figures. They are read beside the proxy, and not through it. */
  proxyMetrics: [15020],
  /** Of the collector: OTLP over gRPC. */
  traces: 4317,
} as const;
