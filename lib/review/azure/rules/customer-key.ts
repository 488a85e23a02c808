import { shown } from '../../json';
import { referent } from '../references';
import { reporter, type Rule } from '../rule';
import { valueAt } from '../settings';
import { resourcesOf, type Resource, type Site } from '../stack';

const NAME = 'customer-key';
const report = reporter(NAME);

/** How a type is told the key that it encrypts with. */
interface Ways {
  /** Arguments that name the key: one of them is given. */
  readonly arguments: readonly string[];
  /** A resource beside it that names the key instead. @default - there is none */
  readonly resource?: { readonly type: string; readonly target: string };
}

/** Types that encrypt with a key of the customer. */
const types: Readonly<Record<string, Ways>> = {
  azurerm_app_configuration: { arguments: ['encryption.key_vault_key_identifier'] },
  azurerm_container_registry: { arguments: ['encryption.key_vault_key_id'] },
  azurerm_cosmosdb_account: { arguments: ['key_vault_key_id'] },
  azurerm_data_protection_backup_vault: {
    arguments: [],
    resource: {
      type: 'azurerm_data_protection_backup_vault_customer_managed_key',
      target: 'data_protection_backup_vault_id',
    },
  },
  azurerm_eventhub_namespace: {
    arguments: [],
    resource: { type: 'azurerm_eventhub_namespace_customer_managed_key', target: 'eventhub_namespace_id' },
  },
  azurerm_kubernetes_cluster: { arguments: ['disk_encryption_set_id'] },
  azurerm_managed_redis: { arguments: ['customer_managed_key.key_vault_key_id'] },
  azurerm_mssql_server: {
    arguments: ['transparent_data_encryption_key_vault_key_id'],
    resource: { type: 'azurerm_mssql_server_transparent_data_encryption', target: 'server_id' },
  },
  azurerm_postgresql_flexible_server: { arguments: ['customer_managed_key.key_vault_key_id'] },
  azurerm_servicebus_namespace: {
    arguments: ['customer_managed_key.key_vault_key_id'],
    resource: { type: 'azurerm_servicebus_namespace_customer_managed_key', target: 'namespace_id' },
  },
  azurerm_storage_account: {
    arguments: ['customer_managed_key.key_vault_key_id', 'customer_managed_key.managed_hsm_key_id'],
    resource: { type: 'azurerm_storage_account_customer_managed_key', target: 'storage_account_id' },
  },
  google_bigquery_dataset: { arguments: ['default_encryption_configuration.kms_key_name'] },
  google_bigquery_table: { arguments: ['encryption_configuration.kms_key_name'] },
  google_logging_project_bucket_config: { arguments: ['cmek_settings.kms_key_name'] },
  google_pubsub_topic: { arguments: ['kms_key_name'] },
};

/** Everything that holds data is encrypted with a key of the platform, where its type can. */
export const customerKey: Rule = {
  name: NAME,
  judge: ({ resources }, site) =>
    resources.flatMap((resource) => {
      const ways = Object.hasOwn(types, resource.type) ? types[resource.type] : undefined;
      if (ways === undefined || isTold(resource, ways) || hasCompanion(resource, ways, site)) return [];
      const allowed = [...ways.arguments, ...(ways.resource === undefined ? [] : [`a ${ways.resource.type}`])];
      const got = shown(
        ways.arguments.map((at) => valueAt(resource.arguments, at)).find((value) => value !== undefined),
      );
      return [report(resource, `must be encrypted with a key by ${allowed.join(' or ')}, got ${got}: name the key`)];
    }),
};

const isTold = ({ arguments: given }: Resource, ways: Ways): boolean =>
  ways.arguments.some((at) => {
    const value = valueAt(given, at);
    return typeof value === 'string' && value !== '';
  });

function hasCompanion(resource: Resource, { resource: companion }: Ways, site: Site): boolean {
  if (companion === undefined) return false;
  return site.stacks.some((stack) =>
    resourcesOf(stack, companion.type).some(
      ({ arguments: given }) => referent(given[companion.target], stack, site)?.resource === resource,
    ),
  );
}
