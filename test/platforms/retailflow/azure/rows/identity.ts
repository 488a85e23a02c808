import { about, none, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { like, noneOf, oneOf } from '../../../support/matchers';
import { one } from './facts';

const services = ['Analytics', 'Catalog', 'Notification', 'Order', 'Payment', 'User'] as const;
const functions = ['FeedAnalytics', 'FeedArchive'] as const;

const own: readonly Expectation[] = [...services, ...functions, 'Gateway', 'Migration', 'Observability', 'Scaler'].map(
  (name) =>
    one(`${name} has an identity of its own`, 'azurerm_user_assigned_identity', `foundation/Identities/${name}`, {
      name: `id-retailflow-production-${name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()}`,
    }),
);

const copier: readonly Expectation[] = [
  one(
    'what copies objects has an identity of its own',
    'azurerm_user_assigned_identity',
    'foundation/ObjectCopier/Identity',
    {
      name: 'id-retailflow-production-object-copier',
    },
  ),
  one(
    'what copies objects is one role of the primary, proved by its account',
    'azurerm_federated_identity_credential',
    'foundation/ObjectCopier/Primary',
    {
      audience: ['api://AzureADTokenExchange'],
      issuer: 'https://00000000-0000-0000-0000-000000000000.tokens.sts.global.api.aws',
      parent_id: reference('foundation/ObjectCopier/Identity', 'id'),
      subject: 'arn:aws:iam::111122223333:role/retailflow-production-object-copier',
    },
  ),
];

/** Roles that may do everything somewhere, or give themselves more. */
const mighty = [
  'Owner',
  'Contributor',
  'User Access Administrator',
  'Role Based Access Control Administrator',
  'Key Vault Contributor',
] as const;

export const identity: Row = {
  row: 'identity',
  expectations: [
    ...own,
    ...copier,
    ...about(
      // AKS asks for this role on the one vault, to reach it by private link. It reads no key and no secret.
      { type: 'azurerm_role_assignment', where: /^(?!cluster\/Cluster\/Identity\/ReachesTheVault$)/ },
      { 'nobody has a role that may do everything': { path: 'role_definition_name', is: noneOf(...mighty) } },
    ),
    ...about(
      // Azure looks the group of a database up before it backs the database up.
      { type: 'azurerm_role_assignment', where: /^(?!operations\/Backup\/DatabasesRead$)/ },
      {
        'every role is for one resource, and none for the subscription or a group of resources': {
          path: 'scope',
          is: like(/^\$\{(?!\w+\/Group\.)[^}]+\}(\/(secrets|keys|subnets|containers)\/[\w-]+)?$/),
        },
      },
    ),
    ...about(
      { type: 'azurerm_role_assignment' },
      {
        'every role says what it is given to': { path: 'principal_type', is: oneOf('ServicePrincipal', 'Group') },
        'roles are given to identities of the site, and to the administrators': {
          path: 'principal_id',
          is: like(
            /^(\$\{.+\.(principal_id|object_id|identity\..*principal_id)\}|00000000-0000-0000-0000-000000000000)$/,
          ),
        },
      },
    ),
    ...about(
      { type: 'azurerm_role_assignment', having: { principal_type: 'ServicePrincipal' } },
      {
        'roles do not wait until an identity that was just made is known everywhere': {
          path: 'skip_service_principal_aad_check',
          is: true,
        },
      },
    ),
    none({ type: 'azuread_*' }, 'no application with a password is made'),
  ],
};
