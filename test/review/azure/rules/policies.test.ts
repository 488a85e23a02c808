import { policies } from '../../../../lib/review/azure/rules/policies';
import { judges } from '../fixtures';

const restricted = '/providers/Microsoft.Authorization/policySetDefinitions/42b8ef37-b724-4e24-bbc8-7a7708edfe00';
const images = '/providers/Microsoft.Authorization/policyDefinitions/febd0533-8e55-448f-b837-bd0e06f16469';

const parameters = (given: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }])));

const assignment = 'azurerm_resource_group_policy_assignment';
const valid = {
  'azurerm_kubernetes_cluster.Cluster': {},
  'azurerm_resource_group.Group': {},
  [`${assignment}.Pods`]: {
    policy_definition_id: restricted,
    parameters: parameters({ effect: 'deny', excludedNamespaces: ['kube-system'], requiredDropCapabilities: ['ALL'] }),
  },
  'azurerm_resource_policy_assignment.Images': {
    policy_definition_id: images,
    enforce: true,
    parameters: parameters({ effect: 'Deny', allowedContainerImagesRegex: '^cr/.+$' }),
  },
};

const own = 'azurerm_resource_policy_assignment.Images';

describe('policies', () => {
  judges(policies, valid, [
    [
      'pods of a cluster are not restricted',
      `${assignment}.Pods`,
      undefined,
      /^azurerm_kubernetes_cluster\.Cluster: must have restricted pods by a policy, got none: assign .*42b8ef37/,
    ],
    [
      'a policy is not one of Azure’s',
      `${own}/policy_definition_id`,
      images.replace('febd0533', 'febd0534'),
      /policy_definition_id must be a policy of Azure .*: is it .*\/febd0533-/,
    ],
    ['nothing enforces a policy', `${own}/enforce`, false, /enforce must not be false/],
    [
      'a policy only looks on',
      `${own}/parameters`,
      parameters({ effect: 'audit', allowedContainerImagesRegex: '^cr/.+$' }),
      /effect must be "deny", got "audit"/,
    ],
    [
      'the effect is left to the default',
      `${own}/parameters`,
      parameters({ allowedContainerImagesRegex: '^cr/.+$' }),
      /effect must be "deny", got nothing/,
    ],
    [
      'a parameter without a default is left out',
      `${own}/parameters`,
      parameters({ effect: 'deny' }),
      /parameters must hold allowedContainerImagesRegex, got effect/,
    ],
    [
      'a parameter is misspelt',
      `${own}/parameters`,
      parameters({ effect: 'deny', allowedContainerImagesRegex: '^cr/.+$', excludedNamespace: [] }),
      /excludedNamespace is no parameter of this policy: did you mean excludedNamespaces\?/,
    ],
    [
      'a parameter is of another type',
      `${own}/parameters`,
      parameters({ effect: 'deny', allowedContainerImagesRegex: '^cr/.+$', excludedNamespaces: 'kube-system' }),
      /excludedNamespaces must be a list, got "kube-system"/,
    ],
    ['parameters are no JSON', `${own}/parameters`, '{', /parameters must be an object as JSON, got "\{"/],
  ]);
});
