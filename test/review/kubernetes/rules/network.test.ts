import { calls } from '../../../../lib/review/kubernetes/rules/calls';
import { defaultDeny } from '../../../../lib/review/kubernetes/rules/default-deny';
import { networkEnds } from '../../../../lib/review/kubernetes/rules/network-ends';
import { unneededWays } from '../../../../lib/review/kubernetes/rules/unneeded-ways';
import { change, judges, messagesOf } from '../fixtures';
import { sound, type Files } from '../sound';

const out = 'shop-order/networkpolicy-order';
const into = 'shop-payment/networkpolicy-payment';
const rollout = 'shop-order/rollout-order';
const url = 'spec.template.spec.containers.0.env.0.value';

describe('default-deny', () => {
  judges(defaultDeny, [
    [
      'a namespace closes nothing on the way out',
      'shop-order/networkpolicy-namespace-deny',
      'spec.policyTypes',
      ['Ingress'],
      'shop-order/namespace-shop-order : must have a NetworkPolicy that closes Egress of all its pods, got none',
    ],
    [
      'a namespace closes nothing on the way in',
      'shop-order/networkpolicy-namespace-deny',
      'spec.ingress',
      [{}],
      'must have a NetworkPolicy that closes Ingress of all its pods',
    ],
    [
      'pods find no names by TCP',
      'shop-payment/networkpolicy-namespace-dns',
      'spec.egress.0.ports.1',
      { port: 53, protocol: 'UDP' },
      'must reach kube-dns in kube-system at TCP/53, which no NetworkPolicy of shop-payment lets Deployment payment out to',
    ],
  ]);

  test('fails when only some pods are closed', () => {
    const files = change(sound, 'shop-order/networkpolicy-namespace-deny', 'spec.podSelector', {
      matchLabels: { 'app.kubernetes.io/name': 'order' },
    });
    expect(messagesOf(defaultDeny, files)).toHaveLength(2);
  });

  test('fails when names are asked of another namespace', () => {
    const at = 'spec.egress.0.to.0.namespaceSelector.matchLabels';
    const files = change(sound, 'shop-order/networkpolicy-namespace-dns', at, {
      'kubernetes.io/metadata.name': 'default',
    });
    expect(messagesOf(defaultDeny, files)).toHaveLength(2);
  });

  test.each([
    ['accepts names that one address answers', '172.20.0.10/32', 0],
    ['fails when names are asked of a whole range', '172.20.0.0/16', 2],
  ])('%s', (_, cidr, count) => {
    const files = change(sound, 'shop-order/networkpolicy-namespace-dns', 'spec.egress.0.to', [{ ipBlock: { cidr } }]);
    expect(messagesOf(defaultDeny, files)).toHaveLength(count);
  });
});

describe('network-ends', () => {
  judges(networkEnds, [
    [
      'the far end lets nobody in',
      into,
      'spec.ingress',
      [],
      `${out} spec.egress[0].to[0]: opens port TCP/8080 between Rollout order in shop-order and Deployment payment in shop-payment, and the other end lets nobody in from there: open both ends, or neither`,
    ],
    [
      'the near end lets nobody out',
      out,
      'spec.egress',
      [],
      `${into} spec.ingress[0].from[0]: opens port TCP/8080 between Deployment payment in shop-payment and Rollout order in shop-order, and the other end lets nobody out to there`,
    ],
    [
      'a policy means pods that there are not',
      into,
      'spec.ingress.0.from.1',
      { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'refund' } } },
      'spec.ingress[0].from[1]: must mean pods that there are, got {"podSelector"',
    ],
  ]);

  test('fails when one end opens more ports in a row than the other', () => {
    const found = messagesOf(networkEnds, change(sound, out, 'spec.egress.0.ports.0.endPort', 9000));
    expect(found.map((message) => /opens port (\S+) /.exec(message)?.[1])).toEqual(['TCP/8080-9000', 'TCP/8080']);
  });

  test('fails at both ends when they open different ports', () => {
    const messages = messagesOf(networkEnds, change(sound, into, 'spec.ingress.0.ports.0.port', 8081));
    expect(messages).toEqual([
      expect.stringMatching(/^shop-order\/networkpolicy-order .* port TCP\/8080 /),
      expect.stringMatching(/^shop-payment\/networkpolicy-payment .* port TCP\/8081 /),
    ]);
  });

  test('fails when one end opens every port', () => {
    const messages = messagesOf(networkEnds, change(sound, out, 'spec.egress.0.ports', undefined));
    expect(messages).toEqual([expect.stringContaining('opens every port between')]);
  });

  test('a port may have its name at the far end', () => {
    expect(messagesOf(networkEnds, change(sound, into, 'spec.ingress.0.ports.0.port', 'http'))).toEqual([]);
  });

  test('a Helm release makes pods beside those that are rendered, which policies name', () => {
    const app = { 'app.kubernetes.io/name': 'app' };
    const policed: Files = {
      ...change(sound, into, 'spec.ingress.0.from.1', { podSelector: { matchLabels: app } }),
      'shop-payment/networkpolicy-app': {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'app', namespace: 'shop-payment' },
        spec: {
          podSelector: { matchLabels: app },
          policyTypes: ['Egress'],
          egress: [
            {
              to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'payment' } } }],
              ports: [{ port: 8080, protocol: 'TCP' }],
            },
          ],
        },
      },
    };
    const release = {
      'shop-payment/release-app': {
        apiVersion: 'helm.sh/v3',
        kind: 'Release',
        metadata: { name: 'app', namespace: 'shop-payment' },
        spec: { chart: 'app', values: {} },
      },
    };
    expect(messagesOf(networkEnds, { ...policed, ...release })).toEqual([]);
    expect(messagesOf(networkEnds, policed)).toEqual([expect.stringContaining('must mean pods that there are')]);
  });

  test('leaves addresses outside of the cluster alone', () => {
    const files = change(sound, out, 'spec.egress.1', { to: [{ ipBlock: { cidr: '10.32.0.0/24' } }] });
    expect(messagesOf(networkEnds, files)).toEqual([]);
  });

  const prometheus = (port: number): Files => ({
    ...change(sound, into, 'spec.ingress.1', {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } },
          podSelector: { matchLabels: { app: 'prometheus' } },
        },
      ],
      ports: [{ port: 15020, protocol: 'TCP' }],
    }),
    'observability/networkpolicy-prometheus': {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'prometheus', namespace: 'observability' },
      spec: {
        podSelector: { matchLabels: { app: 'prometheus' } },
        policyTypes: ['Egress'],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop-payment' } },
                podSelector: { matchLabels: { 'app.kubernetes.io/name': 'payment' } },
              },
            ],
            ports: [{ port, protocol: 'TCP' }],
          },
        ],
      },
    },
  });

  test('reads both ends of pods that nobody renders', () => {
    expect(messagesOf(networkEnds, prometheus(15020))).toEqual([]);
    expect(messagesOf(networkEnds, prometheus(15090))).toHaveLength(2);
  });
});

describe('calls', () => {
  judges(calls, [
    [
      'a pod is told of a service that there is not',
      rollout,
      'spec.template.spec.containers.0.env.2',
      { name: 'SERVICE_REFUND_URL', value: 'http://refund.shop-payment.svc.cluster.local:8080' },
      `${rollout} spec.template.spec.containers[0].env[2].value: must name a Service of the cluster, got refund.shop-payment`,
    ],
    [
      'a pod is told of a port that there is not',
      rollout,
      url,
      'http://payment.shop-payment.svc.cluster.local:9090',
      'must name a port of Service payment.shop-payment, got 9090',
    ],
    [
      'the network of the caller is closed',
      out,
      'spec.egress',
      [],
      'calls payment.shop-payment at 8080, and no NetworkPolicy of shop-order lets Rollout order out to Deployment payment',
    ],
    [
      'the network of the called is closed',
      into,
      'spec.ingress',
      [],
      'calls payment.shop-payment at 8080, and no NetworkPolicy of shop-payment lets Rollout order in to Deployment payment',
    ],
    [
      'the mesh of the called lets in at another port',
      'shop-payment/authorizationpolicy-payment',
      'spec.rules.0.to.0.operation.ports',
      ['8081'],
      'and no AuthorizationPolicy of shop-payment lets cluster.local/ns/shop-order/sa/order in',
    ],
    [
      'an account is let in that there is not',
      'shop-payment/authorizationpolicy-payment',
      'spec.rules.0.from.0.source.principals.1',
      'cluster.local/ns/shop-order/sa/refund',
      'spec.rules[0].from: must name an account of the cluster, got cluster.local/ns/shop-order/sa/refund',
    ],
  ]);

  test('fails when somebody is let in who was not told', () => {
    const messages = messagesOf(calls, change(sound, rollout, url, 'http://elsewhere'));
    expect(messages).toEqual([
      expect.stringContaining('lets cluster.local/ns/shop-order/sa/order in, which nobody told of Deployment payment'),
    ]);
  });

  test('fails when nothing is let in by the mesh', () => {
    const messages = messagesOf(
      calls,
      change(sound, 'shop-payment/authorizationpolicy-payment', 'spec.action', 'DENY'),
    );
    expect(messages).toHaveLength(1);
  });
});

describe('unneeded-ways', () => {
  judges(unneededWays, [
    [
      'nobody was told of where pods may go',
      rollout,
      url,
      'http://elsewhere',
      `${out} spec.egress[0].to[0]: lets pods of shop-order out to Deployment payment in shop-payment, which none of them was told of: take it away`,
    ],
    [
      'a way leads to all pods of a namespace',
      rollout,
      url,
      'http://order.shop-order.svc.cluster.local',
      'out to Deployment payment in shop-payment',
    ],
  ]);

  test('a way of every pod is needed if one needs it', () => {
    expect(messagesOf(unneededWays, change(sound, out, 'spec.podSelector', {}))).toEqual([]);
  });

  test('leaves what stands beside the pods of a namespace alone', () => {
    const files = change(change(sound, rollout, url, 'http://elsewhere'), out, 'metadata.name', 'namespace-order');
    expect(messagesOf(unneededWays, files)).toEqual([]);
  });
});
