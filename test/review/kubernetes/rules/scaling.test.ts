import { disruption } from '../../../../lib/review/kubernetes/rules/disruption';
import { quotas } from '../../../../lib/review/kubernetes/rules/quotas';
import { scaling } from '../../../../lib/review/kubernetes/rules/scaling';
import { selectors } from '../../../../lib/review/kubernetes/rules/selectors';
import { change, judges, messagesOf } from '../fixtures';
import { sound } from '../sound';

const deployment = 'shop-payment/deployment-payment';
const rollout = 'shop-order/rollout-order';
const hpa = 'shop-order/horizontalpodautoscaler-order';
const budget = 'shop-payment/poddisruptionbudget-payment';

describe('scaling', () => {
  judges(scaling, [
    [
      'it scales what is not there',
      hpa,
      'spec.scaleTargetRef.name',
      'orders',
      `${hpa} spec.scaleTargetRef: must name a workload of shop-order, got argoproj.io/v1alpha1 Rollout orders; Rollout there: order`,
    ],
    [
      'it scales a workload of another kind',
      hpa,
      'spec.scaleTargetRef.kind',
      'Deployment',
      'must name a workload of shop-order, got argoproj.io/v1alpha1 Deployment order; Deployment there: none',
    ],
    [
      'it scales by another version than there is',
      hpa,
      'spec.scaleTargetRef.apiVersion',
      'apps/v1',
      'must name a workload of shop-order, got apps/v1 Rollout order',
    ],
    [
      'bounds are turned round',
      hpa,
      'spec.minReplicas',
      11,
      'must scale from at least 1 to at most as many, got 11 to 10',
    ],
    [
      'nothing may be left',
      'shop-payment/scaledobject-payment',
      'spec.minReplicaCount',
      undefined,
      'got 0 to 8: correct the bounds',
    ],
    [
      'somebody else says how many there are',
      rollout,
      'spec.replicas',
      3,
      `${rollout} spec.replicas: must be left out, since HorizontalPodAutoscaler order says how many there are`,
    ],
  ]);

  test('accepts what scales a deployment that a chart makes, by the name of its values, and no other', () => {
    const scaled = (name: string) => ({
      ...sound['shop-payment/scaledobject-payment'],
      metadata: { name: 'gateway', namespace: 'shop-gateway' },
      spec: { scaleTargetRef: { name }, minReplicaCount: 1, triggers: [] },
    });
    const release = {
      apiVersion: 'helm.sh/v3',
      kind: 'Release',
      metadata: { name: 'kong', namespace: 'shop-gateway' },
      spec: { values: { fullnameOverride: 'gateway' } },
    };
    const of = (name: string) =>
      messagesOf(scaling, {
        ...sound,
        'shop-gateway/scaledobject-gateway': scaled(name),
        'shop-gateway/release-kong': release,
      });
    expect(of('gateway')).toEqual([]);
    expect(of('gatewy')).toEqual([expect.stringContaining('must name a workload of shop-gateway')]);
  });

  test('fails when two scale one workload', () => {
    const second = {
      ...sound['shop-payment/scaledobject-payment'],
      metadata: { name: 'order', namespace: 'shop-order' },
      spec: {
        scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'order' },
        minReplicaCount: 1,
        triggers: [],
      },
    };
    expect(messagesOf(scaling, { ...sound, 'shop-order/scaledobject-order': second })).toEqual([
      `${rollout} : must be scaled by one, got HorizontalPodAutoscaler order, ScaledObject order, which undo what the other does: leave one`,
    ]);
  });
});

describe('disruption', () => {
  judges(disruption, [
    [
      'none may be gone',
      budget,
      'spec.maxUnavailable',
      0,
      'spec.maxUnavailable: must leave room for one of the 2 pods',
    ],
    [
      'no share may be gone',
      budget,
      'spec.maxUnavailable',
      '0%',
      'must leave room for one of the 2 pods that Deployment payment has at least, got "0%"',
    ],
    [
      'a workload has no budget',
      budget,
      'spec.selector.matchLabels',
      { a: 'b' },
      `${deployment} : must have one PodDisruptionBudget, got none`,
    ],
    [
      'a workload has two budgets',
      'shop-payment/poddisruptionbudget-second',
      '',
      sound[budget],
      'must have one PodDisruptionBudget, got PodDisruptionBudget payment, PodDisruptionBudget payment: an upgrade of nodes would be refused',
    ],
  ]);

  test.each([
    [{ minAvailable: 2 }, 1],
    [{ minAvailable: 1 }, 0],
    [{ minAvailable: '51%' }, 1],
    [{ minAvailable: '50%' }, 0],
    [{ maxUnavailable: '1%' }, 0],
    [{}, 1],
  ])('a budget of %j of two pods gives %i findings', (spec, count) => {
    const selector = { matchLabels: { 'app.kubernetes.io/name': 'payment' } };
    expect(messagesOf(disruption, change(sound, budget, 'spec', { ...spec, selector }))).toHaveLength(count);
  });

  test('one pod needs no budget', () => {
    const files = change(sound, 'shop-payment/scaledobject-payment', 'spec.minReplicaCount', 1);
    expect(messagesOf(disruption, change(files, budget, 'spec.selector.matchLabels', { a: 'b' }))).toEqual([]);
  });
});

describe('quotas', () => {
  const quota = 'shop-payment/resourcequota-namespace';
  judges(quotas, [
    // 8 pods at most, and a quarter more while they are replaced; a proxy beside each.
    [
      'there is no room for all pods',
      quota,
      'spec.hard.pods',
      '8',
      'spec.hard.pods: must hold what its pods need at their most, 9, got "8"',
    ],
    [
      'there are too few processors',
      quota,
      'spec.hard.[requests.cpu]',
      '5',
      'requests.cpu: must hold what its pods need at their most, 5.4, got "5"',
    ],
    [
      'there is too little memory',
      quota,
      'spec.hard.[requests.memory]',
      '9Gi',
      'requests.memory: must hold what its pods need at their most, 10368Mi',
    ],
    [
      'proxies may take more memory than there is',
      quota,
      'spec.hard.[limits.memory]',
      '17Gi',
      'must hold what its pods need at their most, 18432Mi',
    ],
    [
      'a container may take more than its namespace lets one',
      'shop-payment/limitrange-namespace',
      'spec.limits.0.max.memory',
      '512Mi',
      `${deployment} spec.template.spec.containers[0].resources.limits.memory: must be "512Mi" at most, as LimitRange namespace says, got "1Gi"`,
    ],
    [
      'a container asks for less than its namespace lets one',
      'shop-payment/limitrange-namespace',
      'spec.limits.0.min.cpu',
      '1',
      'resources.requests.cpu: must be "1" at least, as LimitRange namespace says, got "500m"',
    ],
  ]);

  test('fails when there is no room for both versions of a release', () => {
    const files = change(sound, 'shop-order/resourcequota-namespace', 'spec.hard.pods', '19');
    expect(messagesOf(quotas, files)).toEqual([
      expect.stringContaining('spec.hard.pods: must hold what its pods need at their most, 20, got "19"'),
    ]);
  });

  test('a proxy that says what it asks for is counted so', () => {
    const files = change(sound, deployment, 'spec.template.metadata.annotations', {
      'sidecar.istio.io/proxyCPU': '50m',
    });
    expect(messagesOf(quotas, change(files, quota, 'spec.hard.[requests.cpu]', '5'))).toEqual([]);
  });

  test('a pod without a proxy is counted without', () => {
    const files = change(sound, deployment, 'spec.template.metadata.labels.[sidecar.istio.io/inject]', 'false');
    expect(messagesOf(quotas, change(files, quota, 'spec.hard.[limits.memory]', '9Gi'))).toEqual([]);
  });
});

describe('selectors', () => {
  judges(selectors, [
    [
      'a deployment finds other pods than it makes',
      deployment,
      'spec.selector.matchLabels',
      { 'app.kubernetes.io/name': 'refund' },
      `${deployment} spec.selector: must select the pods of spec.template, got {"matchLabels":{"app.kubernetes.io/name":"refund"}}`,
    ],
    [
      'a rollout finds every pod',
      rollout,
      'spec.selector',
      {},
      `${rollout} spec.selector: must select the pods of spec.template, got {}`,
    ],
    [
      'a service finds no pod',
      'shop-payment/service-payment',
      'spec.selector',
      { 'app.kubernetes.io/name': 'refund' },
      'shop-payment/service-payment spec.selector: must select pods of its namespace',
    ],
    [
      'a service sends to a port that its pods do not have',
      'shop-payment/service-payment',
      'spec.ports.0.targetPort',
      9090,
      'spec.ports[0].targetPort: must be a port of the pods, got 9090, which Deployment payment does not name',
    ],
    [
      'a budget is of no pod',
      budget,
      'spec.selector.matchLabels',
      { a: 'b' },
      'spec.selector: must select pods of shop-payment, got {"matchLabels":{"a":"b"}}',
    ],
    [
      'a policy of the network is of no pod',
      'shop-payment/networkpolicy-payment',
      'spec.podSelector.matchLabels',
      { a: 'b' },
      'spec.podSelector: must select pods of shop-payment',
    ],
    [
      'a policy of the mesh is of no pod',
      'shop-payment/authorizationpolicy-payment',
      'spec.selector.matchLabels',
      { a: 'b' },
      'spec.selector: must select pods of shop-payment',
    ],
  ]);

  test.each([
    ['In', ['payment', 'refund'], 0],
    ['In', ['refund'], 1],
    ['NotIn', ['payment'], 1],
    ['NotIn', ['refund'], 0],
    ['Exists', undefined, 0],
    ['DoesNotExist', undefined, 1],
    ['Near', undefined, 1],
  ])('an expression %s %j gives %i findings', (operator, values, count) => {
    const expression = { matchExpressions: [{ key: 'app.kubernetes.io/name', operator, values }] };
    expect(messagesOf(selectors, change(sound, budget, 'spec.selector', expression))).toHaveLength(count);
  });

  test('pods that Helm makes are seen by nobody', () => {
    const policy = change(sound, 'istio-system/networkpolicy-namespace-deny', 'spec.podSelector', {
      matchLabels: { app: 'istiod' },
    });
    expect(messagesOf(selectors, policy)).toEqual([]);
  });
});
