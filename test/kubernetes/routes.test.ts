import { destinationRule, virtualService } from '../../lib/kubernetes/routes';

const input = { platform: { name: 'shop' }, service: 'order', spec: { port: 8080, timeoutSeconds: 15 }, split: false };
const host = 'order.shop-order.svc.cluster.local';
const [route] = virtualService(input).http ?? [];
const [split] = virtualService({ ...input, split: true }).http ?? [];

describe('requests to a service', () => {
  test('end after its timeout', () => {
    expect(route?.timeout).toBe('15s');
  });

  test('are tried again only if no process saw them', () => {
    expect(route?.retries).toEqual({ attempts: 2, retryOn: 'connect-failure,refused-stream' });
  });

  test('go to all of its pods', () => {
    expect(route?.route).toEqual([{ destination: { host, port: { number: 8080 } }, weight: 100 }]);
  });

  test('go all to the version that stands, until a release moves them', () => {
    expect(split?.route).toEqual([
      { destination: { host, port: { number: 8080 }, subset: 'stable' }, weight: 100 },
      { destination: { host, port: { number: 8080 }, subset: 'canary' }, weight: 0 },
    ]);
  });
});

test('requests of a user go to one pod where the service is sticky, by the user that the gateway writes', () => {
  const balancer = (spec: Parameters<typeof destinationRule>[0]['spec']) =>
    destinationRule({ ...input, spec }).trafficPolicy?.loadBalancer;
  expect(balancer({ ...input.spec, sticky: { by: 'user', persistSeconds: 5 } })).toEqual({
    consistentHash: { httpHeaderName: 'X-User-Id', ringHash: { minimumRingSize: 4096 } },
    localityLbSetting: { enabled: false },
  });
  expect(balancer(input.spec)).toEqual({ simple: 'LEAST_REQUEST', localityLbSetting: { enabled: false } });
});

describe('the pods of a service', () => {
  const { subsets, trafficPolicy } = destinationRule(input);

  test('are trusted by the certificates of the mesh alone', () => {
    expect(trafficPolicy?.tls).toEqual({ mode: 'ISTIO_MUTUAL' });
  });

  test('are left out while they do not answer, and never more than half of them', () => {
    expect(trafficPolicy?.outlierDetection).toMatchObject({
      consecutiveGatewayErrors: 5,
      consecutive5xxErrors: 0,
      maxEjectionPercent: 50,
    });
  });

  test.each([
    [15, '300s'],
    [900, '900s'],
  ])('keep a connection through a request of %d s', (timeoutSeconds, idleTimeout) => {
    const { trafficPolicy: policy } = destinationRule({ ...input, spec: { port: 8080, timeoutSeconds } });
    expect(policy?.connectionPool?.http?.idleTimeout).toBe(idleTimeout);
  });

  test('are in two subsets where a release moves traffic between them, and in none elsewhere', () => {
    expect(subsets).toBeUndefined();
    expect(destinationRule({ ...input, split: true }).subsets?.map(({ name }) => name)).toEqual(['stable', 'canary']);
  });
});

describe('connections that clients keep open', () => {
  const sockets = { idleSeconds: 300, perTask: 1000, stickySeconds: 3600, channels: 'sessions' };
  const scale = { min: 2, max: 40, cpuPercent: 70, backlogPerTask: 100, schedules: {} };
  const { trafficPolicy } = destinationRule({ ...input, split: true, spec: { ...input.spec, scale, sockets } });

  test('come back to the same pod for a while, by a cookie', () => {
    expect(trafficPolicy?.loadBalancer?.consistentHash).toMatchObject({
      httpCookie: { name: 'mainstay-socket', ttl: '3600s' },
    });
  });

  test('may be as many from one pod of the gateway as all pods hold', () => {
    expect(trafficPolicy?.connectionPool?.http?.http2MaxRequests).toBe(40_000);
  });
});

describe('requests of which the gateway says the version', () => {
  const http = virtualService({ ...input, split: true, pooled: true }).http ?? [];

  test('go to the old version by the word of the gateway, whatever the weights are', () => {
    expect(http[0]).toMatchObject({
      name: 'stable',
      match: [{ headers: { 'x-release': { exact: 'order-stable' } } }],
      timeout: '15s',
      route: [{ destination: { subset: 'stable' }, weight: 100 }],
    });
  });

  test('are no others: calls between services follow the weights', () => {
    expect(http.slice(1)).toEqual([split]);
  });
});
