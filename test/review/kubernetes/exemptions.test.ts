import { exempt } from '../../../lib/kubernetes/exempt';
import { applyExemptions } from '../../../lib/review/kubernetes/exemptions';
import { rules } from '../../../lib/review/kubernetes/rules';
import { formatFinding } from '../../../lib/review/finding';
import { change, clusterOf } from './fixtures';
import { registry, sound } from './sound';

const deployment = 'shop-payment/deployment-payment';
const reason = 'all its pods stand in the one zone that has such nodes';
const tight = change(sound, deployment, 'spec.template.spec.topologySpreadConstraints', undefined);

const review = (annotations: Readonly<Record<string, string>>, files = tight): readonly string[] => {
  const cluster = clusterOf(change(files, deployment, 'metadata.annotations', annotations));
  const found = rules.flatMap(({ judge }) => judge(cluster, { registry }));
  return applyExemptions(found, cluster, rules).map(formatFinding);
};

test('fails when an object is not exempted, and names its file and the place in it', () => {
  expect(review({})[0]).toMatch(
    /^\[spread\] aks-shop-production\/shop-payment\/deployment-payment\.yaml \(spec\.template\.spec\.topologySpreadConstraints\): must spread/,
  );
});

test('an exemption answers the findings of its rule on its object', () => {
  expect(review(exempt({ spread: reason }))).toEqual([]);
});

test('fails when another object is exempted', () => {
  const files = change(tight, 'shop-order/rollout-order', 'metadata.annotations', exempt({ spread: reason }));
  expect(review({}, files)).toHaveLength(3);
});

test.each([
  [
    'it answers nothing',
    exempt({ spread: reason, probes: reason }),
    /^\[exemptions\] .*deployment-payment\.yaml \(metadata\.annotations\.mainstay\/exempt\.probes\): is exempted from probes, which finds nothing: take the exemption away$/,
  ],
  [
    'it names no rule',
    exempt({ spread: reason, probe: reason }),
    /is exempted from probe, which is no rule: did you mean probes\?/,
  ],
  [
    'its reason is too short',
    { ...exempt({ spread: reason }), 'mainstay/exempt.spread': 'no' },
    /the reason for spread must have at least 20 characters, got "no": say why$/,
  ],
])('fails when %s', (_, annotations, message) => {
  expect(review(annotations)).toEqual([expect.stringMatching(message)]);
});

test('fails when a rule that knows no exemption is named, and what it finds stays', () => {
  const files = change(sound, deployment, 'spec.replica', 1);
  expect(review(exempt({ schema: reason }), files)).toEqual([
    expect.stringMatching(/^\[schema\] .*\(spec\.replica\): is no field here/),
    expect.stringMatching(/must not be exempted from schema, the cluster refuses it: mend what it finds$/),
  ]);
});

test('fails when a reason is none before anything is rendered', () => {
  expect(() => exempt({ spread: 'no' })).toThrow('the reason for spread must be at least 20 characters, got "no"');
});
