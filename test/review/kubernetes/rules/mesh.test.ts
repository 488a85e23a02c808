import { meshRoot } from '../../../../lib/review/kubernetes/rules/mesh-root';
import { mutualTls } from '../../../../lib/review/kubernetes/rules/mutual-tls';
import { routes } from '../../../../lib/review/kubernetes/rules/routes';
import { sticky } from '../../../../lib/review/kubernetes/rules/sticky';
import { change, judges, messagesOf } from '../fixtures';
import { sound, type Files } from '../sound';

const route = 'shop-order/virtualservice-order';
const destination = 'spec.http.0.route.1';
const root = 'istio-system/peerauthentication-default';

describe('routes', () => {
  judges(routes, [
    [
      'weights are less than all',
      route,
      `${destination}.weight`,
      -1,
      `${route} spec.http[0].route: must have weights that sum to 100, got 100 + -1 = 99: correct them`,
    ],
    ['weights are more than all', route, `${destination}.weight`, 5, 'got 100 + 5 = 105'],
    [
      'a subset is not there',
      route,
      `${destination}.destination.subset`,
      'next',
      'spec.http[0].route[1].destination.subset: must be a subset of a DestinationRule of order.shop-order.svc.cluster.local, got next; there are stable, canary',
    ],
    [
      'a host is not there',
      route,
      `${destination}.destination.host`,
      'orders.shop-order.svc.cluster.local',
      'destination.host: must be a Service or a host of a ServiceEntry, got orders.shop-order.svc.cluster.local; services of shop-order: order',
    ],
    [
      'a port is not there',
      route,
      `${destination}.destination.port.number`,
      9090,
      'destination.port: must be a port of Service order, got 9090, of 8080',
    ],
  ]);

  test('fails when the rule of a host is of none that there is', () => {
    const files = change(sound, 'shop-order/destinationrule-order', 'spec.host', 'orders.shop-order.svc.cluster.local');
    expect(messagesOf(routes, files)).toContainEqual(
      expect.stringContaining('destinationrule-order spec.host: must be a Service or a host of a ServiceEntry'),
    );
  });

  test('one route without a weight takes all', () => {
    const one = [{ destination: { host: 'order.shop-order.svc.cluster.local', subset: 'stable' } }];
    expect(messagesOf(routes, change(sound, route, 'spec.http.0.route', one))).toEqual([]);
  });

  test('a short name is of the same namespace', () => {
    const one = [{ destination: { host: 'order', subset: 'stable' } }];
    expect(messagesOf(routes, change(sound, route, 'spec.http.0.route', one))).toEqual([]);
  });

  test('a host may be outside of the cluster', () => {
    const entry = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name: 'bank', namespace: 'shop-order' },
      spec: { hosts: ['bank.example.com'] },
    };
    const rule = { ...sound['shop-order/destinationrule-order'], spec: { host: 'bank.example.com' } };
    const files = { ...sound, 'shop-order/serviceentry-bank': entry, 'shop-order/destinationrule-bank': rule };
    expect(messagesOf(routes, files)).toEqual([]);
  });
});

/** The sound cluster with Azure's own Istio. */
const addon: Files = Object.fromEntries(
  Object.entries(sound).map(([file, object]) => [
    file.replace('istio-system', 'aks-istio-system'),
    JSON.parse(
      JSON.stringify(object)
        .replaceAll('istio-system', 'aks-istio-system')
        .replaceAll('"istio-injection":"enabled"', '"istio.io/rev":"asm-1-29"'),
    ) as Record<string, unknown>,
  ]),
);

describe('mesh-root', () => {
  judges(meshRoot, [
    [
      'a namespace asks for the other kind of Istio',
      'shop-order/namespace-shop-order',
      'metadata.labels.[istio.io/rev]',
      'asm-1-29',
      'metadata.labels.istio.io/rev: must be left out, since the mesh with its root in istio-system goes by istio-injection, got asm-1-29',
    ],
    [
      'a label says nothing',
      'shop-order/namespace-shop-order',
      'metadata.labels.istio-injection',
      'true',
      'metadata.labels.istio-injection: must be like ^enabled$, got true: its pods would get no proxy',
    ],
    [
      'a policy of the whole mesh stands in the root of the other kind',
      'aks-istio-system/peerauthentication-default',
      '',
      { ...sound[root], metadata: { name: 'default', namespace: 'aks-istio-system' } },
      'aks-istio-system/peerauthentication-default metadata.namespace: must be istio-system, as the rest of the mesh has it, got aks-istio-system',
    ],
  ]);

  describe('of Azure', () => {
    judges(
      meshRoot,
      [
        [
          'a namespace asks for the other kind of Istio',
          'shop-order/namespace-shop-order',
          'metadata.labels.istio-injection',
          'enabled',
          'must be left out, since the mesh with its root in aks-istio-system goes by istio.io/rev',
        ],
        [
          'a revision is none of Azure',
          'shop-order/namespace-shop-order',
          'metadata.labels.[istio.io/rev]',
          'default',
          'must be like ^asm-\\d+-\\d+$, got default',
        ],
      ],
      addon,
    );
  });

  test('fails when nothing holds for the whole mesh', () => {
    const files = change(sound, root, 'metadata.namespace', 'shop-order');
    expect(messagesOf(meshRoot, files)).toEqual(
      ['order', 'payment'].map((name) =>
        expect.stringContaining(
          `shop-${name} metadata.labels: must be of a mesh with policies in istio-system or aks-istio-system, got none`,
        ),
      ),
    );
  });
});

describe('mutual-tls', () => {
  const some = { matchLabels: { 'app.kubernetes.io/name': 'order' } };
  const annotations = 'spec.template.metadata.annotations';
  judges(mutualTls, [
    [
      'more than names are asked for past the proxy',
      'shop-order/rollout-order',
      annotations,
      { 'traffic.sidecar.istio.io/excludeOutboundPorts': '53,443' },
      `${annotations}.traffic.sidecar.istio.io/excludeOutboundPorts: must be "53", got "53,443": what goes past its proxy`,
    ],
    [
      'somebody is let in past the proxy',
      'shop-order/rollout-order',
      annotations,
      { 'traffic.sidecar.istio.io/excludeInboundPorts': '8080' },
      `${annotations}.traffic.sidecar.istio.io/excludeInboundPorts: must be left out, got "8080"`,
    ],
    [
      'a port takes anything',
      root,
      'spec.portLevelMtls',
      { 8080: { mode: 'DISABLE' } },
      `${root} spec.portLevelMtls.8080.mode: must be STRICT, got "DISABLE": who calls would not be known`,
    ],
    [
      'a namespace takes anything',
      'shop-order/peerauthentication-order',
      '',
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'PeerAuthentication',
        metadata: { name: 'order', namespace: 'shop-order' },
        spec: { selector: some, mtls: { mode: 'PERMISSIVE' } },
      },
      'shop-order/peerauthentication-order spec.mtls.mode: must be STRICT, got "PERMISSIVE"',
    ],
    [
      'a client asks without a certificate',
      'shop-order/destinationrule-order',
      'spec.trafficPolicy.tls.mode',
      'DISABLE',
      'spec.trafficPolicy.tls.mode: must be ISTIO_MUTUAL, got DISABLE: the other end refuses anything else',
    ],
    [
      'nobody says so for the whole mesh',
      root,
      'spec.mtls',
      undefined,
      'istio-system/namespace-istio-system : must stand beside a PeerAuthentication of mode STRICT for the whole mesh',
    ],
  ]);

  test('fails twice when the whole mesh takes anything', () => {
    expect(messagesOf(mutualTls, change(sound, root, 'spec.mtls.mode', 'PERMISSIVE'))).toHaveLength(2);
  });

  test('fails when the whole mesh of Azure takes anything', () => {
    const { 'aks-istio-system/namespace-istio-system': _made, ...others } = addon;
    const weak = change(others, 'aks-istio-system/peerauthentication-default', 'spec.mtls', undefined);
    expect(messagesOf(mutualTls, weak)).toEqual([
      expect.stringMatching(/^aks-istio-system\/peerauthentication-default : must stand beside/),
    ]);
  });

  test('fails when there is a mesh without a root', () => {
    expect(messagesOf(mutualTls, change(sound, root, 'spec.selector', some))).toEqual([
      expect.stringContaining('destinationrule-order : must stand in a mesh of mode STRICT'),
    ]);
  });

  test('what stands outside may be asked without', () => {
    const files = change(sound, 'shop-order/destinationrule-order', 'spec', {
      host: 'bank.example.com',
      trafficPolicy: { tls: { mode: 'SIMPLE' } },
    });
    expect(messagesOf(mutualTls, files)).toEqual([]);
  });
});

describe('sticky', () => {
  const rule = 'shop-order/destinationrule-order';
  const balancer = 'spec.trafficPolicy.loadBalancer';
  const byUser = change(sound, rule, balancer, { consistentHash: { httpHeaderName: 'X-User-Id' } });

  test('says nothing of pods that take turns', () => {
    expect(messagesOf(sticky, sound)).toEqual([]);
  });

  test('fails when a release could part the requests of one user', () => {
    expect(messagesOf(sticky, byUser)).toEqual([
      expect.stringContaining(`${rule} spec.subsets: must be absent where requests go by what is in them`),
      expect.stringContaining(`${route} spec.http[0].route: must lead to one version`),
    ]);
  });

  test('accepts a sticky service that is released all at once', () => {
    const whole = change(change(byUser, rule, 'spec.subsets', undefined), route, 'spec.http.0.route', []);
    expect(messagesOf(sticky, whole)).toEqual([]);
  });

  test('fails when nothing says by what', () => {
    const files = change(change(byUser, rule, 'spec.subsets', undefined), route, 'spec.http.0.route', []);
    expect(messagesOf(sticky, change(files, rule, balancer, { consistentHash: { useSourceIp: true } }))).toEqual([
      expect.stringContaining('must go by a header that the gateway writes'),
    ]);
  });
});
