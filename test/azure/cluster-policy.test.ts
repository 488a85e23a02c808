import { clusterPolicies, ClusterPolicy } from '../../lib/azure/cluster-policy';
import { kubernetesNamespace } from '../../lib/platform/names';
import { systemNamespaces } from '../../lib/platform/system-namespaces';
import { ofType, place, testStack } from '../support/azure';
import { resolved, retailflowWith } from '../support/platform';

const host = 'crshop.azurecr.io';
const own = { registryHost: host, mesh: { flavor: 'self-managed' } } as const;
const policies = clusterPolicies(own);

describe('what the cluster refuses', () => {
  test('is refused, and not only written down', () => {
    expect(Object.keys(policies)).toHaveLength(7);
    for (const { parameters } of Object.values(policies)) expect(parameters['effect']).toBe('deny');
  });

  test('is refused everywhere but in the namespaces of systems', () => {
    for (const [name, { parameters }] of Object.entries(policies)) {
      if (name === 'OwnImages') continue;
      expect(parameters['excludedNamespaces']).toEqual(Object.keys(systemNamespaces));
    }
    const platform = resolved(retailflowWith({}));
    for (const word of [...Object.keys(platform.services), 'gateway', 'migration']) {
      expect(Object.keys(systemNamespaces)).not.toContain(kubernetesNamespace(platform, word));
    }
  });

  test('is every capability but one, and every privilege', () => {
    expect(policies['RestrictedPods']).toMatchObject({
      definitionId: '/providers/Microsoft.Authorization/policySetDefinitions/42b8ef37-b724-4e24-bbc8-7a7708edfe00',
      parameters: { allowedCapabilities: ['NET_BIND_SERVICE'], requiredDropCapabilities: ['ALL'] },
    });
  });

  test.each([
    ['crshop.azurecr.io/shop-production/order@sha256:1', true],
    ['crshopXazurecr.io/shop-production/order@sha256:1', false],
    ['docker.io/crshop.azurecr.io/order', false],
    ['crshop.azurecr.io', false],
    ['order', false],
  ])('is the image %s: %p is let in', (image, letIn) => {
    const pattern = String(policies['OwnImages']?.parameters['allowedContainerImagesRegex']);
    expect(new RegExp(pattern).test(image)).toBe(letIn);
  });

  test('is an image from elsewhere in every namespace but those of Azure', () => {
    expect(policies['OwnImages']?.parameters['excludedNamespaces']).toEqual([
      'kube-system',
      'gatekeeper-system',
      'azure-arc',
      'aks-istio-system',
    ]);
  });

  test.each([
    ['self-managed', false],
    ['aks-addon', true],
  ] as const)('lets Azure’s own proxy in beside pods where the mesh is %s: %p', (flavor, letIn) => {
    const { OwnImages } = clusterPolicies({ registryHost: host, mesh: { flavor } });
    const pattern = new RegExp(String(OwnImages?.parameters['allowedContainerImagesRegex']));
    expect(pattern.test('mcr.microsoft.com/oss/istio/proxyv2:1.29')).toBe(letIn);
    expect(pattern.test('mcr.microsoft.com/oss/v2/istio/proxyv2:1.29')).toBe(letIn);
    expect(pattern.test('mcr.microsoft.com/oss/kubernetes/pause:3.6')).toBe(false);
    expect(pattern.test(`${host}/shop/order@sha256:1`)).toBe(true);
  });

  test('has a reason wherever it is not refused', () => {
    for (const { reason } of Object.values(systemNamespaces)) expect(reason.length).toBeGreaterThan(40);
  });
});

test('policies are assigned to the resource group of the cluster, and say what they want', () => {
  const stack = testStack();
  new ClusterPolicy(stack, 'Policy', { place, ...own });
  const assigned = ofType(stack, 'azurerm_resource_group_policy_assignment');
  expect(assigned.map(({ name }) => name)).toEqual([
    'https-only',
    'internal-balancers',
    'no-account-tokens',
    'no-default-namespace',
    'own-images',
    'read-only-root',
    'restricted-pods',
  ]);
  for (const each of assigned) {
    expect(each).toMatchObject({
      resource_group_id: `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroupName}`,
      enforce: true,
      non_compliance_message: [{ content: expect.stringMatching(/^(An?|Nothing) .*\.$/) }],
    });
  }
  const [https] = assigned;
  expect(JSON.parse(String(https?.['parameters']))).toEqual({
    effect: { value: 'deny' },
    excludedNamespaces: { value: Object.keys(systemNamespaces) },
  });
});
