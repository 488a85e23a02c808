import type { Relabelling } from '../../lib/kubernetes/scrape';
import { scrapes } from '../../lib/kubernetes/scrapes';
import { systemMetrics } from '../../lib/kubernetes/system-metrics';
import { clusterOf } from '../support/kubernetes';

const all = scrapes(clusterOf());
const job = (name: string) => {
  const found = all[name];
  if (found === undefined) throw new Error(`nothing is read by ${name}`);
  return found;
};

/** Label of a pod by which a job chooses, and its value. */
const chosenBy = (rules: readonly Relabelling[] = []) =>
  Object.fromEntries(
    rules
      .filter(({ action }) => action === 'keep')
      .map(({ regex, source_labels: [label = ''] = [] }) => [
        label.replace('__meta_kubernetes_pod_label_', ''),
        regex ?? '',
      ]),
  );
const addressOf = (rules: readonly Relabelling[] = []) =>
  rules.find(({ target_label }) => target_label === '__address__')?.replacement;

describe('what Prometheus reads', () => {
  test('is proxies, systems, the collector and itself', () => {
    expect(Object.keys(all)).toEqual(['mesh', ...systemMetrics.map(({ name }) => name), 'collector', 'prometheus']);
  });

  test('is proxies of every namespace of the mesh, beside their port of requests, with the version of the pod', () => {
    const mesh = job('mesh');
    expect(mesh.kubernetes_sd_configs).toEqual([
      {
        role: 'pod',
        namespaces: {
          names: [
            'retailflow-analytics',
            'retailflow-catalog',
            'retailflow-notification',
            'retailflow-order',
            'retailflow-payment',
            'retailflow-user',
            'retailflow-gateway',
          ],
        },
      },
    ]);
    expect(mesh).toMatchObject({ scheme: 'http', metrics_path: '/stats/prometheus' });
    expect(chosenBy(mesh.relabel_configs)).toEqual({ security_istio_io_tlsMode: 'istio' });
    expect(addressOf(mesh.relabel_configs)).toBe('$1:15020');
    expect(mesh.relabel_configs).toContainEqual({
      source_labels: ['__meta_kubernetes_pod_label_rollouts_pod_template_hash'],
      target_label: 'rollouts_pod_template_hash',
    });
  });

  test('leaves out what nobody asks for, and keeps what a release is judged by', () => {
    const [rule] = job('mesh').metric_relabel_configs ?? [];
    expect(rule).toMatchObject({ source_labels: ['__name__'], action: 'drop' });
    const dropped = new RegExp(`^(?:${rule?.regex ?? ''})$`);
    for (const kept of ['istio_requests_total', 'istio_request_duration_milliseconds_bucket']) {
      expect(kept).not.toMatch(dropped);
    }
    for (const gone of ['envoy_cluster_upstream_cx_total', 'istio_response_bytes_bucket']) {
      expect(gone).toMatch(dropped);
    }
  });

  test('is the gateway with its proxy, whose labels leave those of Kong as they are', () => {
    const labels = (job('mesh').relabel_configs ?? []).flatMap(({ target_label }) => target_label ?? []);
    expect(labels).toEqual(['__address__', 'namespace', 'pod', 'node', 'rollouts_pod_template_hash']);
  });

  test('is no gateway where the site does without', () => {
    const without = scrapes(
      clusterOf({
        stages: {
          production: { sites: { recovery: { waives: { gateway: { reason: 'x'.repeat(20), minutes: 1 } } } } },
        },
      }),
    );
    expect(JSON.stringify(without)).not.toContain('retailflow-gateway');
  });

  test.each(systemMetrics)(
    'is $name, which tells of objects of other namespaces',
    ({ labels, name, namespace, port }) => {
      const system = job(name);
      expect(system).toMatchObject({ honor_labels: true, metrics_path: '/metrics', scheme: 'http' });
      expect(system.kubernetes_sd_configs).toEqual([{ role: 'pod', namespaces: { names: [namespace] } }]);
      expect(addressOf(system.relabel_configs)).toBe(`$1:${port}`);
      expect(Object.values(chosenBy(system.relabel_configs))).toEqual(Object.values(labels));
    },
  );

  test('is nothing of pods that ended, and nobody but systems is believed about whose figures they are', () => {
    for (const [name, { honor_labels: honored, kubernetes_sd_configs: pods, relabel_configs: rules }] of Object.entries(
      all,
    )) {
      expect([name, honored === true]).toEqual([name, systemMetrics.some((system) => system.name === name)]);
      if (pods === undefined) continue;
      expect(rules).toContainEqual({
        source_labels: ['__meta_kubernetes_pod_phase'],
        regex: 'Failed|Pending|Succeeded',
        action: 'drop',
      });
    }
  });
});
