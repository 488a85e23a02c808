import { about, one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { exactly } from '../../support/matchers';
import { key } from './facts';

const account = 'data/ShopDocuments/Account';

/** What everything of the platform is tagged with. */
export const tags = { owner: 'platform', 'cost-centre': 'commerce', platform: 'retailflow-azure', stage: 'production' };

/** What documents are spread by, and how much may be asked of them at once. */
const collections = {
  Customers: ['/customerId', 4000],
  Orders: ['/customerId', 4000],
  Products: ['/productId', 10_000],
} as const;

/** How documents are held, beside where they lie. */
export const documents: Row = {
  row: 'documents',
  expectations: [
    one(
      'documents say whose they are, and are closed to keys and to Azure at large',
      'azurerm_cosmosdb_account',
      account,
      {
        tags: { ...tags, 'data-class': 'confidential' },
        key_vault_key_id: key('Database'),
        default_identity_type: `UserAssignedIdentity=${reference('foundation/Keys/Identity', 'id')}`,
        'identity.identity_ids': exactly(reference('foundation/Keys/Identity', 'id')),
        access_key_metadata_writes_enabled: false,
        network_acl_bypass_for_azure_services: false,
        partition_merge_enabled: true,
      },
    ),
    one(
      'documents are in one database, which Terraform does not drop',
      'azurerm_cosmosdb_sql_database',
      'data/ShopDocuments/Database',
      {
        account_name: reference(account, 'name'),
        'lifecycle.prevent_destroy': true,
      },
    ),
    ...about(
      { stack: 'data', type: 'azurerm_cosmosdb_sql_container', count: 3 },
      {
        'collections are in the database of the shop': {
          path: 'database_name',
          is: reference('data/ShopDocuments/Database', 'name'),
        },
        'Terraform drops no collection': { path: 'lifecycle.prevent_destroy', is: true },
      },
    ),
    ...Object.entries(collections).map(([id, [path, throughput]]) =>
      one(
        `${id} are spread by ${path}, and grow with what is asked`,
        'azurerm_cosmosdb_sql_container',
        `data/ShopDocuments/${id}Collection`,
        {
          partition_key_paths: exactly(path),
          'autoscale_settings.max_throughput': throughput,
        },
      ),
    ),
    ...about(
      { stack: 'data', type: 'azurerm_cosmosdb_sql_role_assignment', count: 4 },
      {
        'rights are for documents of the shop, and for no others': {
          path: 'scope',
          is: `${reference(account, 'id')}/dbs/${reference('data/ShopDocuments/Database', 'name')}`,
        },
      },
    ),
    one(
      'search says whose it is, and lets nobody around its network',
      'azurerm_search_service',
      'data/ProductsSearch/Search',
      {
        tags: { ...tags, 'data-class': 'internal' },
        network_rule_bypass_option: 'None',
        partition_count: 1,
      },
    ),
    one(
      'payment reads its secrets by its own identity',
      'azapi_update_resource',
      'cluster/PaymentFunction/ReadsSecrets',
      {
        resource_id: reference('cluster/PaymentFunction/App', 'id'),
        'body.properties.keyVaultReferenceIdentity': reference('foundation/Identities/Payment', 'id'),
      },
    ),
  ],
};
