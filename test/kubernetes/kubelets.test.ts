import { kubeletReach, kubeletRights, kubeletScrapes } from '../../lib/kubernetes/kubelets';
import { prometheusNetwork } from '../../lib/kubernetes/observability-network';
import { scrapes } from '../../lib/kubernetes/scrapes';
import { objectOf, type JsonObject } from '../../lib/review/json';
import { valueProblems, valuesSchemaOf } from '../../lib/review/kubernetes/values-schema';
import { clusterOnEks } from '../support/eks';
import { clusterOf } from '../support/kubernetes';

const context = clusterOnEks('retailflow');
const silent = {
  ...context,
  platform: { ...context.platform, goals: { ...context.platform.goals, steadyCpuPercent: undefined } },
};

describe('what containers use, where no agent of the cloud tells', () => {
  test('is told by kubelets, whose certificates are looked at, to whoever the cluster knows', () => {
    expect(scrapes(context)['kubelets']).toMatchObject({
      scheme: 'https',
      metrics_path: '/metrics/cadvisor',
      authorization: { credentials_file: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
      tls_config: { ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
      kubernetes_sd_configs: [{ role: 'node' }],
    });
    expect(scrapes(context)['kubelets']?.tls_config).not.toHaveProperty('insecure_skip_verify');
  });

  test('is refused by the review where a certificate is not looked at', () => {
    const schema = valuesSchemaOf('prometheus') ?? {};
    const judged = (more: object) =>
      valueProblems(
        objectOf(objectOf(schema.properties).scrapeConfigs),
        { ...scrapes(context), kubelets: { ...scrapes(context)['kubelets'], ...more } } as unknown as JsonObject,
        'scrapeConfigs',
      ).map(([at]) => at);
    expect(judged({})).toEqual([]);
    expect(judged({ tls_config: { insecure_skip_verify: true } })).toEqual(['scrapeConfigs.kubelets.tls_config']);
  });

  test('is kept of processors of services alone', () => {
    const [rule, ...others] = kubeletScrapes(context)['kubelets']?.metric_relabel_configs ?? [];
    expect([rule?.action, rule?.source_labels, others]).toEqual(['keep', ['__name__', 'namespace', 'container'], []]);
    const kept = new RegExp(`^(?:${rule?.regex ?? ''})$`);
    expect('container_cpu_usage_seconds_total;retailflow-order;app').toMatch(kept);
    for (const other of [
      'container_memory_rss;retailflow-order;app',
      'container_cpu_usage_seconds_total;kube-system;app',
      'container_cpu_usage_seconds_total;retailflow-order;istio-proxy',
    ]) {
      expect(other).not.toMatch(kept);
    }
  });

  test('is asked for at one port of nodes, with the right to read figures and no other of a kubelet', () => {
    const ports = (from: typeof context) => JSON.stringify(prometheusNetwork(from).egress).includes('"port":10250');
    expect([ports(context), ports(silent)]).toEqual([true, false]);
    expect(kubeletReach(context)?.ports).toEqual([10_250]);
    expect(kubeletRights(context)).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
    ]);
  });

  test('is not asked for where nothing is promised of it, or Azure’s agent tells', () => {
    for (const each of [silent, clusterOf()]) {
      expect([kubeletReach(each), kubeletRights(each), kubeletScrapes(each)]).toEqual([undefined, [], {}]);
    }
  });

  test('is told by nodes of scopes, too', () => {
    const shop = clusterOnEks('shopflow');
    const kubelets = shop.cloud.kubelets?.ranges ?? [];
    expect(kubelets).toHaveLength(6);
    expect(new Set(kubelets).size).toBe(6);
  });
});
