import { egressPolicy, ingressPolicy, ServiceNetwork } from '../../lib/kubernetes/service-network';
import { inboundRules } from '../../lib/azure/flows';
import { clusterOf, rendered, serviceOf } from '../support/kubernetes';

const context = clusterOf();
const pods = (service: string, component = 'service') => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `retailflow-${service}` } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': service, 'app.kubernetes.io/component': component } },
});
/** Every pod that runs as a service. */
const calling = (service: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `retailflow-${service}` } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': service } },
});
const port = (number: number) => [{ port: number, protocol: 'TCP' }];
const ranges = (service: string, from = context) =>
  (egressPolicy(from, service).egress ?? []).flatMap(({ ports, to }) =>
    to.flatMap(({ ipBlock }) => (ipBlock === undefined ? [] : [[ipBlock.cidr, ports.map((each) => each.port)]])),
  );

describe('the way in to a service', () => {
  test('is for those who call it, whatever of theirs runs, and for the gateway, at its port', () => {
    expect(ingressPolicy(context, 'user').ingress).toEqual([
      { from: [calling('notification'), calling('order'), pods('gateway', 'app')], ports: port(8080) },
    ]);
  });

  test('is for nobody where nobody calls', () => {
    expect(ingressPolicy(context, 'notification')).toMatchObject({ policyTypes: ['Ingress'], ingress: [] });
  });

  test.each([
    [
      'without routes',
      serviceOf('user', {
        routes: [],
        release: { kind: 'rolling', steps: null, bakeMinutes: null, acceptTwoPhases: null },
        scale: { requestsPerTask: null },
      }),
    ],
    [
      'on a site without one',
      {
        stages: {
          production: {
            sites: {
              recovery: { waives: { gateway: { reason: 'the application takes tokens by itself', minutes: 0 } } },
            },
          },
        },
      },
    ],
  ])('is not for the gateway %s', (_, patch) => {
    const [rule] = ingressPolicy(clusterOf(patch), 'user').ingress ?? [];
    expect(rule?.from).toEqual([calling('notification'), calling('order')]);
  });

  test('is to the pods of the service, and not to those that bring its tables up to date', () => {
    expect(ingressPolicy(context, 'user').podSelector).toEqual(pods('user').podSelector);
  });
});

describe('the way out of a service', () => {
  test('leads to the services that it calls, each at its own port', () => {
    const other = clusterOf(serviceOf('payment', { port: 9090 }));
    expect((egressPolicy(other, 'order').egress ?? []).filter(({ to }) => to[0]?.podSelector)).toEqual([
      { to: [pods('catalog')], ports: port(8080) },
      { to: [pods('payment')], ports: port(9090) },
      { to: [pods('user')], ports: port(8080) },
    ]);
  });

  test('leads to what it uses and nowhere else: tokens and a third party at the internet', () => {
    const of = (subnet: string) => context.platform.allocations.addresses[`recovery/${subnet}`];
    expect(ranges('order')).toEqual([
      ['0.0.0.0/0', [443]],
      [of('endpoints'), [443, 5671, 10000]],
      [of('postgres'), [6432]],
    ]);
    expect(ranges('payment')).toEqual([
      ['0.0.0.0/0', [443]],
      [of('postgres'), [6432]],
    ]);
  });

  test('leads to every shard of a cache that has several, as the subnet lets them in', () => {
    const sharded = clusterOf({ caches: { catalog: { shards: 2 } } });
    const rule = (egressPolicy(sharded, 'catalog').egress ?? []).find(({ ports }) =>
      ports.some(({ port: number }) => number === 10_000),
    );
    expect(rule?.ports).toEqual([
      { port: 443, protocol: 'TCP' },
      { port: 8500, endPort: 8599, protocol: 'TCP' },
      { port: 10_000, protocol: 'TCP' },
    ]);
    const letIn = inboundRules.endpoints['callers']?.ports ?? [];
    for (const { endPort, port: first } of rule?.ports ?? []) {
      expect(letIn).toContain(endPort === undefined ? String(first) : `${first}-${endPort}`);
    }
  });

  test('leads to no private network where it leads to the internet', () => {
    const [internet] = (egressPolicy(context, 'payment').egress ?? []).flatMap(({ to }) =>
      to.filter(({ ipBlock }) => ipBlock?.cidr === '0.0.0.0/0'),
    );
    expect(internet?.ipBlock?.except).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']),
    );
  });

  test('opens the port of a third party', () => {
    expect(ranges('payment', clusterOf({ integrations: { payments: { port: 8443 } } }))).toContainEqual([
      '0.0.0.0/0',
      [443, 8443],
    ]);
  });

  test('is of every pod of the namespace, which are all its own', () => {
    expect(egressPolicy(context, 'order')).toMatchObject({ podSelector: {}, policyTypes: ['Egress'] });
  });

  test('fails when there is no such service', () => {
    expect(() => egressPolicy(context, 'ordr')).toThrow(/^no service ordr in analytics, /);
  });
});

test('a service has a policy for each direction, of its own layer', async () => {
  const objects = await rendered((options) => {
    new ServiceNetwork('order', { context, service: 'order' }, options);
  });
  expect(objects.all.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'NetworkPolicy order-callers',
    'NetworkPolicy order-uses',
  ]);
});
