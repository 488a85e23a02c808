import { textOf, type JsonObject } from '../json';
import { kindOf, type Resource } from './stack';

/** A type that holds data: something that the stacks cannot make again. */
export interface StatefulType {
  /** What would be lost, as the rest of a sentence that begins "this loses …". */
  readonly loses: string;
  /**
   * Argument that names what it stands in, whose lock keeps it, too. `none`: a lock of Azure does not reach it, because it
   * is not Azure's Resource Manager that holds it. @default - a lock of its own
   */
  readonly lockedWith?: string;
  /** Which of its resources hold none, because another resource does. @default - all hold data */
  readonly holdsNone?: (given: JsonObject) => boolean;
}

/**
 * A replica beside its source can be made again from it. One whose source stands in another stack is there for when that is lost,
 * and may have become the source since.
 */
const isReplica = ({ create_mode: mode, source_server_id: source }: JsonObject): boolean =>
  mode === 'Replica' && !(textOf(source) ?? '').includes('terraform_remote_state');

/** A replica of a Hyperscale database reads the pages of its source and has none of its own. */
const isNamedReplica = ({ create_mode: mode, secondary_type: type }: JsonObject): boolean =>
  mode === 'Secondary' && type === 'Named';

const key: StatefulType = { loses: 'everything that is encrypted with the key', lockedWith: 'none' };

/**
 * The types that hold data. Not among them, for what they hold is in the stacks or can be had again: topics' rules, roles,
 * identities, clusters, private DNS zones, Application Insights (its workspace holds the events).
 */
export const statefulTypes: Readonly<Record<string, StatefulType>> = {
  'Microsoft.KeyVault/vaults/keys': key,
  azurerm_app_configuration: { loses: 'the flags, as people have turned them' },
  azurerm_container_registry: { loses: 'the images, those of a rollback among them' },
  azurerm_cosmosdb_account: { loses: 'the databases' },
  azurerm_cosmosdb_sql_container: { loses: 'the documents' },
  azurerm_cosmosdb_sql_database: { loses: 'the collections with their documents' },
  azurerm_dashboard_grafana: { loses: 'what people made in the workspace' },
  azurerm_data_protection_backup_vault: { loses: 'the vault that recovery points are in' },
  azurerm_dns_zone: { loses: 'the zone, and with its name servers every name in it' },
  azurerm_eventhub_namespace: { loses: 'the events that consumers have not read' },
  azurerm_key_vault: { loses: 'the keys and secrets, and with them everything that they open' },
  azurerm_key_vault_key: key,
  azurerm_log_analytics_workspace: { loses: 'the logs, which incidents and audits need' },
  azurerm_managed_disk: { loses: 'the content of the disk' },
  azurerm_managed_redis: { loses: 'the content of the cache, sessions among it' },
  azurerm_monitor_workspace: { loses: 'all metrics of the workspace' },
  azurerm_mssql_database: { loses: 'the database', lockedWith: 'server_id', holdsNone: isNamedReplica },
  azurerm_mssql_server: { loses: 'the databases, and the backups that are kept with them' },
  azurerm_postgresql_flexible_server: { loses: 'the database', holdsNone: isReplica },
  azurerm_postgresql_flexible_server_database: { loses: 'the database', lockedWith: 'server_id' },
  azurerm_recovery_services_vault: { loses: 'the vault that recovery points are in' },
  azurerm_search_service: { loses: 'the indexes' },
  azurerm_servicebus_namespace: { loses: 'the messages that nobody has received' },
  azurerm_servicebus_queue: { loses: 'the messages that nobody has received', lockedWith: 'namespace_id' },
  azurerm_servicebus_subscription: { loses: 'the messages that nobody has received', lockedWith: 'topic_id' },
  azurerm_servicebus_topic: { loses: 'the subscriptions with their messages', lockedWith: 'namespace_id' },
  azurerm_storage_account: { loses: 'the objects' },
  azurerm_storage_container: { loses: 'the objects', lockedWith: 'storage_account_id' },
  google_bigquery_dataset: { loses: 'the tables of the warehouse', lockedWith: 'none' },
  google_bigquery_table: { loses: 'the rows', lockedWith: 'none' },
  google_kms_crypto_key: key,
  google_kms_key_ring: { loses: 'the name of the ring, which cannot be had again', lockedWith: 'none' },
  google_logging_project_bucket_config: { loses: 'the audits', lockedWith: 'none' },
  google_pubsub_subscription: {
    loses: 'the events that are in no table yet, dead letters among them',
    lockedWith: 'none',
  },
  google_pubsub_topic: { loses: 'the events of the last days, which could be written again', lockedWith: 'none' },
};

/** What a resource holds, if it holds data. */
export function statefulType(resource: Resource): StatefulType | undefined {
  const kind = kindOf(resource);
  const entry = Object.hasOwn(statefulTypes, kind) ? statefulTypes[kind] : undefined;
  return entry?.holdsNone?.(resource.arguments) === true ? undefined : entry;
}
