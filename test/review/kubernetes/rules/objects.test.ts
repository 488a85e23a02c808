import { identity } from '../../../../lib/review/kubernetes/rules/identity';
import { literalSecrets } from '../../../../lib/review/kubernetes/rules/literal-secrets';
import { namespaces } from '../../../../lib/review/kubernetes/rules/namespaces';
import { releases } from '../../../../lib/review/kubernetes/rules/releases';
import { change, judges, messagesOf } from '../fixtures';
import { registry, sound } from '../sound';

const deployment = 'shop-payment/deployment-payment';
const env = 'spec.template.spec.containers.0.env';
const external = 'shop-order/externalsecret-keys';
const long = 'x'.repeat(64);

describe('identity', () => {
  judges(identity, [
    [
      'a label is too long',
      deployment,
      'metadata.labels',
      { a: long },
      `metadata.labels.a: must be at most 63 letters, digits, -, _ and ., got "${long}"`,
    ],
    [
      'a label ends in a dot',
      deployment,
      'spec.template.metadata.labels.a',
      'b.',
      'spec.template.metadata.labels.a: must be at most 63',
    ],
    [
      'a key has a space',
      deployment,
      'metadata.annotations',
      { 'a b': '' },
      'metadata.annotations: must have keys of at most 63 letters, digits, -, _ and ., got "a b"',
    ],
    ['a key has two parts before', deployment, 'metadata.labels', { 'a/b/c': '' }, 'metadata.labels: must have keys'],
    [
      'annotations are a book',
      deployment,
      'metadata.annotations',
      { a: 'x'.repeat(256 * 1024) },
      'metadata.annotations: must be at most 262144 bytes, got 262145',
    ],
    [
      'a container has a dot in its name',
      deployment,
      'spec.template.spec.containers.0.name',
      'pay.ment',
      'containers[0].name: must be at most 63 lower-case',
    ],
    [
      'two containers have one name',
      deployment,
      'spec.template.spec.initContainers',
      [{ name: 'payment' }],
      'containers[0].name: must be one of its own, got payment twice',
    ],
  ]);

  test.each([
    ['metadata.name', 'Payment', 'must be lower-case letters, digits, hyphens and dots, got Payment'],
    ['metadata.name', 'payment2', 'must stand in aks-shop-production/shop-payment/deployment-payment2.yaml'],
    ['metadata.namespace', 'shop-pay', 'must be a namespace of this cluster, got shop-pay'],
  ])('fails when %s is %s', (path, value, message) => {
    expect(messagesOf(identity, change(sound, deployment, path, value))).toContainEqual(
      expect.stringContaining(message),
    );
  });

  test('fails when a service begins with a digit, which other objects may', () => {
    const at = 'shop-payment/service-payment';
    expect(messagesOf(identity, change(sound, at, 'metadata.name', '1payment'))).toContainEqual(
      expect.stringContaining('a letter first, got 1payment: rename it'),
    );
    expect(messagesOf(identity, change(sound, deployment, 'metadata.name', '1payment'))).toEqual([
      expect.stringContaining('must stand in'),
    ]);
  });
});

describe('namespaces', () => {
  const at = 'shop-order/namespace-shop-order';
  const label = 'metadata.labels.[pod-security.kubernetes.io/enforce]';
  judges(namespaces, [
    [
      'pods are not held to a standard',
      at,
      label,
      undefined,
      'metadata.labels.pod-security.kubernetes.io/enforce: must be restricted, got nothing',
    ],
    ['pods are held to less', at, label, 'baseline', 'must be restricted, got "baseline": label it'],
    [
      'there is no quota',
      'shop-order/resourcequota-namespace',
      'kind',
      'ConfigMap',
      `${at} : must have a ResourceQuota, got none`,
    ],
    ['there are no limits', 'shop-order/limitrange-namespace', 'kind', 'ConfigMap', 'must have a LimitRange, got none'],
    [
      'a system is held to nothing',
      'istio-system/namespace-istio-system',
      label,
      undefined,
      'must be restricted, baseline, privileged, got nothing',
    ],
  ]);
});

describe('releases', () => {
  const at = 'istio-system/release-istio-cni';
  judges(releases, [
    [
      'a version is a range',
      at,
      'spec.version',
      '^1.29.0',
      'spec.version: must be one version, such as 1.2.3, got "^1.29.0": pin it',
    ],
    [
      'there is no version',
      at,
      'spec.version',
      undefined,
      'spec.version: must be one version, such as 1.2.3, got nothing',
    ],
    [
      'charts come from nobody known',
      at,
      'spec.repository',
      'http://charts.example.com',
      'spec.repository: must begin with https:// or oci://',
    ],
    [
      'an image comes from elsewhere',
      at,
      'spec.values.image',
      'docker.io/istio',
      `spec.values.image: must name an image of ${registry}, got "docker.io/istio": copy it there`,
    ],
    [
      'an image comes from the registry of others',
      at,
      'spec.values.image',
      'acrother.azurecr.io/istio',
      'must name an image of',
    ],
    [
      'an image has a tag alone',
      at,
      'spec.values.image',
      `${registry}/copies/pilot:1.29.1`,
      'spec.values.image: must name its image by a digest (sha256: and 64 digits), got',
    ],
    [
      'an image in parts has a tag alone',
      at,
      'spec.values.proxy',
      { registry, repository: 'copies/proxy', tag: '1.29.1' },
      'spec.values.proxy: must name its image by a digest',
    ],
  ]);

  test('a digest may stand by itself', () => {
    const image = { repository: 'copies/proxy', digest: `sha256:${'0'.repeat(64)}` };
    expect(messagesOf(releases, change(sound, at, 'spec.values.proxy', image))).toEqual([]);
  });
});

describe('literal-secrets', () => {
  judges(literalSecrets, [
    [
      'a variable holds a password',
      deployment,
      `${env}.1`,
      { name: 'DATABASE_PASSWORD', value: 'hunter2' },
      `${deployment} spec.template.spec.containers[0].env[1].value: must not be a literal of DATABASE_PASSWORD, got one`,
    ],
    [
      'an address holds credentials',
      deployment,
      `${env}.1`,
      { name: 'DATABASE_URL', value: 'postgres://shop:hunter2@db.example.com' },
      'env[1].value: must not hold credentials in an address, got one',
    ],
    [
      'values of a chart hold a token',
      'istio-system/release-istio-cni',
      'spec.values.admin_token',
      'hunter2',
      'spec.values.admin_token: must not hold a literal, got one',
    ],
    [
      'a template holds a password',
      external,
      'spec.target',
      { template: { data: { config: 'user=a password=hunter2' } } },
      'spec.target.template.data.config: must not hold a password, got one',
    ],
  ]);

  test('a template that is filled in holds none', () => {
    const files = change(sound, external, 'spec.target', {
      template: { data: { config: 'password={{ .password }}' } },
    });
    expect(messagesOf(literalSecrets, files)).toEqual([]);
  });

  test('a value of a chart may name a secret that External Secrets makes beside it, and nowhere else', () => {
    const released = (namespace: string) => ({
      ...sound,
      [`${namespace}/release-app`]: {
        apiVersion: 'helm.sh/v3',
        kind: 'Release',
        metadata: { name: 'app', namespace },
        spec: { chart: 'app', values: { config: { secret: 'keys' } } },
      },
    });
    expect(messagesOf(literalSecrets, released('shop-order'))).toEqual([]);
    expect(messagesOf(literalSecrets, released('shop-payment'))).toEqual([
      expect.stringContaining('spec.values.config.secret: must not hold a literal'),
    ]);
  });
});
