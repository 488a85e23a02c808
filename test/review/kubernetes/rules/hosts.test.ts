import { hosts } from '../../../../lib/review/kubernetes/rules/hosts';
import { change, judges, messagesOf } from '../fixtures';
import { sound, type Files } from '../sound';

const out = 'shop-order/networkpolicy-order';
const rollout = 'shop-order/rollout-order';

describe('hosts', () => {
  const database = 'db.example.com';
  const env = [
    { name: 'SERVICE_PAYMENT_URL', value: 'http://payment.shop-payment.svc.cluster.local:8080' },
    { name: 'DATABASE_STORE_HOST', value: database },
    { name: 'DATABASE_STORE_PORT', value: '6432' },
    { name: 'BUCKET_URL', value: 'https://files.example.com/orders' },
    // Shown to people, and asked by nobody inside.
    { name: 'SITE_URL', value: 'https://shop.example.com' },
  ];
  const entry = (name: string, host: string, number: number): Files => ({
    [`shop-order/serviceentry-${name}`]: {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name, namespace: 'shop-order' },
      spec: { hosts: [host], exportTo: ['.'], ports: [{ name: 'tcp', number, protocol: 'TCP' }] },
    },
  });
  const files: Files = {
    ...change(change(sound, rollout, 'spec.template.spec.containers.0.env', env), out, 'spec.egress.1', {
      to: [{ ipBlock: { cidr: '10.32.0.0/24' } }],
      ports: [
        { port: 6432, protocol: 'TCP' },
        { port: 443, protocol: 'TCP' },
      ],
    }),
    ...entry('db', database, 6432),
    ...entry('files', 'files.example.com', 443),
    'shop-order/sidecar-order': {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { name: 'order', namespace: 'shop-order' },
      spec: { egress: [{ hosts: ['./*', 'shop-payment/payment.shop-payment.svc.cluster.local'] }] },
    },
  };
  judges(
    hosts,
    [
      [
        'the network does not let it out',
        out,
        'spec.egress.1.ports.0.port',
        5432,
        `${rollout} spec.template.spec.containers[0].env[1].value: asks db.example.com at 6432, and no NetworkPolicy lets it out there`,
      ],
      [
        'the mesh knows the host at another port',
        'shop-order/serviceentry-db',
        'spec.ports.0.number',
        5432,
        'asks db.example.com at 6432, and no ServiceEntry that shop-order sees has it',
      ],
      [
        'the mesh knows another host',
        'shop-order/serviceentry-files',
        'spec.hosts',
        ['file.example.com'],
        'env[3].value: asks files.example.com at 443, and no ServiceEntry that shop-order sees has it',
      ],
      [
        'another namespace alone sees the host',
        'shop-order/serviceentry-files',
        'spec.exportTo',
        ['shop-payment'],
        'asks files.example.com at 443, and no ServiceEntry',
      ],
      [
        'its proxy is not told of what it calls',
        'shop-order/sidecar-order',
        'spec.egress.0.hosts.1',
        'shop-payment/refund.shop-payment.svc.cluster.local',
        'env[0].value: names payment.shop-payment, which Sidecar order does not tell its proxy of',
      ],
    ],
    files,
  );

  test('without a proxy nothing need be known to the mesh', () => {
    const at = 'spec.template.metadata.labels.[sidecar.istio.io/inject]';
    const outside = change(files, 'shop-order/serviceentry-db', 'spec.hosts', ['other.example.com']);
    expect(messagesOf(hosts, change(outside, rollout, at, 'false'))).toEqual([]);
  });
});
