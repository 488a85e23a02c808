import { podSecurity } from '../../../lib/review/kubernetes/rules/pod-security';
import { workloadsOf } from '../../../lib/review/kubernetes/workloads';
import { clusterOf, messagesOf } from './fixtures';

const job = (name: string, spec: object = {}) => ({
  name,
  provider: { job: { spec: { template: { spec: { containers: [{ name }], ...spec } } } } },
});
const figure = { name: 'errors', provider: { prometheus: { query: 'up' } } };
const template = (metrics: readonly object[]) => ({
  'shop-order/analysistemplate-release': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name: 'release', namespace: 'shop-order' },
    spec: { metrics },
  },
});

test.each([
  ['figures have no pods', [figure], []],
  ['every measurement that is a job has pods', [job('first'), figure, job('third')], [0, 2]],
  ['a template without measurements has no pods', [], []],
])('%s', (_what, metrics, places) => {
  expect(workloadsOf(clusterOf(template(metrics))).map(({ at, containers }) => [at, containers.length])).toEqual(
    places.map((place) => [`spec.metrics.${place}.provider.job.spec.template.spec`, 1]),
  );
});

test('fails when a measurement behind the first takes the network of its node', () => {
  const messages = (spec: object) =>
    messagesOf(podSecurity, template([figure, job('second', spec)])).filter((each) => each.includes('hostNetwork'));
  expect(messages({})).toEqual([]);
  expect(messages({ hostNetwork: true })).toEqual([
    expect.stringContaining('spec.metrics.1.provider.job.spec.template.spec.hostNetwork: must be false'),
  ]);
});
