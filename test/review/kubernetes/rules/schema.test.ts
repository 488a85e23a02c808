import { schema } from '../../../../lib/review/kubernetes/rules/schema';
import { change, judges, messagesOf } from '../fixtures';
import { sound } from '../sound';

const rollout = 'shop-order/rollout-order';
const deployment = 'shop-payment/deployment-payment';
const container = 'spec.template.spec.containers.0';
const route = 'shop-order/virtualservice-order';

describe('schema', () => {
  judges(schema, [
    [
      'a kind is of another version',
      'shop-payment/poddisruptionbudget-payment',
      'apiVersion',
      'policy/v1beta1',
      'kind: must be a known kind, got policy/v1beta1 PodDisruptionBudget: did you mean policy/v1 PodDisruptionBudget?',
    ],
    [
      'nobody knows a kind',
      'shop-payment/poddisruptionbudget-payment',
      'kind',
      'Quux',
      'kind: must be a known kind, got policy/v1 Quux: correct it, or add the kind and run npm run schema:kubernetes',
    ],
    [
      'a field is misspelt',
      deployment,
      `${container}.imag`,
      'x',
      `${deployment} spec.template.spec.containers[0].imag: is no field here: did you mean image?`,
    ],
    [
      'a field is of the metadata',
      deployment,
      'metadata.label',
      {},
      'metadata.label: is no field here: did you mean labels?',
    ],
    ['a field is told by the cluster', deployment, 'status', {}, 'status: is no field here'],
    [
      'a number is a text',
      deployment,
      'spec.replicas',
      'two',
      `${deployment} spec.replicas: must be a whole number, got "two": write one`,
    ],
    [
      'a number is a share',
      deployment,
      'spec.minReadySeconds',
      1.5,
      'spec.minReadySeconds: must be a whole number, got 1.5',
    ],
    ['a text is a number', deployment, `${container}.env.0.value`, 8080, 'env[0].value: must be a text, got 8080'],
    [
      'a switch is a text',
      deployment,
      'spec.template.spec.automountServiceAccountToken',
      'false',
      'must be true or false, got "false"',
    ],
    [
      'a list is one element',
      deployment,
      `${container}.env`,
      { name: 'A' },
      'env: must be a list, got {"name":"A"}: write a list',
    ],
    ['a map is a list', deployment, 'metadata.labels', [], 'metadata.labels: must be a map, got []: write a map'],
    [
      'an object is a text',
      deployment,
      'spec.template',
      'pod',
      'spec.template: must be an object, got "pod": write its fields',
    ],
    [
      'a field is lacking',
      deployment,
      'spec.selector',
      undefined,
      'spec.selector: must be given, got nothing: the cluster requires it',
    ],
    [
      'a name is lacking in a list',
      deployment,
      `${container}.name`,
      undefined,
      'spec.template.spec.containers[0].name: must be given',
    ],
    [
      'a word is none of those that there are',
      deployment,
      `${container}.imagePullPolicy`,
      'Sometimes',
      'imagePullPolicy: must be one of Always, IfNotPresent, Never, got "Sometimes": take one',
    ],
    [
      'an amount has a word for a unit',
      deployment,
      `${container}.resources.requests.cpu`,
      '1 core',
      'resources.requests.cpu: must be an amount such as 100m or 512Mi, got "1 core"',
    ],
    [
      'a pod of a custom kind has an unknown field',
      rollout,
      `${container}.imag`,
      'x',
      'containers[0].imag: is no field here',
    ],
    [
      'a custom kind has a word that there is not',
      'istio-system/peerauthentication-default',
      'spec.mtls.mode',
      'STRIKT',
      'spec.mtls.mode: must be one of UNSET, DISABLE, PERMISSIVE, STRICT, got "STRIKT": did you mean STRICT?',
    ],
    [
      'a custom kind takes another system than ours',
      'shop-order/secretstore-vault',
      'spec.provider.vault',
      {},
      'spec.provider.vault: is no field here',
    ],
    [
      'a field of a custom kind is of another type',
      'shop-payment/scaledobject-payment',
      'spec.maxReplicaCount',
      '8',
      'spec.maxReplicaCount: must be a number, got "8"',
    ],
    [
      'fields exclude each other',
      route,
      'spec.http.0.match',
      [{ uri: { exact: '/a', prefix: '/b' } }],
      'spec.http[0].match[0].uri: must have one of exact, prefix, regex, got exact and prefix: leave one',
    ],
  ]);

  test('takes a number or a name for a port', () => {
    const service = 'shop-payment/service-payment';
    for (const port of [8080, 'http']) {
      expect(messagesOf(schema, change(sound, service, 'spec.ports.0.targetPort', port))).toEqual([]);
    }
  });

  test('leaves what Helm reads to another rule', () => {
    expect(messagesOf(schema, change(sound, 'istio-system/release-istio-cni', 'spec.whatever', 1))).toEqual([]);
  });
});
