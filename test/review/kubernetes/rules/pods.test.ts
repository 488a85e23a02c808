import { accounts } from '../../../../lib/review/kubernetes/rules/accounts';
import { images } from '../../../../lib/review/kubernetes/rules/images';
import { probes } from '../../../../lib/review/kubernetes/rules/probes';
import { resources } from '../../../../lib/review/kubernetes/rules/resources';
import { spread } from '../../../../lib/review/kubernetes/rules/spread';
import { change, judges, messagesOf } from '../fixtures';
import { registry, sound } from '../sound';

const deployment = 'shop-payment/deployment-payment';
const pod = 'spec.template.spec';
const container = `${pod}.containers.0`;
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('images', () => {
  judges(images, [
    [
      'an image has a tag',
      deployment,
      `${container}.image`,
      `${registry}/shop/payment:1.2.3`,
      `${deployment} spec.template.spec.containers[0].image: must be named by its digest (@sha256: and 64 digits), got "${registry}/shop/payment:1.2.3": a tag may be another image tomorrow`,
    ],
    [
      'an image lies elsewhere',
      deployment,
      `${container}.image`,
      `docker.io/library/nginx@${digest}`,
      `must come from ${registry}, got "docker.io/library/nginx@${digest}": copy it there`,
    ],
    [
      'an image lies in a registry whose name begins alike',
      deployment,
      `${container}.image`,
      `${registry}.example.com/shop@${digest}`,
      'must come from',
    ],
  ]);
});

describe('resources', () => {
  judges(resources, [
    [
      'no processors are asked for',
      deployment,
      `${container}.resources.requests.cpu`,
      undefined,
      'resources.requests.cpu: must be given',
    ],
    [
      'no memory is asked for',
      deployment,
      `${container}.resources.requests.memory`,
      undefined,
      'requests.memory: must be given',
    ],
    [
      'memory has no end',
      deployment,
      `${container}.resources.limits`,
      undefined,
      'limits.memory: must be given, got nothing',
    ],
    [
      'more is asked for than may be taken',
      deployment,
      `${container}.resources.requests.memory`,
      '1025Mi',
      'requests.memory: must be "1Gi" at most, as its limit, got "1025Mi"',
    ],
  ]);
});

describe('probes', () => {
  judges(probes, [
    [
      'nobody asks whether it lives',
      deployment,
      `${container}.livenessProbe`,
      undefined,
      'livenessProbe: must be given',
    ],
    [
      'nobody asks whether it can serve',
      deployment,
      `${container}.readinessProbe`,
      undefined,
      'readinessProbe: must be given',
    ],
    [
      'a probe asks a port that there is not',
      deployment,
      `${container}.startupProbe.httpGet.port`,
      8081,
      'startupProbe: must ask a port of the container, got 8081, of 8080',
    ],
    [
      'a pod is killed while it drains',
      deployment,
      `${pod}.terminationGracePeriodSeconds`,
      15,
      'terminationGracePeriodSeconds: must be more than the 15 seconds that payment waits before it stops, got 15',
    ],
    [
      'a pod is killed while a command of it drains',
      deployment,
      `${container}.lifecycle.preStop`,
      { exec: { command: ['sleep', '90'] } },
      'must be more than the 90 seconds',
    ],
  ]);

  test('a probe may name its port', () => {
    expect(messagesOf(probes, change(sound, deployment, `${container}.readinessProbe.httpGet.port`, 'http'))).toEqual(
      [],
    );
  });

  test('what ends by itself needs none', () => {
    const job = { ...sound[deployment], apiVersion: 'batch/v1', kind: 'Job' };
    const files = change({ ...sound, [deployment]: job }, deployment, `${container}.livenessProbe`, undefined);
    expect(messagesOf(probes, files)).toEqual([]);
  });
});

describe('spread', () => {
  judges(spread, [
    [
      'all pods may stand in one zone',
      deployment,
      `${pod}.topologySpreadConstraints.0.topologyKey`,
      'kubernetes.io/hostname',
      'must spread its own pods over topology.kubernetes.io/zone, got kubernetes.io/hostname, kubernetes.io/hostname',
    ],
    [
      'pods of others are spread',
      deployment,
      `${pod}.topologySpreadConstraints.1.labelSelector.matchLabels`,
      { 'app.kubernetes.io/name': 'order' },
      'must spread its own pods over kubernetes.io/hostname, got topology.kubernetes.io/zone',
    ],
  ]);

  test('fails when nothing is said of nodes', () => {
    expect(messagesOf(spread, change(sound, deployment, `${pod}.topologySpreadConstraints`, undefined))).toHaveLength(
      2,
    );
  });
});

describe('accounts', () => {
  judges(accounts, [
    [
      'pods run as the account of all',
      deployment,
      `${pod}.serviceAccountName`,
      undefined,
      'serviceAccountName: must be an account of its own, got default',
    ],
    [
      'pods run as an account that there is not',
      deployment,
      `${pod}.serviceAccountName`,
      'order',
      'serviceAccountName: must be a ServiceAccount of shop-payment, got order, of payment',
    ],
    [
      'pods have credentials that they do not need',
      deployment,
      `${pod}.automountServiceAccountToken`,
      true,
      'automountServiceAccountToken: must be false, since no role is given to its account, got true',
    ],
    [
      'an account has no identity on Azure',
      'shop-payment/serviceaccount-payment',
      'metadata.annotations',
      undefined,
      'must have an identity on Azure, since its pods ask for tokens, got payment without azure.workload.identity/client-id',
    ],
    [
      'a store logs in as nobody',
      'shop-order/secretstore-vault',
      'spec.provider.azurekv.serviceAccountRef.name',
      'vault',
      'spec.provider.azurekv.serviceAccountRef: must be a ServiceAccount of shop-order, got vault, of order',
    ],
  ]);

  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'payment', namespace: 'shop-payment' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'payment' },
    subjects: [{ kind: 'ServiceAccount', name: 'payment', namespace: 'shop-payment' }],
  };
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'payment', namespace: 'shop-payment' },
  };
  const bound = { ...sound, 'shop-payment/rolebinding-payment': binding, 'shop-payment/role-payment': role };

  describe('with a role', () => {
    judges(
      accounts,
      [
        [
          'a role is not there',
          'shop-payment/rolebinding-payment',
          'roleRef.name',
          'order',
          'roleRef: must name a Role that there is, got "order", of payment',
        ],
        [
          'a role is given to nobody',
          'shop-payment/rolebinding-payment',
          'subjects.0.name',
          'order',
          'subjects[0]: must be a ServiceAccount of shop-payment, got "order", of payment',
        ],
      ],
      bound,
    );

    test('pods may have credentials', () => {
      expect(messagesOf(accounts, change(bound, deployment, `${pod}.automountServiceAccountToken`, true))).toEqual([]);
    });
  });
});
