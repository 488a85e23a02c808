import { gatewayScaling } from '../../lib/kubernetes/gateway-scaling';
import { chartEnvironment, gatewayValues } from '../../lib/kubernetes/gateway-values';
import { clusterOf } from '../support/kubernetes';

const image = 'cr.example.com/copies/kong@sha256:1';
const valuesOf = (patch: unknown = {}, document = 'document') =>
  gatewayValues({ context: clusterOf(patch), document, image, version: '3.9.3' });
const values = valuesOf();
const gateway = (patch: object) => ({ gateway: patch });

describe('Kong by its chart', () => {
  test('runs one image by digest, without a database, an administration or a controller', () => {
    expect(values.image).toEqual({ unifiedRepoTag: image, effectiveSemver: '3.9.3', pullPolicy: 'IfNotPresent' });
    expect(values.env).toMatchObject({ database: 'off', admin_listen: 'off', admin_gui_listen: 'off' });
    for (const part of ['ingressController', 'admin', 'manager', 'portal', 'portalapi', 'cluster', 'proxy'] as const) {
      expect(values[part]).toMatchObject({ enabled: false });
    }
    expect(values.ingressController.admissionWebhook).toEqual({ enabled: false });
  });

  test('reads its document from the secret alone', () => {
    expect(values.dblessConfig).toEqual({ configMap: '', secret: 'gateway-document', config: '' });
  });

  test('shows the certificate of the domain on both ports', () => {
    expect(values.secretVolumes).toEqual(['gateway-certificate']);
    expect(values.env).toMatchObject({
      ssl_cert: '/etc/secrets/gateway-certificate/tls.crt',
      ssl_cert_key: '/etc/secrets/gateway-certificate/tls.key',
      status_ssl_cert: '/etc/secrets/gateway-certificate/tls.crt',
      proxy_listen: '0.0.0.0:8000 ssl reuseport backlog=16384',
      status_listen: '0.0.0.0:8100 ssl, 127.0.0.1:8101',
      stream_listen: 'off',
    });
  });

  test('is asked by the certificate’s port whether it is ready, and whether it lives', () => {
    expect(values.readinessProbe.httpGet).toEqual({ path: '/status/ready', port: 8100, scheme: 'HTTPS' });
    expect(values.livenessProbe.httpGet).toEqual({ path: '/status', port: 8100, scheme: 'HTTPS' });
    expect(values.startupProbe.failureThreshold * values.startupProbe.periodSeconds).toBe(60);
  });

  test('believes the network and the proxy beside it about addresses, and nobody else', () => {
    expect(values.env['trusted_ips']).toBe('10.32.0.0/16,127.0.0.6/32');
  });

  test('logs in to the counter by a secret of the cluster', () => {
    expect(values.customEnv).toEqual({
      gateway_cache_user: { valueFrom: { secretKeyRef: { name: 'limits', key: 'username' } } },
      gateway_cache_password: { valueFrom: { secretKeyRef: { name: 'limits', key: 'password' } } },
    });
  });

  test('is confined, and holds no credentials of the cluster', () => {
    expect(values.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(values.containerSecurityContext).toMatchObject({ enabled: true, readOnlyRootFilesystem: true });
    expect(values.deployment.serviceAccount).toEqual({
      create: false,
      name: 'gateway',
      automountServiceAccountToken: false,
    });
  });

  test('stays in the mesh on the way in, too', () => {
    expect(values.podAnnotations).toMatchObject({ 'traffic.sidecar.istio.io/includeInboundPorts': '*' });
  });

  test('gives its figures to the proxy beside it, by a port that nobody outside of the pod reaches', () => {
    expect(values.podAnnotations).toMatchObject({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '8101',
      'prometheus.io/path': '/metrics',
    });
  });

  test('asks for names past its proxy, and for nothing else', () => {
    expect(values.podAnnotations).toMatchObject({ 'traffic.sidecar.istio.io/excludeOutboundPorts': '53' });
  });

  test('listens for its figures inside the pod', () => {
    expect(values.env['status_listen']).toContain(', 127.0.0.1:8101');
  });

  test('is replaced when its document changes, and otherwise not', () => {
    const digest = (document: string) => valuesOf({}, document).podAnnotations['mainstay/document'];
    expect(digest('document')).toBe(values.podAnnotations['mainstay/document']);
    expect(digest('another')).not.toBe(values.podAnnotations['mainstay/document']);
  });

  test('leaves after the balancer knows, and after what was begun', () => {
    expect(values.lifecycle.preStop.exec.command).toEqual(['sleep', '15']);
    expect(values.env['nginx_main_worker_shutdown_timeout']).toBe('90s');
    expect(values.terminationGracePeriodSeconds).toBe(115);
  });
});

describe('how many pods there are', () => {
  test('follows the processor time of Kong itself, between the bounds of the definition', () => {
    const byProcessor = { ...gateway({ scale: { requestsPerTask: null } }), goals: { requestsPerUser: null } };
    expect(valuesOf(byProcessor).autoscaling).toMatchObject({
      enabled: true,
      minReplicas: 3,
      maxReplicas: 24,
      metrics: [
        {
          type: 'ContainerResource',
          containerResource: { name: 'cpu', container: 'proxy', target: { averageUtilization: 60 } },
        },
      ],
    });
    expect(gatewayScaling(clusterOf(byProcessor))).toBeUndefined();
  });

  test('follows requests as well where the definition says so, by one object alone', () => {
    const patch = gateway({ scale: { min: 3, max: 24, cpuPercent: 60, requestsPerTask: 6000 } });
    expect(valuesOf(patch).autoscaling).toEqual({ enabled: false });
    expect(gatewayScaling(clusterOf(patch))).toMatchObject({
      scaleTargetRef: { name: 'gateway' },
      minReplicaCount: 3,
      maxReplicaCount: 24,
      triggers: [
        { type: 'cpu', metadata: { value: '60', containerName: 'proxy' } },
        {
          type: 'prometheus',
          metadata: {
            query: '60*sum(rate(kong_http_requests_total{namespace="retailflow-gateway"}[2m]))',
            threshold: '6000',
          },
        },
      ],
    });
  });

  test('never keeps a node from being drained', () => {
    expect(values.podDisruptionBudget).toEqual({
      enabled: true,
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
    expect(valuesOf(gateway({ scale: { min: 1, max: 2 } })).podDisruptionBudget).toEqual({ enabled: false });
  });

  test('has the size that the definition gives it', () => {
    expect(values.resources).toEqual({ requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '2Gi' } });
    expect(values.env['nginx_worker_processes']).toBe('1');
    expect(valuesOf(gateway({ capacity: { vcpu: 2, memoryGiB: 4 } })).env).toMatchObject({
      nginx_worker_processes: '2',
      nginx_main_worker_processes: '2',
    });
  });
});

test.each([
  [{ KONG_SSL_CERT: '/a' }, { ssl_cert: '/a' }],
  [{ KONG_NGINX_MAIN_WORKER_PROCESSES: '4' }, { nginx_main_worker_processes: '4', nginx_worker_processes: '4' }],
  [{}, { router_flavor: 'traditional_compatible', nginx_worker_processes: '1', stream_listen: 'off' }],
])('variables are spelled as the chart does: %j', (environment: Readonly<Record<string, string>>, expected) => {
  expect(chartEnvironment(environment)).toMatchObject(expected);
});
