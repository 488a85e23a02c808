import { SystemNamespace } from '../../lib/kubernetes/system-namespace';
import { installed, installedNamespaces, type InstalledNamespace } from '../../lib/kubernetes/system-namespaces';
import { systemMetrics, systemMetricsOf } from '../../lib/kubernetes/system-metrics';
import { systemPolicies } from '../../lib/kubernetes/system-policies';
import type { PolicySpec } from '../../lib/kubernetes/peers';
import { systemNamespaces } from '../../lib/platform/system-namespaces';
import { clusterOf, rendered } from '../support/kubernetes';

const context = clusterOf();
const addOnMesh = {
  stages: {
    production: { sites: { recovery: { kubernetes: { mesh: { flavor: 'aks-addon', revision: 'asm-1-29' } } } } },
  },
};
const byPulumi = { delivery: { manifests: { by: 'pulumi', repository: null } } };
const all = Object.keys(installed) as InstalledNamespace[];
const policies = Object.entries(systemPolicies(context)) as [
  Exclude<InstalledNamespace, 'observability'>,
  Readonly<Record<string, PolicySpec>>,
][];

describe('namespaces of systems', () => {
  test('are those that policies of the cloud know, without the cloud’s own', () => {
    const cloudOwn = ['kube-system', 'gatekeeper-system', 'azure-arc', 'aks-istio-system'];
    expect([...all, ...cloudOwn].sort()).toEqual(Object.keys(systemNamespaces).sort());
  });

  test.each([
    ['all', {}, all],
    [
      'no mesh, where the cloud runs it',
      addOnMesh,
      all.filter((name) => !['istio-system', 'cert-manager'].includes(name)),
    ],
    ['no Argo CD, where nobody asked for it', byPulumi, all.filter((name) => name !== 'argocd')],
  ])('are there: %s', (_, patch, expected) => {
    expect(installedNamespaces(clusterOf(patch))).toEqual(expected);
  });

  test('hold their pods to the strictest profile, but for one with a reason', () => {
    const loose = Object.entries(installed).filter(([, { podSecurity }]) => podSecurity.level !== 'restricted');
    expect(loose.map(([name]) => name)).toEqual(['istio-system']);
    for (const [, { podSecurity }] of loose) expect(podSecurity).toHaveProperty('reason');
  });

  test.each(all)('%s lets nothing through but by name', async (namespace) => {
    const objects = await rendered((options) => {
      new SystemNamespace(namespace, { context, namespace }, options);
    });
    expect(objects.one('NetworkPolicy', 'namespace-deny', namespace).spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    const { labels } = objects.one('Namespace', namespace).metadata;
    expect(labels?.['pod-security.kubernetes.io/enforce']).toBe(installed[namespace].podSecurity.level);
    expect(labels).not.toHaveProperty('istio-injection');
  });
});

describe('ways of systems', () => {
  test.each(policies)('of %s all begin with somebody named', (_, specs) => {
    for (const { egress = [], ingress = [], policyTypes } of Object.values(specs)) {
      expect(policyTypes.length).toBeGreaterThan(0);
      for (const { ports, to } of egress) expect([to.length > 0, ports.length > 0]).toEqual([true, true]);
      for (const { from, ports } of ingress) expect([from.length > 0, ports.length > 0]).toEqual([true, true]);
    }
  });

  test.each(policies)('of %s lead to the API server', (_, specs) => {
    expect(specs['api-server']?.egress).toEqual([
      { to: [{ ipBlock: { cidr: context.cloud.apiServer.ranges[0] } }], ports: [{ port: 443, protocol: 'TCP' }] },
    ]);
  });

  test.each([
    ['cert-manager', 'webhook', 10250],
    ['external-secrets', 'webhook', 10250],
    ['istio-system', 'webhook', 15017],
    ['keda', 'webhook', 9443],
    ['keda', 'metrics-api', 6443],
  ] as const)('of %s let the API server ask: %s at %d', (namespace, name, port) => {
    const spec: PolicySpec | undefined = systemPolicies(context)[namespace][name];
    expect(spec?.ingress?.[0]?.ports).toEqual([{ port, protocol: 'TCP' }]);
    expect(spec?.ingress?.[0]?.from).toEqual([
      { ipBlock: { cidr: context.cloud.apiServer.ranges[0] } },
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { app: 'konnectivity-agent' } },
      },
    ]);
  });

  test('lead to the internet from three systems alone', () => {
    const out = policies.flatMap(([namespace, specs]) =>
      Object.entries(specs)
        .filter(([, { egress = [] }]) => JSON.stringify(egress).includes('0.0.0.0/0'))
        .map(([name]) => `${namespace}/${name}`),
    );
    expect(out).toEqual(['external-secrets/vault', 'keda/queues', 'argocd/repository']);
  });

  test('let Prometheus read every system that gives figures', () => {
    for (const { labels, name, namespace, port } of systemMetrics) {
      const spec = systemPolicies(context)[namespace as 'keda'][`metrics-${name}`];
      expect(spec?.podSelector).toEqual({ matchLabels: labels });
      expect(spec?.ingress?.[0]?.ports).toEqual([{ port, protocol: 'TCP' }]);
    }
  });

  test('are read where the system is', () => {
    const names = systemMetricsOf(clusterOf(addOnMesh)).map(({ namespace }) => namespace);
    expect(names).not.toContain('istio-system');
    expect(names).toContain('argocd');
  });
});
