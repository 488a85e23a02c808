import { watchingRights } from '../../lib/kubernetes/observability';
import { registerObservability } from '../../stacks/kubernetes/observability';
import { clusterOf, rendered } from '../support/kubernetes';
import { remember } from '../support/remember';

const made = remember((patch: unknown = {}) =>
  rendered((options) => registerObservability(clusterOf(patch), { namespaces: {}, systems: {} }, options)),
);
const namespace = 'observability';
const pages = ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'].map(
  (service) => `service-${service}`,
);
const dashboards = ['gateway', 'overview', 'queues', 'releases', ...pages, 'services', 'week'];
const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

interface Way {
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
}
interface Ways {
  readonly ingress: readonly (Way & { readonly from: readonly object[] })[];
  readonly egress: readonly (Way & { readonly to: readonly object[] })[];
}
const waysOf = async (name: string, patch: unknown = {}): Promise<Ways> =>
  (await made(patch)).one('NetworkPolicy', name, namespace).spec as Ways;

describe('what watches a cluster', () => {
  test('is Prometheus and a collector, with their ways, their account, dashboards and settings of logs', async () => {
    const { all } = await made();
    expect(all.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'ClusterRole retailflow-observability',
      'ClusterRoleBinding retailflow-observability',
      'ConfigMap container-azm-ms-agentconfig',
      ...dashboards.map((dashboard) => `ConfigMap dashboard-${dashboard}`),
      'NetworkPolicy opentelemetry-collector',
      'NetworkPolicy prometheus',
      'Release opentelemetry-collector',
      'Release prometheus',
      'ServiceAccount observability',
    ]);
  });

  test('acts as an identity of the cloud', async () => {
    const account = (await made()).one('ServiceAccount', 'observability', namespace);
    expect(account).toMatchObject({
      metadata: { annotations: { 'azure.workload.identity/client-id': expect.any(String) } },
      automountServiceAccountToken: false,
    });
  });

  test('may see pods, and change nothing', () => {
    expect(watchingRights.map(({ resources }) => resources)).toEqual([['namespaces', 'pods'], ['replicasets']]);
    for (const { verbs } of watchingRights) expect(verbs).toEqual(['get', 'list', 'watch']);
  });

  test('gives those rights to its account alone', async () => {
    const objects = await made();
    expect(objects.one('ClusterRoleBinding', 'retailflow-observability')).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: 'retailflow-observability' },
      subjects: [{ kind: 'ServiceAccount', name: 'observability', namespace }],
    });
  });

  test('shows dashboards to a Grafana that looks for them', async () => {
    const found = (await made()).of('ConfigMap', namespace);
    expect(found).toHaveLength(dashboards.length);
    for (const { metadata } of found) expect(metadata.labels).toMatchObject({ grafana_dashboard: '1' });
    const { data } = (await made()).one('ConfigMap', 'dashboard-services') as unknown as {
      readonly data: Readonly<Record<string, string>>;
    };
    expect(JSON.parse(data['services.json'] ?? '')).toMatchObject({ uid: 'retailflow-production-services' });
  });
});

describe('the ways of Prometheus', () => {
  test('let ask it what releases, what counts pods and what moves flags, and nobody else', async () => {
    const { ingress } = await waysOf('prometheus');
    expect(ingress).toEqual([
      {
        from: [
          {
            namespaceSelector: inNamespace('argo-rollouts'),
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'argo-rollouts' } },
          },
          { namespaceSelector: inNamespace('keda'), podSelector: { matchLabels: { app: 'keda-operator' } } },
          {
            namespaceSelector: inNamespace('retailflow-flag-rollout'),
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'flag-rollout' } },
          },
        ],
        ports: [{ port: 9090, protocol: 'TCP' }],
      },
    ]);
  });

  test('lead to proxies, to systems at their ports of figures, and out by HTTPS', async () => {
    const { egress } = await waysOf('prometheus');
    const ports = egress.map((way) => way.ports.map(({ port }) => port));
    expect(ports.flat()).toEqual(expect.arrayContaining([15020, 15014, 9402, 8888, 443]));
    expect(egress[0]?.to).toHaveLength(7);
    for (const { to } of egress) expect(to).not.toEqual([]);
    for (const each of ports) expect(each).not.toEqual([]);
  });

  test('lead to no gateway where there is none', async () => {
    const { egress } = await waysOf('prometheus', {
      stages: { production: { sites: { recovery: { waives: { gateway: { reason: 'x'.repeat(20), minutes: 1 } } } } } },
    });
    expect(JSON.stringify(egress)).not.toContain('retailflow-gateway');
  });
});

describe('the ways of the collector', () => {
  test('let pods of the mesh send, and Prometheus read', async () => {
    const { ingress } = await waysOf('opentelemetry-collector');
    expect(ingress.map((way) => way.ports)).toEqual([
      [{ port: 4317, protocol: 'TCP' }],
      [{ port: 8888, protocol: 'TCP' }],
    ]);
    expect(ingress[0]?.from).toContainEqual({ namespaceSelector: inNamespace('retailflow-order') });
    expect(ingress[1]?.from).toEqual([
      {
        namespaceSelector: inNamespace(namespace),
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
      },
    ]);
  });

  test('lead to the cluster’s API and to the cloud, and to no pod', async () => {
    const { egress } = await waysOf('opentelemetry-collector');
    expect(egress.flatMap((way) => way.ports.map(({ port }) => port))).toEqual(expect.arrayContaining([443]));
    expect(JSON.stringify(egress)).not.toMatch(/[a-z]+Selector/);
  });
});
