import { policies } from '../../../../lib/review/azure/rules/policies';
import { judges } from '../fixtures';

const restricted = '/providers/Microsoft.Authorization/policySetDefinitions/42b8ef37-b724-4e24-bbc8-7a7708edfe00';
const images = '/providers/Microsoft.Authorization/policyDefinitions/febd0533-8e55-448f-b837-bd0e06f16469';

const parameters = (given: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }])));

const assignment = 'azurerm_resource_group_policy_assignment';
const deploying = [
  '2835b622-407b-4114-9198-6f7064cbe0dc',
  '331e8ea8-378a-410f-a2e5-ae22f38bb0da',
  'a9b99dd8-06c5-4317-8629-9d86a3c6e7d9',
];

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
  'azurerm_subscription_policy_assignment.PciDss': {
    policy_definition_id:
      '/providers/Microsoft.Authorization/policySetDefinitions/a06d5deb-24aa-4991-9d58-fa7563154e31',
    enforce: true,
    overrides: [
      {
        value: 'Disabled',
        selectors: [
          {
            in: deploying,
          },
        ],
      },
    ],
  },
};

const own = 'azurerm_resource_policy_assignment.Images';
const standard = 'azurerm_subscription_policy_assignment.PciDss';

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
    ['nothing is written down of a standard', `${standard}/enforce`, false, /enforce must not be false/],
    [
      'a standard makes what it misses',
      `${standard}/overrides/0/selectors/0/in`,
      deploying.slice(1),
      /overrides must turn off 2835b622-[^,]*, got them on/,
    ],
    [
      'a rule that makes something has another effect',
      `${standard}/overrides/0/value`,
      'DeployIfNotExists',
      new RegExp(`overrides must turn off ${deploying.join(', ')}, got them on`),
    ],
    [
      'a rule of a standard is off without a reason',
      `${standard}/overrides/0/selectors/0/in`,
      [...deploying, '4fa4b6c0-31ca-4c0d-b10d-24b96f62a751'],
      /overrides must leave 4fa4b6c0-[^,]* on, got them off: exempt them/,
    ],
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
