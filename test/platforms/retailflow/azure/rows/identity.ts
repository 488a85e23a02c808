import { about, none, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { like, noneOf, oneOf } from '../../../support/matchers';

const services = ['Analytics', 'Catalog', 'Notification', 'Order', 'Payment', 'User'] as const;
const functions = ['FeedAnalytics', 'FeedArchive'] as const;

const own: readonly Expectation[] = [
  ...services,
  ...functions,
  'FlagRollout',
  'Gateway',
  'Keeper',
  'Migration',
  'Observability',
  'Scaler',
].map((name) =>
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

const importer: readonly Expectation[] = [
  one(
    'pipelines that have images imported have an identity of their own',
    'azurerm_user_assigned_identity',
    'foundation/ImageImporter/Pipeline/Identity',
    { name: 'id-retailflow-production-image-importer' },
  ),
  one(
    'pipelines of this repository and stage alone take it, as they take the roles of the primary',
    'azurerm_federated_identity_credential',
    'foundation/ImageImporter/Pipeline/Github',
    {
      audience: ['api://AzureADTokenExchange'],
      issuer: 'https://token.actions.githubusercontent.com',
      parent_id: reference('foundation/ImageImporter/Pipeline/Identity', 'id'),
      subject: 'repo:example/retailflow:environment:production',
    },
  ),
  one('pipelines have images imported', 'azurerm_role_assignment', 'foundation/ImageImporter/Imports', {
    principal_id: reference('foundation/ImageImporter/Pipeline/Identity', 'principal_id'),
    role_definition_name: 'Container Registry Data Importer and Data Reader',
    scope: reference('foundation/Registry/Registry', 'id'),
  }),
  ...about(
    {
      type: 'azurerm_role_assignment',
      having: { principal_id: reference('foundation/ImageImporter/Pipeline/Identity', 'principal_id') },
      count: 1,
    },
    {
      'pipelines have no other role': {
        path: 'role_definition_name',
        is: 'Container Registry Data Importer and Data Reader',
      },
    },
  ),
  ...about(
    { type: 'azurerm_role_assignment' },
    {
      'nobody uploads, signs or removes images from outside the registry': {
        path: 'role_definition_name',
        is: noneOf('AcrPush', 'AcrDelete', 'AcrImageSigner', 'Container Registry Repository Writer'),
      },
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
    ...importer,
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
