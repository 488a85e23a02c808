import { findingsIn } from '../../lib/review/kubernetes/review';
import { clustersOnEks } from '../support/eks';

test.each(['retailflow-production-payment-secrets', 'administrator'])(
  'fails when a store on AWS takes on %s, which is of nobody in its namespace',
  async (role) => {
    const [onAws] = await clustersOnEks('retailflow');
    if (onAws === undefined) throw new Error('there must be a cluster on AWS');
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
