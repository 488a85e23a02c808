import { labelsOf, namespaceLabel, selectorOf } from '../../lib/kubernetes/labels';

const platform = { name: 'shop' };
const common = { 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'mainstay' };

test.each([
  ['a name alone', { name: 'gateway' }, { 'app.kubernetes.io/name': 'gateway' }],
  ['the team that is called', { name: 'order', team: 'orders' }, { 'app.kubernetes.io/name': 'order', team: 'orders' }],
  [
    'one of several kinds of pods',
    { name: 'gateway', component: 'limits' },
    { 'app.kubernetes.io/name': 'gateway', 'app.kubernetes.io/component': 'limits' },
  ],
])('labels tell %s', (_, labelled, own) => {
  expect(labelsOf({ platform, ...labelled })).toEqual({ ...common, ...own });
});

test('pods are selected by what never changes', () => {
  expect(selectorOf({ name: 'gateway', component: 'limits' })).toEqual({
    'app.kubernetes.io/name': 'gateway',
    'app.kubernetes.io/component': 'limits',
  });
  expect(selectorOf({ name: 'order' })).toEqual({ 'app.kubernetes.io/name': 'order' });
});

test('a namespace is selected by the label that Kubernetes gives it', () => {
  expect(namespaceLabel('shop-order')).toEqual({ 'kubernetes.io/metadata.name': 'shop-order' });
});
