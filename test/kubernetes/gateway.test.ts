import { registerGateway } from '../../stacks/kubernetes/gateway';
import { clusterOf, rendered } from '../support/kubernetes';
import { remember } from '../support/remember';

const made = remember((patch: unknown = {}) =>
  rendered((options) => registerGateway(clusterOf(patch), { namespaces: {}, systems: {} }, options)),
);
const namespace = 'retailflow-gateway';
const edge: unknown = expect.stringMatching(/^10\.32\.\d+\.\d+\/24$/);
const gatewayPods = { matchLabels: { 'app.kubernetes.io/name': 'gateway', 'app.kubernetes.io/component': 'app' } };
const limitsPods = { matchLabels: { 'app.kubernetes.io/name': 'gateway', 'app.kubernetes.io/component': 'limits' } };

describe('the gateway', () => {
  test('is Kong by its chart, with its guards, its secrets and its counter', async () => {
    const { all } = await made();
    expect(all.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'AuthorizationPolicy gateway',
      'AuthorizationPolicy limits',
      'Deployment limits',
      'ExternalSecret gateway-certificate',
      'ExternalSecret gateway-document',
      'ExternalSecret limits',
      'NetworkPolicy gateway',
      'NetworkPolicy limits',
      'Password limits',
      'PeerAuthentication gateway',
      'Release kong',
      'ScaledObject gateway',
      'SecretStore vault',
      'Service gateway',
      'Service limits',
      'ServiceAccount gateway',
      'ServiceAccount limits',
      'Sidecar gateway',
    ]);
    for (const { metadata } of all) expect(metadata.namespace).toBe(namespace);
  });

  test('is not there where the platform has none, or the site does without', async () => {
    const { all } = await made({
      stages: { production: { sites: { recovery: { waives: { gateway: { reason: 'x'.repeat(20), minutes: 1 } } } } } },
    });
    expect(all).toEqual([]);
  });

  test('stands behind a balancer of the network, at the address that the edge knows, which keeps addresses', async () => {
    const balancer = (await made()).one('Service', 'gateway');
    expect(balancer.metadata.annotations).toEqual({
      'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
      'service.beta.kubernetes.io/azure-load-balancer-internal-subnet': 'balancer',
      'service.beta.kubernetes.io/azure-load-balancer-ipv4': expect.stringMatching(/^10\.32\.\d+\.\d+$/),
    });
    expect(balancer.spec).toEqual({
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: [edge],
      selector: gatewayPods.matchLabels,
      ports: [
        { name: 'https', port: 8000, targetPort: 8000, protocol: 'TCP', appProtocol: 'https' },
        { name: 'https-status', port: 8100, targetPort: 8100, protocol: 'TCP', appProtocol: 'https' },
      ],
    });
  });

  test('takes the domain’s own TLS on the edge’s ports alone, and the mesh’s everywhere else', async () => {
    expect((await made()).one('PeerAuthentication', 'gateway').spec).toEqual({
      selector: gatewayPods,
      mtls: { mode: 'STRICT' },
      portLevelMtls: { '8000': { mode: 'DISABLE' }, '8100': { mode: 'DISABLE' } },
    });
  });

  test('lets through the edge alone', async () => {
    expect((await made()).one('AuthorizationPolicy', 'gateway').spec).toEqual({
      selector: gatewayPods,
      action: 'ALLOW',
      rules: [{ from: [{ source: { ipBlocks: [edge] } }], to: [{ operation: { ports: ['8000', '8100'] } }] }],
    });
    expect((await made()).one('NetworkPolicy', 'gateway').spec).toMatchObject({
      podSelector: gatewayPods,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ ipBlock: { cidr: edge } }],
          ports: [
            { port: 8000, protocol: 'TCP' },
            { port: 8100, protocol: 'TCP' },
          ],
        },
      ],
    });
  });

  test('reaches services with routes and its counter, and no other', async () => {
    const { egress } = (await made()).one('NetworkPolicy', 'gateway').spec as {
      readonly egress: readonly {
        readonly to: readonly { readonly namespaceSelector: { readonly matchLabels: Record<string, string> } }[];
        readonly ports: readonly { readonly port: number }[];
      }[];
    };
    expect(
      egress.map(
        ({ ports, to }) =>
          `${to[0]?.namespaceSelector.matchLabels['kubernetes.io/metadata.name']} ${ports.map(({ port }) => port).join()}`,
      ),
    ).toEqual([
      'retailflow-analytics 8080',
      'retailflow-catalog 8080',
      'retailflow-order 8080',
      'retailflow-payment 8080',
      'retailflow-user 8080',
      'retailflow-gateway 6379',
    ]);
    const { egress: seen } = (await made()).one('Sidecar', 'gateway').spec as {
      readonly egress: readonly { readonly hosts: readonly string[] }[];
    };
    expect(seen[0]?.hosts).toContain('retailflow-order/order.retailflow-order.svc.cluster.local');
    expect(seen[0]?.hosts.join()).not.toContain('notification');
  });

  test('has its secrets from the vault, read as its own account', async () => {
    const objects = await made();
    expect(objects.one('SecretStore', 'vault').spec).toEqual({
      provider: {
        azurekv: {
          authType: 'WorkloadIdentity',
          vaultUrl: expect.stringMatching(/^https:\/\/kv-.*\.vault\.azure\.net$/),
          tenantId: expect.any(String),
          serviceAccountRef: { name: 'gateway' },
        },
      },
    });
    expect(objects.one('ServiceAccount', 'gateway').metadata.annotations).toHaveProperty([
      'azure.workload.identity/client-id',
    ]);
    expect(objects.one('ExternalSecret', 'gateway-document').spec).toMatchObject({
      secretStoreRef: { kind: 'SecretStore', name: 'vault' },
      target: { name: 'gateway-document', template: { engineVersion: 'v2', data: { 'kong.yml': expect.any(String) } } },
      data: ['publicKeyA', 'publicKeyB', 'publicKeyC'].map((field) => ({
        secretKey: field,
        remoteRef: { key: `token-keys-${field}` },
      })),
    });
    expect(objects.one('ExternalSecret', 'gateway-certificate').spec).toMatchObject({
      target: { name: 'gateway-certificate', template: { type: 'kubernetes.io/tls' } },
      data: [{ secretKey: 'certificate', remoteRef: { key: 'edge' } }],
    });
  });
});

describe('the counter of requests', () => {
  test('is one pod in memory, confined, with the user of the gateway alone', async () => {
    const { spec } = (await made()).one('Deployment', 'limits') as { readonly spec: Deployed };
    expect(spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: limitsPods,
      template: {
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true },
          volumes: [{ name: 'tmp', emptyDir: { medium: 'Memory' } }],
        },
      },
    });
    const [container] = spec.template.spec.containers;
    expect(container?.image).toMatch(/\/copies\/valkey@sha256:[0-9a-f]{64}$/);
    expect(container?.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
    const command = container?.command.join(' ') ?? '';
    expect(command).toContain('user default off');
    expect(command).toContain('~ratelimit:* -@all');
    expect(command).toContain('--save  --appendonly no --maxmemory 64mb --maxmemory-policy allkeys-lru');
  });

  test('has a password that the cluster makes once', async () => {
    expect((await made()).one('Password', 'limits').spec).toMatchObject({ length: 48, symbols: 0 });
    expect((await made()).one('ExternalSecret', 'limits').spec).toMatchObject({
      refreshPolicy: 'CreatedOnce',
      target: { name: 'limits', template: { data: { username: 'gateway', password: '{{ .password }}' } } },
      dataFrom: [{ sourceRef: { generatorRef: { kind: 'Password', name: 'limits' } } }],
    });
  });

  test('is called by the gateway, for the network and for the mesh, and calls nobody', async () => {
    expect((await made()).one('NetworkPolicy', 'limits').spec).toEqual({
      podSelector: limitsPods,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
              podSelector: gatewayPods,
            },
          ],
          ports: [{ port: 6379, protocol: 'TCP' }],
        },
      ],
      egress: [],
    });
    expect((await made()).one('AuthorizationPolicy', 'limits').spec).toEqual({
      selector: limitsPods,
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: ['cluster.local/ns/retailflow-gateway/sa/gateway'] } }],
          to: [{ operation: { ports: ['6379'] } }],
        },
      ],
    });
  });
});

interface Deployed {
  readonly template: {
    readonly spec: {
      readonly containers: readonly {
        readonly image: string;
        readonly command: readonly string[];
        readonly securityContext: object;
      }[];
    };
  };
}
