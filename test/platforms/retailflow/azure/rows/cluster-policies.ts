import { about, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { like, type Matcher } from '../../../support/matchers';
import { subscription } from './facts';

const stack = 'cluster';
const type = 'azurerm_resource_group_policy_assignment';
const policy = (id: string): string => `/providers/Microsoft.Authorization/policyDefinitions/${id}`;

/** What the cluster refuses, and by which of Azure's policies. */
const refused: Readonly<Record<string, readonly [sentence: string, id: string, parameters?: Matcher]>> = {
  RestrictedPods: [
    'pods with privileges or of root are refused',
    '/providers/Microsoft.Authorization/policySetDefinitions/42b8ef37-b724-4e24-bbc8-7a7708edfe00',
    like(/"allowedCapabilities":\{"value":\["NET_BIND_SERVICE"\]\},"requiredDropCapabilities":\{"value":\["ALL"\]\}/),
  ],
  OwnImages: [
    'images from elsewhere are refused',
    policy('febd0533-8e55-448f-b837-bd0e06f16469'),
    like(
      /"value":\["kube-system","gatekeeper-system","azure-arc","aks-istio-system"\]\},"allowedContainerImagesRegex":\{"value":"\^crretailflowproduction\w{6}\\\\\.azurecr\\\\\.io\/\.\+\$"\}/,
    ),
  ],
  ReadOnlyRoot: ['containers that write to their image are refused', policy('df49d893-a74c-421d-bc95-c663042e5b80')],
  NoAccountTokens: ['pods with credentials of the cluster are refused', policy('423dd1ba-798e-40e4-9c4d-b6902674b423')],
  HttpsOnly: ['ingresses without TLS are refused', policy('1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d')],
  InternalBalancers: ['public balancers are refused', policy('3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e')],
  NoDefaultNamespace: [
    'pods in the default namespace are refused',
    policy('9f061a12-e40d-4183-a00e-171812443373'),
    like(/"namespaces":\{"value":\["default"\]\}/),
  ],
};

const assigned: readonly Expectation[] = Object.entries(refused).map(([id, [sentence, definition, parameters]]) =>
  one(`${sentence} by the cluster`, type, `cluster/Policy/${id}`, {
    policy_definition_id: definition,
    ...(parameters === undefined ? {} : { parameters }),
  }),
);

export const clusterPolicies: Row = {
  row: 'cluster: policies',
  expectations: [
    ...assigned,
    ...about(
      { stack, type, count: assigned.length },
      {
        'policies refuse, and do not only report': { path: 'parameters', is: like(/"effect":\{"value":"deny"\}/) },
        'policies are enforced': { path: 'enforce', is: true },
        'policies are for the group of the cluster': {
          path: 'resource_group_id',
          is: `${subscription}/resourceGroups/\${cluster/Group.name}`,
        },
        'policies leave out namespaces of systems alone': {
          path: 'parameters',
          is: like(/"excludedNamespaces":\{"value":\["kube-system",("(?!retailflow|default)[a-z-]+",?)+\]\}/),
        },
        'policies say what they want': { path: 'non_compliance_message[*].content', is: like(/\.$/) },
      },
    ),
    {
      name: 'the cluster reads the policies that are assigned',
      stack,
      type: 'azurerm_kubernetes_cluster',
      path: 'azure_policy_enabled',
      is: true,
    },
  ],
};
