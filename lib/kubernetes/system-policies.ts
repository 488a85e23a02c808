import type { ClusterContext } from './context';
import { podsIn, reachRule, tcp, type EgressRule, type IngressRule, type PolicyPeer, type PolicySpec } from './peers';
import { systemMetrics } from './system-metrics';
import type { InstalledNamespace } from './system-namespaces';
import { systemPods, systemPorts } from './system-pods';

type Labels = Readonly<Record<string, string>>;

/** What a policy lets through, of pods by their labels. */
interface Ways {
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
}

/** Where Prometheus answers in its pods. */
const prometheusPort = 9090;

function policyOf(labels: Labels | undefined, { egress = [], ingress = [] }: Ways): PolicySpec {
  return {
    podSelector: labels === undefined ? {} : { matchLabels: { ...labels } },
    policyTypes: [
      ...(egress.length > 0 ? (['Egress'] as const) : []),
      ...(ingress.length > 0 ? (['Ingress'] as const) : []),
    ],
    ...(egress.length > 0 ? { egress: [...egress] } : {}),
    ...(ingress.length > 0 ? { ingress: [...ingress] } : {}),
  };
}

/**
 * What systems need beyond what every namespace has, by namespace and name: the API server, which all of them ask, and which
 * asks some; each other; Prometheus; and the few hosts outside that one of them uses.
 */
export function systemPolicies({
  cloud,
  mesh,
}: Pick<ClusterContext, 'cloud' | 'mesh'>): Readonly<
  Record<Exclude<InstalledNamespace, 'observability'>, Readonly<Record<string, PolicySpec>>>
> {
  const toApiServer = policyOf(undefined, { egress: [reachRule(cloud.apiServer)] });
  const apiServers: PolicyPeer[] = [
    ...cloud.apiServer.ranges.map((cidr) => ({ ipBlock: { cidr } })),
    ...(cloud.apiTunnel === undefined ? [] : [podsIn(cloud.apiTunnel)]),
  ];
  const asked = (labels: Labels, port: number): PolicySpec =>
    policyOf(labels, { ingress: [{ from: apiServers, ports: tcp(port) }] });
  const toPrometheus = (labels: Labels): PolicySpec =>
    policyOf(labels, { egress: [{ to: [podsIn(systemPods.prometheus)], ports: tcp(prometheusPort) }] });
  const within = (namespace: InstalledNamespace, from: Labels, to: Labels, port: number) => ({
    egress: policyOf(from, { egress: [{ to: [podsIn({ namespace, labels: to })], ports: tcp(port) }] }),
    ingress: policyOf(to, { ingress: [{ from: [podsIn({ namespace, labels: from })], ports: tcp(port) }] }),
  });
  const metricsOf = (namespace: InstalledNamespace): Readonly<Record<string, PolicySpec>> =>
    Object.fromEntries(
      systemMetrics
        .filter((each) => each.namespace === namespace)
        .map(({ labels, name, port }) => [
          `metrics-${name}`,
          policyOf(labels, { ingress: [{ from: [podsIn(systemPods.prometheus)], ports: tcp(port) }] }),
        ]),
    );
  const common = (namespace: InstalledNamespace) => ({ 'api-server': toApiServer, ...metricsOf(namespace) });
  const name = (value: string): Labels => ({ 'app.kubernetes.io/name': value });
  const scaling = within('keda', { app: 'keda-operator-metrics-apiserver' }, { app: 'keda-operator' }, 9666);
  const comparing = within('argocd', name('argocd-application-controller'), name('argocd-repo-server'), 8081);
  const inMesh: PolicyPeer = { namespaceSelector: { matchLabels: { ...mesh.namespaceLabels } } };
  const cache = name('argocd-redis');
  const cached = [name('argocd-application-controller'), name('argocd-repo-server')];
  return {
    'istio-system': {
      ...common('istio-system'),
      proxies: policyOf({ app: 'istiod' }, { ingress: [{ from: [inMesh], ports: tcp(systemPorts.meshControl) }] }),
      webhook: asked({ app: 'istiod' }, 15017),
    },
    'cert-manager': {
      ...common('cert-manager'),
      webhook: asked({ 'app.kubernetes.io/instance': 'cert-manager', 'app.kubernetes.io/component': 'webhook' }, 10250),
    },
    'external-secrets': {
      ...common('external-secrets'),
      vault: policyOf(name('external-secrets'), {
        egress: [...cloud.vaultReach, ...cloud.tokens.reach].map(reachRule),
      }),
      webhook: asked(name('external-secrets-webhook'), 10250),
    },
    keda: {
      ...common('keda'),
      queues: policyOf(
        { app: 'keda-operator' },
        {
          egress: [...cloud.queueFigures, ...cloud.tokens.reach].map(reachRule),
        },
      ),
      requests: toPrometheus({ app: 'keda-operator' }),
      'figures-out': scaling.egress,
      'figures-in': scaling.ingress,
      'metrics-api': asked({ app: 'keda-operator-metrics-apiserver' }, 6443),
      webhook: asked({ app: 'keda-admission-webhooks' }, 9443),
    },
    'argo-rollouts': {
      ...common('argo-rollouts'),
      analysis: toPrometheus(name('argo-rollouts')),
      ...(cloud.releaseNews === undefined
        ? {}
        : {
            news: policyOf(name('argo-rollouts'), {
              egress: [...cloud.releaseNews.reach, ...cloud.tokens.reach].map(reachRule),
            }),
          }),
    },
    argocd: {
      ...common('argocd'),
      repository: policyOf(name('argocd-repo-server'), { egress: [reachRule(cloud.internet([443]))] }),
      'manifests-out': comparing.egress,
      'manifests-in': comparing.ingress,
      'cache-in': policyOf(cache, {
        ingress: [{ from: cached.map((labels) => podsIn({ namespace: 'argocd', labels })), ports: tcp(6379) }],
      }),
      ...Object.fromEntries(
        cached.map((labels, index) => [
          `cache-out-${index === 0 ? 'controller' : 'repo-server'}`,
          policyOf(labels, { egress: [{ to: [podsIn({ namespace: 'argocd', labels: cache })], ports: tcp(6379) }] }),
        ]),
      ),
    },
  };
}
