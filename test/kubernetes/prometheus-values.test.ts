import { prometheusValues } from '../../lib/kubernetes/prometheus-values';
import { scrapes } from '../../lib/kubernetes/scrapes';
import { clusterOf } from '../support/kubernetes';

const context = clusterOf();
const values = prometheusValues(context);
const { server } = values;

describe('Prometheus by its chart', () => {
  test('is the server alone: others call people, draw, and tell of nodes', () => {
    for (const part of [
      'alertmanager',
      'kube-state-metrics',
      'prometheus-node-exporter',
      'prometheus-pushgateway',
    ] as const) {
      expect(values[part]).toEqual({ enabled: false });
    }
  });

  test('is two servers on two nodes that keep a day, on no disk', () => {
    expect(server).toMatchObject({
      replicaCount: 2,
      statefulSet: { enabled: true, podManagementPolicy: 'Parallel' },
      persistentVolume: { enabled: false },
      retention: '24h',
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    });
    const gigabytes = (size: string): number => Number(/^(\d+)G/.exec(size)?.[1]);
    expect(gigabytes(server.retentionSize)).toBeLessThan(gigabytes(server.emptyDir.sizeLimit));
    expect(server.topologySpreadConstraints).not.toEqual([]);
  });

  test('reads what this repository names, and nothing of what the chart would', () => {
    const read = Object.entries(values.scrapeConfigs).filter(([, { enabled }]) => enabled);
    expect(Object.fromEntries(read)).toEqual(scrapes(context));
    const off = Object.entries(values.scrapeConfigs).filter(([, { enabled }]) => !enabled);
    expect(off.map(([name]) => name)).toEqual(
      expect.arrayContaining(['kubernetes-nodes', 'kubernetes-pods', 'kubernetes-service-endpoints']),
    );
  });

  test('writes as one of the two alone, so that nothing is kept twice', () => {
    expect(server.global.external_labels).toEqual({ cluster: context.cluster, replica: '${POD_NAME}' });
    expect(server.env).toEqual([{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }]);
    expect(server.remoteWrite).toHaveLength(1);
    expect(server.remoteWrite[0]?.write_relabel_configs).toEqual([
      { source_labels: ['replica'], regex: 'prometheus-server-0', action: 'keep' },
      { regex: 'replica', action: 'labeldrop' },
    ]);
    expect(server.fullnameOverride).toBe('prometheus-server');
  });

  test('writes as an identity of the cloud, by no secret', () => {
    expect(server.remoteWrite[0]).toMatchObject({
      url: expect.stringMatching(/^https:\/\//),
      azuread: { cloud: 'AzurePublic', workload_identity: { client_id: expect.any(String) } },
    });
    expect(server.podLabels).toEqual({ 'azure.workload.identity/use': 'true' });
    expect(JSON.stringify(values)).not.toMatch(/password|client_secret|credentials/);
  });

  test('acts as an account that this repository makes, whose rights it makes', () => {
    expect(values.serviceAccounts.server).toEqual({ create: false, name: 'observability' });
    expect(values.rbac).toEqual({ create: false });
  });

  test('is confined', () => {
    expect(server.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65_534 });
    for (const container of [server, values.configmapReload.prometheus]) {
      expect(container.containerSecurityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources.limits).toBeDefined();
    }
  });
});
