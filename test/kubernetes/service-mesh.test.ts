import { outsideEntries, thirdPartyRules } from '../../lib/kubernetes/mesh-hosts';
import { callersOn, principalOf } from '../../lib/kubernetes/principals';
import { authorizationPolicy, ServiceMesh, sidecar } from '../../lib/kubernetes/service-mesh';
import { clusterOf, rendered } from '../support/kubernetes';

const context = clusterOf();

describe('whom the mesh lets through', () => {
  test('to a service are its callers and the gateway, by their accounts, at its port', () => {
    expect(authorizationPolicy(context, 'payment')).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'payment', 'app.kubernetes.io/component': 'service' } },
      action: 'ALLOW',
      rules: [
        {
          from: [
            {
              source: {
                principals: [
                  'cluster.local/ns/retailflow-order/sa/order',
                  'cluster.local/ns/retailflow-gateway/sa/gateway',
                ],
              },
            },
          ],
          to: [{ operation: { ports: ['8080'] } }],
        },
      ],
    });
  });

  test('to a service without callers is nobody: a policy without rules lets nobody through', () => {
    expect(authorizationPolicy(context, 'notification')).toEqual({
      selector: expect.anything() as unknown,
      action: 'ALLOW',
    });
  });

  test.each([
    ['user', ['notification', 'order', 'gateway']],
    ['analytics', ['gateway']],
    ['notification', []],
  ])('to %s are %j', (service, callers) => {
    expect(callersOn(context.platform, 'recovery', service)).toEqual(callers);
  });

  test('is named by namespace and account', () => {
    expect(principalOf({ name: 'shop' }, 'order')).toBe('cluster.local/ns/shop-order/sa/order');
  });
});

describe('what the proxies of a service know', () => {
  test('is what it calls, its own hosts and the collector, and the rest is refused', () => {
    expect(sidecar(context, 'notification')).toEqual({
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      egress: [{ hosts: ['./*', 'observability/*', 'retailflow-user/user.retailflow-user.svc.cluster.local'] }],
    });
  });

  test('is of every pod of its namespace', () => {
    expect(sidecar(context, 'order')).not.toHaveProperty('workloadSelector');
  });
});

describe('hosts outside of the mesh', () => {
  const entries = outsideEntries(context, 'order');

  test('are all that the service uses, and no other', () => {
    expect(
      Object.keys(entries).map((name) => name.replace(/^.*?(?=\.(redis|blob|servicebus|azconfig)\.)/, '*')),
    ).toEqual([
      'login.microsoftonline.com',
      '*.redis.azure.net.10000',
      '*.azconfig.io',
      '*.servicebus.windows.net.5671',
      '*.blob.core.windows.net',
      'api.shipping.example.com',
      'tcp-6432',
    ]);
  });

  test('that speak TLS are known by name, which the proxy looks up by itself', () => {
    expect(entries['api.shipping.example.com']).toEqual({
      hosts: ['api.shipping.example.com'],
      location: 'MESH_EXTERNAL',
      exportTo: ['.'],
      ports: [{ name: 'tls-443', number: 443, protocol: 'TLS' }],
      resolution: 'DNS',
    });
  });

  test('of a cache with shards are known by address, at the port of each', () => {
    const sharded = outsideEntries(clusterOf({ caches: { catalog: { shards: 2 } } }), 'catalog');
    const { hosts, ports, ...rest } = sharded['tcp-10000'] ?? { hosts: [] };
    expect(hosts).toEqual([expect.stringMatching(/catalog-\w{6}\.eastasia\.redis\.azure\.net$/)]);
    expect(ports?.map(({ number }) => number)).toEqual([10_000, ...Array.from({ length: 100 }, (_, at) => 8500 + at)]);
    expect(rest).toMatchObject({
      resolution: 'NONE',
      addresses: [context.platform.allocations.addresses['recovery/endpoints']],
    });
    expect(Object.keys(sharded).filter((name) => name.includes('redis'))).toEqual([]);
  });

  test('that begin without it are known by address, all in one: a proxy could not tell them apart', () => {
    expect(entries['tcp-6432']).toMatchObject({
      hosts: [
        expect.stringMatching(/\.writer\.postgres\.database\.azure\.com$/),
        expect.stringMatching(/\.reader\.postgres\.database\.azure\.com$/),
      ],
      addresses: [context.platform.allocations.addresses['recovery/postgres']],
      ports: [{ name: 'tcp-6432', number: 6432, protocol: 'TCP' }],
      resolution: 'NONE',
    });
  });

  test('fails when a host that begins without TLS has no addresses', () => {
    const cloud = {
      ...context.cloud,
      outside: () => ({ reach: [], hosts: [{ host: 'db', port: 1, protocol: 'tcp' as const }] }),
    };
    expect(() => outsideEntries({ ...context, cloud }, 'order')).toThrow(
      'port 1 must be reached by some range of addresses, got none',
    );
  });
});

describe('a third party', () => {
  test('that does not answer is spared, and calls to it fail at once', () => {
    expect(thirdPartyRules(context, 'payment')).toEqual({
      'api.payments.example.com': {
        host: 'api.payments.example.com',
        exportTo: ['.'],
        trafficPolicy: {
          connectionPool: { tcp: { maxConnections: 100, connectTimeout: '5000ms' } },
          outlierDetection: expect.objectContaining({
            consecutiveLocalOriginFailures: 5,
            maxEjectionPercent: 100,
          }) as unknown,
        },
      },
    });
  });

  test('is waited for no longer than a call may take', () => {
    const quick = clusterOf({ integrations: { payments: { timeoutMilliseconds: 900 } } });
    expect(thirdPartyRules(quick, 'payment')).toMatchObject({
      'api.payments.example.com': { trafficPolicy: { connectionPool: { tcp: { connectTimeout: '900ms' } } } },
    });
  });

  test('is spared like what sends messages for the cloud, whose longest time holds', () => {
    const messages = { customers: { email: { timeoutMilliseconds: 900 }, sms: { timeoutMilliseconds: 1200 } } };
    const patient = clusterOf({ messages });
    expect(Object.keys(thirdPartyRules(context, 'notification'))).toEqual([
      'untold.invalid',
      'api.push.apple.com',
      'fcm.googleapis.com',
      'oauth2.googleapis.com',
    ]);
    expect(thirdPartyRules(patient, 'notification')).toMatchObject({
      'untold.invalid': { trafficPolicy: { connectionPool: { tcp: { connectTimeout: '1200ms' } } } },
    });
  });

  test('is none of a service that calls nobody outside', () => {
    expect(thirdPartyRules(context, 'user')).toEqual({});
  });
});

test('a service has one policy, one view and an entry for each host', async () => {
  const objects = await rendered((options) => {
    new ServiceMesh('user', { context, service: 'user' }, options);
  });
  expect(objects.all.map(({ kind }) => kind)).toEqual([
    'AuthorizationPolicy',
    'ServiceEntry',
    'ServiceEntry',
    'ServiceEntry',
    'ServiceEntry',
    'Sidecar',
  ]);
});
