import { collectorConfig, collectorValues } from '../../lib/kubernetes/collector-values';
import { clusterOf } from '../support/kubernetes';

const context = clusterOf();
const config = collectorConfig(context);
const values = collectorValues(context);

describe('the collector', () => {
  test('takes traces and metrics by OTLP, refuses before it is full, and hands on in batches', () => {
    const pipeline = {
      receivers: ['otlp'],
      processors: ['memory_limiter', 'k8s_attributes', 'batch'],
      exporters: ['azuremonitor'],
    };
    expect(config.service.pipelines).toEqual({ metrics: pipeline, traces: pipeline });
    expect(config.receivers['otlp']).toEqual({
      protocols: { grpc: { endpoint: '${env:MY_POD_IP}:4317' }, http: { endpoint: '${env:MY_POD_IP}:4318' } },
    });
  });

  test('uses every part that it names, and names every part that it uses', () => {
    const { extensions, pipelines } = config.service;
    for (const part of ['receivers', 'processors', 'exporters'] as const) {
      const used = new Set(Object.values(pipelines).flatMap((each) => each[part]));
      expect([...used].sort()).toEqual(Object.keys(config[part]).sort());
    }
    expect([...extensions].sort()).toEqual(Object.keys(config.extensions).sort());
  });

  test('adds of which service and version a pod is', () => {
    expect(config.processors['k8s_attributes']).toMatchObject({
      extract: {
        labels: [
          { tag_name: 'service.name', key: 'app.kubernetes.io/name', from: 'pod' },
          { tag_name: 'service.version', key: 'rollouts-pod-template-hash', from: 'pod' },
        ],
      },
      pod_association: [{ sources: [{ from: 'connection' }] }],
    });
  });

  test('writes as an identity of the cloud, by no key', () => {
    expect(config.exporters).toEqual({
      azuremonitor: { auth: { authenticator: 'azure_auth' }, spaneventsenabled: true },
    });
    expect(config.extensions['azure_auth']).toMatchObject({
      workload_identity: { client_id: expect.any(String), tenant_id: expect.any(String) },
      scopes: ['https://monitor.azure.com/.default'],
    });
    expect(values.extraEnvs.map(({ name }) => name)).toEqual(['APPLICATIONINSIGHTS_CONNECTION_STRING']);
    expect(values.podLabels).toEqual({ 'azure.workload.identity/use': 'true' });
  });

  test('runs what is written here, and nothing of the chart’s own', () => {
    expect(values.alternateConfig).toEqual(config);
    expect(values.clusterRole).toEqual({ create: false });
    expect(values.serviceAccount).toMatchObject({ create: false, name: 'observability' });
  });

  test('opens the ports that are used, and no port of other protocols', () => {
    const open = Object.entries(values.ports).filter(([, { enabled }]) => enabled);
    expect(open.map(([name]) => name)).toEqual(['otlp', 'otlp-http', 'metrics']);
    expect(Object.keys(values.ports)).toEqual(expect.arrayContaining(['zipkin', 'jaeger-grpc']));
  });

  test('is two pods at least, on two nodes, and one at a time goes away', () => {
    expect(values).toMatchObject({
      mode: 'deployment',
      autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 6 },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      rollout: { strategy: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } },
    });
  });

  test('is confined', () => {
    expect(values.podSecurityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(values.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
    expect(values.resources.limits).toBeDefined();
  });
});
