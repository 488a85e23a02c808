import { migrationPod, podSelector, servicePod } from '../../lib/kubernetes/pod';
import { probes } from '../../lib/kubernetes/probes';
import { serviceHost, serviceUrl } from '../../lib/kubernetes/service-address';
import { serviceEnvironment } from '../../lib/kubernetes/service-environment';
import { serviceImage } from '../../lib/kubernetes/service-image';
import { contractOf } from '../../lib/platform/contract';
import { service as schema } from '../../lib/platform/nouns/service';
import { clusterOf, digest, released } from '../support/kubernetes';

const context = clusterOf({}, { releases: released });
const specOf = (name: string) => schema.parse(context.platform.services[name]);
const inputOf = (service: string, from = context) => ({
  context: from,
  service,
  spec: specOf(service),
  image: serviceImage(from, service, specOf(service)),
});
const pod = servicePod(inputOf('order'));
const [container] = pod.spec.containers;

describe('what a service runs', () => {
  test("is its image by digest, in the site's own registry", () => {
    expect(serviceImage(context, 'order', specOf('order'))).toEqual({
      reference: `${context.cloud.registry}/retailflow-production/order@${digest}`,
      released: true,
    });
  });

  test('is an image that answers its health checks until its first release', () => {
    const image = serviceImage(clusterOf(), 'order', specOf('order'));
    expect(image.reference).toMatch(/\.azurecr\.io\/retailflow-production\/copies\/busybox@sha256:[0-9a-f]{64}$/);
    expect(image.command?.at(-1)).toContain('exec httpd -f -p 8080');
    expect(image.released).toBe(false);
  });
});

describe('what a service is told', () => {
  const variables = serviceEnvironment(context, 'order');

  test('is the contract, no more and no less, in its order', () => {
    const contract = contractOf(
      { platform: context.platform, site: 'recovery', authentications: context.cloud.authentications },
      'order',
    );
    expect(variables.map(({ name }) => name)).toEqual(contract.map(({ variable }) => variable));
  });

  test('of another service is where it stands in the cluster', () => {
    expect(variables).toContainEqual({
      name: 'SERVICE_PAYMENT_URL',
      value: 'http://payment.retailflow-payment.svc.cluster.local:8080',
    });
    expect(serviceHost({ name: 'shop' }, 'user')).toBe('user.shop-user.svc.cluster.local');
  });

  test('of a secret is where it lies, and never what it is', () => {
    expect(variables.filter((each) => 'valueFrom' in each)).toEqual([
      {
        name: 'SECRET_SHIPPING_PROVIDER_API_KEY',
        valueFrom: { secretKeyRef: { name: 'shipping-provider', key: 'apiKey' } },
      },
    ]);
  });

  test('fails when a part would be used by a password', () => {
    const cloud = {
      ...context.cloud,
      authentications: { ...context.cloud.authentications, databases: 'password' },
    } as const;
    expect(() => serviceEnvironment({ ...context, cloud }, 'order')).toThrow(
      'databases.store must be used by an identity in a cluster, got a password',
    );
  });

  test('fails when a service is called that is not there', () => {
    expect(() => serviceUrl(context.platform, 'ordr')).toThrow(/^no service ordr in analytics, /);
  });
});

describe('a pod of a service', () => {
  test('runs as nobody in particular, in groups that are all told', () => {
    expect(pod.spec.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      supplementalGroups: [1000],
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  test('holds no credentials of the cluster, and a token of its own identity', () => {
    expect(pod.spec).toMatchObject({ serviceAccountName: 'order', automountServiceAccountToken: false });
    expect(pod.metadata.labels).toMatchObject({ 'azure.workload.identity/use': 'true' });
  });

  test('has its memory for itself, and as many processors as nobody else needs', () => {
    expect(container?.resources).toEqual({ requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '2Gi' } });
  });

  test('writes to an eighth of its memory, and nowhere else', () => {
    expect(pod.spec.volumes).toEqual([{ name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } }]);
    expect(container?.volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
  });

  test('stands apart from others of its version, in zones and on nodes, and starts all the same where it cannot', () => {
    const selector = { matchLabels: podSelector('order', 'service') };
    expect(pod.spec.topologySpreadConstraints).toEqual(
      ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: selector,
        matchLabelKeys: ['rollouts-pod-template-hash'],
      })),
    );
  });

  test('asks for a node of the architecture that the cloud has', () => {
    expect(pod.spec.nodeSelector).toEqual({ 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' });
  });

  test('has a proxy as large as nodes are counted with, which stays while a connection is open', () => {
    expect(pod.metadata.annotations).toMatchObject({
      'sidecar.istio.io/proxyCPU': '100m',
      'sidecar.istio.io/proxyMemory': '128Mi',
      'sidecar.istio.io/proxyMemoryLimit': '512Mi',
      'proxy.istio.io/config': '{"proxyMetadata":{"EXIT_ON_ZERO_ACTIVE_CONNECTIONS":"true"}}',
    });
  });

  test('asks for names past its proxy, which would refuse long answers', () => {
    expect(pod.metadata.annotations).toHaveProperty(['traffic.sidecar.istio.io/excludeOutboundPorts'], '53');
  });

  test('runs the command of its image once released', () => {
    expect(container).not.toHaveProperty('command');
    const [before] = servicePod(inputOf('order', clusterOf())).spec.containers;
    expect(before).toHaveProperty('command');
  });
});

test('a pod ends without a shell in its image, and within the time that it has', () => {
  expect(container?.lifecycle).toEqual({ preStop: { sleep: { seconds: 20 } } });
  expect(pod.spec.terminationGracePeriodSeconds).toBe(60);
});

describe('probes', () => {
  const health = { livePath: '/alive', readyPath: '/ready', startSeconds: 62, readyEverySeconds: 10 };
  const ofHttp = probes({ health, port: 9000, protocol: 'http' }, { released: true });

  test('of HTTP ask the paths of the model: readiness alone reaches dependencies', () => {
    expect(ofHttp.startupProbe).toMatchObject({ httpGet: { path: '/alive', port: 9000 } });
    expect(ofHttp.livenessProbe).toMatchObject({ httpGet: { path: '/alive', port: 9000 } });
    expect(ofHttp.readinessProbe).toMatchObject({ httpGet: { path: '/ready', port: 9000 } });
  });

  test('give a start all its time', () => {
    const { failureThreshold, periodSeconds } = ofHttp.startupProbe;
    expect(failureThreshold * periodSeconds).toBe(65);
  });

  test('ask as often as on ECS, and give up as late', () => {
    expect(ofHttp.livenessProbe).toMatchObject({ periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 });
    expect(ofHttp.readinessProbe).toMatchObject({ periodSeconds: 10, timeoutSeconds: 5, successThreshold: 2 });
  });

  test('of gRPC ask the health service by name', () => {
    const asked = probes({ health, port: 9000, protocol: 'grpc' }, { released: true });
    expect(asked.livenessProbe).toMatchObject({ grpc: { port: 9000, service: 'live' } });
    expect(asked.readinessProbe).toMatchObject({ grpc: { port: 9000 } });
    expect(asked.readinessProbe).not.toHaveProperty('grpc.service');
  });

  test('of what stands in for a service ask by HTTP, whatever the service will speak', () => {
    const asked = probes({ health, port: 9000, protocol: 'grpc' }, { released: false });
    expect(asked.livenessProbe).toMatchObject({ httpGet: { path: '/alive', port: 9000 } });
  });
});

describe('the pod of a migration', () => {
  const migration = migrationPod(inputOf('order'), ['node', 'migrate.js']);
  const [runner] = migration.spec.containers;

  test('runs its command as the service itself, with all that the service is told', () => {
    expect(runner).toMatchObject({ command: ['node', 'migrate.js'], image: container?.image, env: container?.env });
    expect(migration.spec).toMatchObject({ serviceAccountName: 'order', restartPolicy: 'Never' });
  });

  test('is never found by those who look for the service', () => {
    const wanted = podSelector('order', 'service');
    expect(pod.metadata.labels).toMatchObject(wanted);
    expect(migration.metadata.labels).not.toMatchObject(wanted);
  });

  test('is not asked how it is', () => {
    expect(Object.keys(runner ?? {}).filter((key) => /Probe|ports|lifecycle/.test(key))).toEqual([]);
  });
});
