import { one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, like } from '../../../support/matchers';
import { subnet } from './facts';

const zeros = '00000000-0000-0000-0000-000000000000';
const itself = reference('cluster/Cluster/Cluster', 'id');
const nodes = reference('cluster/Cluster/Identity/Kubelet', 'id');

/** Roles of the cluster's own identities: each for one resource. */
const roles: readonly (readonly [
  name: string,
  sentence: string,
  role: string,
  on: string,
  who: 'ControlPlane' | 'Kubelet',
])[] = [
  ['JoinsCluster', 'puts nodes into their subnet', 'Network Contributor', subnet('Cluster'), 'ControlPlane'],
  ['JoinsApiServer', 'puts the API server into its subnet', 'Network Contributor', subnet('ApiServer'), 'ControlPlane'],
  ['JoinsBalancer', 'puts the balancer into its subnet', 'Network Contributor', subnet('Balancer'), 'ControlPlane'],
  [
    'WritesItsName',
    'writes its private name',
    'Private DNS Zone Contributor',
    reference('cluster/Cluster/Zone', 'id'),
    'ControlPlane',
  ],
  ['GivesNodesTheirIdentity', 'gives nodes their identity', 'Managed Identity Operator', nodes, 'ControlPlane'],
  [
    'WrapsSecrets',
    'encrypts secrets',
    'Key Vault Crypto User',
    `${reference('foundation/Keys/Vault', 'id')}/keys/cluster`,
    'ControlPlane',
  ],
  [
    'ReachesTheVault',
    'lets itself into the vault’s network',
    'Key Vault Contributor',
    reference('foundation/Keys/Vault', 'id'),
    'ControlPlane',
  ],
  ['PullsImages', 'pulls images', 'AcrPull', reference('foundation/Registry/Registry', 'id'), 'Kubelet'],
];

const identities: readonly Expectation[] = [
  ...roles.map(([name, sentence, role, on, who]) =>
    one(`the cluster ${sentence}`, 'azurerm_role_assignment', `cluster/Cluster/Identity/${name}`, {
      role_definition_name: role,
      scope: on,
      principal_id: reference(`cluster/Cluster/Identity/${who}`, 'principal_id'),
    }),
  ),
  {
    name: 'the cluster may do nothing else',
    type: 'azurerm_role_assignment',
    where: /^cluster\/Cluster\/Identity\//,
    count: roles.length,
  },
  ...(
    [
      ['Administers', 'Azure Kubernetes Service RBAC Cluster Admin'],
      ['FindsTheCluster', 'Azure Kubernetes Service Cluster User Role'],
    ] as const
  ).map(([name, role]) =>
    one(
      `the administrators of the platform have the role ${role}`,
      'azurerm_role_assignment',
      `cluster/Cluster/${name}`,
      {
        role_definition_name: role,
        scope: itself,
        principal_id: zeros,
        principal_type: 'Group',
      },
    ),
  ),
  ...(
    [
      ['ControlPlane', 'cluster'],
      ['Kubelet', 'nodes'],
    ] as const
  ).map(([name, word]) =>
    one(`the cluster has its identity ${name}`, 'azurerm_user_assigned_identity', `cluster/Cluster/Identity/${name}`, {
      name: `id-retailflow-production-${word}`,
    }),
  ),
];

/** Namespace and account that act as an identity: a system's where its chart puts it, anybody else's own. */
const accountOf = (name: string): string =>
  ({
    FlagRollout: 'retailflow-flag-rollout:flag-rollout',
    Observability: 'observability:observability',
    Scaler: 'keda:keda-operator',
  })[name] ?? `retailflow-${name.toLowerCase()}:${name.toLowerCase()}`;

/** Service accounts that log in to Azure as the identity of their service. */
const federation: readonly Expectation[] = [
  'Analytics',
  'Catalog',
  'FlagRollout',
  'Gateway',
  'Keeper',
  'Migration',
  'Notification',
  'Observability',
  'Order',
  'Payment',
  'Scaler',
  'User',
].map((name) =>
  one(
    `the service account of ${name} is ${name}, and no other is`,
    'azurerm_federated_identity_credential',
    `cluster/Federation/${name}`,
    {
      audience: ['api://AzureADTokenExchange'],
      // Entra takes one at a time.
      'depends_on.0': name === 'Analytics' ? absent : like(/^azurerm_federated_identity_credential\./),
      issuer: reference('cluster/Cluster/Cluster', 'oidc_issuer_url'),
      parent_id: reference(`foundation/Identities/${name}`, 'id'),
      subject: `system:serviceaccount:${accountOf(name)}`,
    },
  ),
);

export const clusterIdentity: Row = {
  row: 'cluster: identities',
  expectations: [
    ...identities,
    ...federation,
    {
      name: 'no other service account is known to Azure',
      where: /^cluster\//,
      type: 'azurerm_federated_identity_credential',
      count: federation.length,
    },
  ],
};
