import { objectOf } from '../../lib/review/json';
import { findingsIn } from '../../lib/review/kubernetes/review';
import { clustersOnEks, type RenderedOnEks } from '../support/eks';

let onAws: RenderedOnEks;
beforeAll(async () => {
  const [first] = await clustersOnEks('retailflow');
  if (first === undefined) throw new Error('there must be a cluster on AWS');
  onAws = first;
});

test.each(['retailflow-production-payment-secrets', 'administrator'])(
  'fails when a store on AWS takes on %s, which is of nobody in its namespace',
  (role) => {
    const { read, registry } = onAws;
    const spec = { provider: { aws: { region: 'ap-southeast-1', service: 'SecretsManager', role } } };
    const objects = read.objects.map((each) =>
      each.kind === 'SecretStore' && each.namespace === 'retailflow-order'
        ? { ...each, value: { ...each.value, spec } }
        : each,
    );
    expect(findingsIn([{ ...read, objects }], { registry }).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^must be the reader of retailflow-order, whose name ends in -order-secrets/),
    ]);
  },
);

test.each(['emailendpoint', 'smsendpoint'])('who sends messages gets out to the %s of AWS, and nobody else', (word) => {
  const host = `${word}.customers.messages.untold.invalid`;
  const known = onAws.read.objects.filter(({ kind, name }) => kind === 'ServiceEntry' && name === host);
  expect(known.map(({ namespace, value }) => [namespace, objectOf(value.spec).ports])).toEqual([
    ['retailflow-notification', [{ name: 'tls-443', number: 443, protocol: 'TLS' }]],
  ]);
});
