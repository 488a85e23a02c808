import { basePolicies } from '../../lib/kubernetes/base-policies';
import { meshFlavor } from '../../lib/kubernetes/mesh-flavor';
import { Namespace, namespaceLabels, podSecurityLabels } from '../../lib/kubernetes/namespace';
import { containerLimits, resourceQuota } from '../../lib/kubernetes/namespace-limits';
import { cpuQuantity, memoryQuantity } from '../../lib/kubernetes/quantity';
import { clusterOf, rendered } from '../support/kubernetes';

const context = clusterOf();
const group = { count: 3, capacity: { vcpu: 1, memoryGiB: 2 } };

describe('quantities', () => {
  test.each([
    [2, '2'],
    [0.25, '250m'],
    [1.1, '1100m'],
    [0.1 + 0.2, '300m'],
    [0, '0'],
  ])('%d processors are %s', (vcpu, text) => {
    expect(cpuQuantity(vcpu)).toBe(text);
  });

  test.each([
    [2, '2Gi'],
    [0.5, '512Mi'],
    [2.125, '2176Mi'],
    [0, '0Gi'],
  ])('%d GiB are %s', (gib, text) => {
    expect(memoryQuantity(gib)).toBe(text);
  });
});

describe('what a namespace may spend', () => {
  test('is what its pods ask for, with the proxy of the mesh beside each', () => {
    expect(resourceQuota({ groups: [group], inMesh: true })).toEqual({
      pods: '3',
      'requests.cpu': '3300m',
      'requests.memory': '6528Mi',
      'limits.memory': '7680Mi',
      persistentvolumeclaims: '0',
      'services.loadbalancers': '0',
      'services.nodeports': '0',
    });
  });

  test.each([
    ['outside of the mesh nothing for proxies', { inMesh: false }, { 'requests.cpu': '3', 'limits.memory': '6Gi' }],
    ['a balancer where one is meant', { balancers: 1 }, { 'services.loadbalancers': '1' }],
    [
      'every group of pods',
      { groups: [group, { count: 1, capacity: { vcpu: 0.25, memoryGiB: 0.5 } }] },
      { pods: '4', 'requests.cpu': '3650m' },
    ],
  ])('has %s', (_, change, expected) => {
    expect(resourceQuota({ groups: [group], inMesh: true, ...change })).toMatchObject(expected);
  });

  test('is never more than its largest container in one', () => {
    expect(containerLimits({ groups: [group], inMesh: true })).toMatchObject({ max: { memory: '2Gi' } });
    expect(
      containerLimits({ groups: [{ count: 1, capacity: { vcpu: 1, memoryGiB: 0.25 } }], inMesh: true }),
    ).toMatchObject({
      max: { memory: '512Mi' },
    });
  });

  test('has no upper bound of processors, which would refuse containers without a limit', () => {
    const limits = containerLimits({ groups: [group], inMesh: true });
    expect([limits.max, limits.default].map((each) => Object.keys(each))).toEqual([['memory'], ['memory']]);
  });
});

describe('policies of every namespace', () => {
  const policies = basePolicies(meshFlavor({ flavor: 'self-managed' }));

  test('let nothing through by themselves', () => {
    expect(policies['namespace-deny']).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('let names be asked for, of the cluster and of nobody else', () => {
    expect(policies['namespace-dns']?.egress).toEqual([
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
        ],
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 53, protocol: 'TCP' },
        ],
      },
    ]);
  });

  test.each([
    [{ flavor: 'self-managed' }, 'istio-system'],
    [{ flavor: 'aks-addon', revision: 'asm-1-29' }, 'aks-istio-system'],
  ] as const)('let proxies of %j reach their control plane in %s', (mesh, namespace) => {
    const [control] = basePolicies(meshFlavor(mesh))['namespace-mesh']?.egress ?? [];
    expect(control).toEqual({
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
          podSelector: { matchLabels: { app: 'istiod' } },
        },
      ],
      ports: [{ port: 15012, protocol: 'TCP' }],
    });
  });

  test('let nobody but Prometheus in, for the figures of proxies alone', () => {
    expect(policies['namespace-mesh']?.ingress).toEqual([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
          },
        ],
        ports: [{ port: 15020, protocol: 'TCP' }],
      },
    ]);
  });

  test('know nothing of the mesh outside of it', () => {
    expect(Object.keys(basePolicies(undefined))).toEqual(['namespace-deny', 'namespace-dns']);
  });

  test('begin all with the word that tells them from policies of services', () => {
    expect(Object.keys(policies).filter((name) => !name.startsWith('namespace-'))).toEqual([]);
  });
});

describe('labels of a namespace', () => {
  test('refuse, write down and warn of pods that touch their node, at the version of the cluster', () => {
    expect(podSecurityLabels('restricted', { version: '1.34' })).toEqual({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.34',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/audit-version': 'v1.34',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/warn-version': 'v1.34',
    });
  });

  test('tell how sensitive the data of a service is, and nothing of a system', () => {
    expect(namespaceLabels({ context, owner: 'order' })).toMatchObject({ 'data-class': 'confidential' });
    expect(namespaceLabels({ context, owner: 'keda' })).not.toHaveProperty('data-class');
  });

  test('ask for the mesh unless its pods stand outside', () => {
    expect(namespaceLabels({ context, owner: 'order' })).toMatchObject({ 'istio-injection': 'enabled' });
    expect(namespaceLabels({ context, owner: 'keda', inMesh: false })).not.toHaveProperty('istio-injection');
  });

  test('ask the add-on by its revision, and not by a label that it does not know', () => {
    const addon = { ...context, mesh: meshFlavor({ flavor: 'aks-addon', revision: 'asm-1-29' }) };
    const labels = namespaceLabels({ context: addon, owner: 'order' });
    expect(labels).toMatchObject({ 'istio.io/rev': 'asm-1-29' });
    expect(labels).not.toHaveProperty('istio-injection');
  });
});

describe('a namespace', () => {
  const kindsOf = async (args: object) => {
    const objects = await rendered((options) => {
      new Namespace('order', { context, namespace: 'retailflow-order', owner: 'order', ...args }, options);
    });
    return objects.all.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  };

  test('has a quota and limits where it says what it holds', async () => {
    expect(await kindsOf({ holds: [group], team: 'order' })).toEqual([
      'LimitRange namespace',
      'Namespace retailflow-order',
      'NetworkPolicy namespace-deny',
      'NetworkPolicy namespace-dns',
      'NetworkPolicy namespace-mesh',
      'ResourceQuota namespace',
    ]);
  });

  test('has neither where it does not, and nothing for the mesh outside of it', async () => {
    expect(await kindsOf({ inMesh: false })).toEqual([
      'Namespace retailflow-order',
      'NetworkPolicy namespace-deny',
      'NetworkPolicy namespace-dns',
    ]);
  });
});
