import type { PodsIn } from './pods-in';
import { installedNamespaces, type InstalledNamespace } from './system-namespaces';

/** Pods of a system that give figures of themselves, and where. */
export interface SystemMetrics extends Required<PodsIn> {
  /** Which of them, for a person: `keda-operator`. */
  readonly name: string;
  readonly namespace: InstalledNamespace;
  /** Port at which `/metrics` is asked for. */
  readonly port: number;
}

const named = (name: string) => ({ 'app.kubernetes.io/name': name });
const certManagerPart = (component: string) => ({
  'app.kubernetes.io/instance': 'cert-manager',
  'app.kubernetes.io/component': component,
});

/** Every system that gives figures, by the labels that its chart gives its pods. */
export const systemMetrics: readonly SystemMetrics[] = [
  { name: 'istiod', namespace: 'istio-system', labels: { app: 'istiod' }, port: 15014 },
  { name: 'istio-cni', namespace: 'istio-system', labels: { 'k8s-app': 'istio-cni-node' }, port: 15014 },
  { name: 'cert-manager', namespace: 'cert-manager', labels: certManagerPart('controller'), port: 9402 },
  { name: 'cert-manager-webhook', namespace: 'cert-manager', labels: certManagerPart('webhook'), port: 9402 },
  { name: 'cert-manager-cainjector', namespace: 'cert-manager', labels: certManagerPart('cainjector'), port: 9402 },
  { name: 'external-secrets', namespace: 'external-secrets', labels: named('external-secrets'), port: 8080 },
  { name: 'keda-operator', namespace: 'keda', labels: { app: 'keda-operator' }, port: 8080 },
  { name: 'keda-metrics', namespace: 'keda', labels: { app: 'keda-operator-metrics-apiserver' }, port: 8080 },
  { name: 'keda-webhooks', namespace: 'keda', labels: { app: 'keda-admission-webhooks' }, port: 8080 },
  { name: 'argo-rollouts', namespace: 'argo-rollouts', labels: named('argo-rollouts'), port: 8090 },
  { name: 'argocd-controller', namespace: 'argocd', labels: named('argocd-application-controller'), port: 8082 },
  { name: 'argocd-repo-server', namespace: 'argocd', labels: named('argocd-repo-server'), port: 8084 },
];

/** Those that a cluster has. */
export const systemMetricsOf = (context: Parameters<typeof installedNamespaces>[0]): readonly SystemMetrics[] => {
  const namespaces = installedNamespaces(context);
  return systemMetrics.filter(({ namespace }) => namespaces.includes(namespace));
};
