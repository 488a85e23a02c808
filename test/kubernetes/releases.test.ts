import { valueProblems, valuesSchemaOf } from '../../lib/review/kubernetes/values-schema';
import type { Json, JsonObject } from '../../lib/review/json';
import { HelmRelease, systemNamespace } from '../../lib/kubernetes/helm-release';
import { images } from '../../lib/platform/cluster-images';
import { charts, systems } from '../../lib/kubernetes/releases';
import { systemNamespaces } from '../../lib/platform/system-namespaces';
import { argoCdValues } from '../../lib/kubernetes/argo-cd-values';
import { argoRolloutsValues } from '../../lib/kubernetes/argo-rollouts-values';
import { certManagerValues } from '../../lib/kubernetes/cert-manager-values';
import { collectorValues } from '../../lib/kubernetes/collector-values';
import { externalSecretsValues } from '../../lib/kubernetes/external-secrets-values';
import { istioBaseValues, istioCniValues, istiodValues } from '../../lib/kubernetes/istio-values';
import { kedaValues } from '../../lib/kubernetes/keda-values';
import { prometheusValues } from '../../lib/kubernetes/prometheus-values';
import { clusterOf, registrations } from '../support/kubernetes';

const context = clusterOf();
const { registry } = context.cloud;
const copies = `${registry}/retailflow-production/copies`;

/** Values of the systems that this repository fills in itself, by system. */
const values = {
  'argo-rollouts': argoRolloutsValues(context),
  argocd: argoCdValues(context),
  'cert-manager': certManagerValues(context),
  'external-secrets': externalSecretsValues(context),
  'istio-base': istioBaseValues(),
  'istio-cni': istioCniValues(context),
  istiod: istiodValues(context),
  keda: kedaValues(context),
  'opentelemetry-collector': collectorValues(context),
  prometheus: prometheusValues(context),
};
const filled = Object.entries(values) as [keyof typeof values, object][];
const asJson = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

describe('charts', () => {
  test.each(systems)('%s is one version, from a place that proves who it is', (system) => {
    const { appVersion, repository, source, version } = charts[system];
    expect(version).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(appVersion).toMatch(/^v?\d+\.\d+(\.\d+)?$/);
    expect(repository).toMatch(/^https:\/\/[^/]+/);
    expect(source).toContain(version);
  });

  test.each([
    ['cert-manager', ['cert-manager-controller', 'cert-manager-webhook', 'cert-manager-cainjector']],
    ['istiod', ['istio-pilot', 'istio-proxy']],
    ['istio-cni', ['istio-cni']],
    ['keda', ['keda-operator', 'keda-metrics', 'keda-webhooks']],
    ['external-secrets', ['external-secrets']],
    ['argo-rollouts', ['argo-rollouts']],
    ['argocd', ['argo-cd']],
    ['prometheus', ['prometheus']],
    ['opentelemetry-collector', ['collector']],
  ] as const)('%s installs the version of its images', (system, names) => {
    for (const name of names) expect(images[name].version).toBe(charts[system].appVersion);
  });

  test('Kong is of the line that its chart is made for', () => {
    expect(images.kong.version.startsWith(`${charts.kong.appVersion}.`)).toBe(true);
  });

  test('parts of one mesh are of one version', () => {
    const mesh = [charts['istio-base'], charts.istiod, charts['istio-cni']].map(({ version }) => version);
    expect(new Set(mesh).size).toBe(1);
  });

  test.each(systems)('%s has a namespace that policies know, or that of the gateway', (system) => {
    const namespace = systemNamespace(context, system);
    expect(Object.keys(systemNamespaces).includes(namespace) || namespace === 'retailflow-gateway').toBe(true);
  });
});

describe('values', () => {
  test.each(filled)('of %s are those that its schema names', (system, given) => {
    const schema = valuesSchemaOf(charts[system].chart);
    expect(valueProblems(schema ?? {}, asJson(given), 'values')).toEqual([]);
    expect(schema).toBeDefined();
  });

  test.each(filled.filter(([system]) => system !== 'istio-base'))(
    'of %s name images of the site alone, by digest',
    (_, given) => {
      const text = JSON.stringify(given);
      const digests = text.match(/sha256:[0-9a-f]{64}/g) ?? [];
      expect(digests.length).toBeGreaterThan(0);
      const published = Object.values(images).map(({ digest }): string => digest);
      for (const digest of digests) expect(published).toContain(digest);
      for (const { source } of Object.values(images)) expect(text).not.toContain(source);
    },
  );

  test('name the same image in each way in which charts ask for it', () => {
    expect(values.istiod.image).toBe(`${copies}/istio-pilot@${images['istio-pilot'].digest}`);
    expect(values['cert-manager'].image).toEqual({
      repository: `${copies}/cert-manager-controller`,
      digest: images['cert-manager-controller'].digest,
    });
    expect(values.keda.image.keda).toEqual({
      registry,
      repository: 'retailflow-production/copies/keda-operator',
      tag: `2.20.2@${images['keda-operator'].digest}`,
    });
    expect(values['external-secrets'].image.repository).toBe(`${copies}/external-secrets`);
  });

  test.each([
    ['argo-rollouts', values['argo-rollouts'].controller],
    ['argocd', values.argocd.global],
    ['cert-manager', values['cert-manager']],
    ['cert-manager webhook', values['cert-manager'].webhook],
    ['external-secrets', values['external-secrets']],
    ['external-secrets webhook', values['external-secrets'].webhook],
    ['istiod', values.istiod],
    ['keda', values.keda],
    ['opentelemetry-collector', values['opentelemetry-collector']],
    ['prometheus', values.prometheus.server],
  ])('place %s on the nodes of systems', (_, { nodeSelector, tolerations }) => {
    expect(nodeSelector).toEqual({ 'kubernetes.io/os': 'linux', 'kubernetes.azure.com/mode': 'system' });
    expect(tolerations).toEqual([{ key: 'CriticalAddonsOnly', operator: 'Exists', effect: 'NoSchedule' }]);
  });

  test('let nobody into Argo CD but by the cluster', () => {
    const { applicationSet, configs, dex, notifications, server } = values.argocd;
    expect(configs.cm).toMatchObject({
      'admin.enabled': false,
      'exec.enabled': false,
      'users.anonymous.enabled': false,
    });
    expect([server.replicas, applicationSet.replicas]).toEqual([0, 0]);
    expect([dex.enabled, notifications.enabled]).toEqual([false, false]);
    expect(server.clusterRoleRules).toEqual({ enabled: true, rules: [] });
  });

  test('give Argo CD no right to a secret of a service, nor to anything of the cluster', () => {
    const resources = values.argocd.controller.clusterRoleRules.rules.flatMap((right) => [
      ...right.resources,
      ...right.apiGroups,
    ]);
    for (const refused of [
      '*',
      'secrets',
      'namespaces',
      'clusterroles',
      'resourcequotas',
      'limitranges',
      'appprojects',
    ]) {
      expect(resources).not.toContain(refused);
    }
    expect(resources).toEqual(expect.arrayContaining(['rollouts', 'networkpolicies', 'pods']));
  });

  test('start the control plane of the mesh with the authority that cert-manager keeps, or not at all', () => {
    const { volumeMounts, volumes } = values.istiod;
    expect(volumes).toEqual([{ name: 'authority', secret: { secretName: 'cacerts' } }]);
    expect(volumeMounts.map(({ name }) => name)).toEqual(['authority']);
  });

  test('let KEDA ask the cloud as an identity of its own', () => {
    const { keda } = values;
    expect(keda.podLabels.keda).toEqual({ 'azure.workload.identity/use': 'true' });
    expect(Object.keys(keda.serviceAccount.operator.annotations)).toContain('azure.workload.identity/client-id');
  });
});

describe('a release', () => {
  test('is taken back where it fails, and pinned', async () => {
    const [release] = await registrations((options) => {
      new HelmRelease('keda', { context, system: 'keda', values: { some: { value: 1 } } }, options);
    });
    expect(release).toMatchObject({
      type: 'kubernetes:helm.sh/v3:Release',
      inputs: {
        name: 'keda',
        chart: 'keda',
        version: charts.keda.version,
        namespace: 'keda',
        repositoryOpts: { repo: charts.keda.repository },
        values: { some: { value: 1 } } as Record<string, Json>,
        atomic: true,
        cleanupOnFail: true,
        waitForJobs: true,
        skipCrds: false,
        timeout: 600,
        maxHistory: 5,
      },
    });
  });

  test('leaves out definitions that only an ingress controller needs', async () => {
    const [release] = await registrations((options) => {
      new HelmRelease('kong', { context, system: 'kong', values: {} }, options);
    });
    expect(release?.inputs).toMatchObject({ namespace: 'retailflow-gateway', skipCrds: true });
  });
});
