import { classed, foreign, kept, paths, tagged } from '../support/hardened-azure';
import type { Hardened } from '../support/mutations';

/** What keeps digests of ledgers. */
const ledger = /^data\/LedgerStore\//;

/** What RetailFlow on Azure has and RetailFlow has not: API Management, documents, search, records of its own domain. */
export const hardened: Readonly<Record<string, readonly Hardened[]>> = {
  azurerm_api_management_api: [{}, { path: 'protocols', weak: [['http', 'https']] }],
  azurerm_api_management_api_policy: [{}, { path: 'xml_content', weak: ['<policies />'] }],
  azurerm_api_management_diagnostic: [
    {},
    { path: 'log_client_ip' },
    { path: 'frontend_request.body_bytes', weak: [8192] },
    { path: 'backend_request.body_bytes', weak: [8192] },
  ],
  azurerm_api_management_named_value: [
    {},
    { path: 'value_from_key_vault.secret_id', weak: ['https://elsewhere.vault.azure.net/secrets/key'] },
  ],
  azurerm_api_management_policy: [{}, { path: 'xml_content', weak: ['<policies />'] }],
  azurerm_private_dns_a_record: [
    {},
    { path: 'records', weak: [['203.0.113.7']] },
    { path: 'zone_name', weak: [foreign] },
  ],
  azurerm_cosmosdb_account: [
    {},
    ...kept,
    ...tagged,
    ...classed,
    { path: 'key_vault_key_id', weak: [foreign] },
    { path: 'default_identity_type', weak: ['FirstPartyIdentity'] },
    { path: 'identity.identity_ids', weak: [[foreign]] },
    { path: 'minimal_tls_version', weak: ['Tls'] },
    { path: 'backup.type', weak: ['Periodic'] },
    { path: 'backup.tier', weak: ['Continuous7Days'] },
    { path: 'consistency_policy.consistency_level', weak: ['Eventual'] },
    { path: 'geo_location', weak: [[]] },
    { path: 'geo_location[*].zone_redundant' },
    ...paths(
      'access_key_metadata_writes_enabled',
      'automatic_failover_enabled',
      'local_authentication_disabled',
      'network_acl_bypass_for_azure_services',
      'public_network_access_enabled',
      'partition_merge_enabled',
    ),
  ],
  azurerm_cosmosdb_sql_database: [{}, ...kept, { path: 'account_name', weak: [foreign] }],
  azurerm_cosmosdb_sql_container: [
    {},
    ...kept,
    { path: 'partition_key_paths', weak: [['/id']] },
    { path: 'autoscale_settings.max_throughput', weak: [1000] },
    { path: 'database_name', weak: [foreign] },
  ],
  azurerm_cosmosdb_sql_role_assignment: [
    {},
    { path: 'principal_id', weak: ['11111111-1111-1111-1111-111111111111'] },
    { path: 'role_definition_id', weak: [foreign] },
    { path: 'scope', weak: ['${data/ShopDocuments/Account.id}'] },
  ],
  azurerm_search_service: [
    {},
    ...kept,
    ...tagged,
    ...classed,
    { path: 'sku', weak: ['free'] },
    { path: 'replica_count', weak: [1] },
    { path: 'partition_count', weak: [12] },
    { path: 'network_rule_bypass_option', weak: ['AzureServices'] },
    ...paths('local_authentication_enabled', 'public_network_access_enabled'),
  ],
  azurerm_dns_a_record: [{}, ...tagged, { path: 'target_resource_id', weak: [foreign] }],
  azurerm_dns_aaaa_record: [{}, ...tagged, { path: 'target_resource_id', weak: [foreign] }],
  azurerm_dns_cname_record: [{}, ...tagged, { path: 'record', weak: ['somebody.example.net'] }],
  azurerm_dns_txt_record: [{}, ...tagged, { path: 'name', weak: ['@'] }, { path: 'record', weak: [[]] }],
  azurerm_storage_container_immutability_policy: [
    { path: 'immutability_period_in_days', weak: [1], where: ledger },
    ...paths('locked', 'protected_append_writes_enabled', 'storage_container_resource_manager_id').map((each) => ({
      ...each,
      where: ledger,
    })),
  ],
  azurerm_subscription_policy_assignment: [
    {},
    ...paths('enforce', 'identity', 'location'),
    { path: 'overrides', weak: [[]] },
    { path: 'policy_definition_id', weak: [foreign] },
    { path: 'subscription_id', weak: [foreign] },
  ],
  azurerm_subscription_policy_exemption: [
    {},
    { path: 'description', weak: ['Not now.'] },
    { path: 'exemption_category', weak: ['Waiver'] },
    { path: 'policy_assignment_id', weak: [foreign] },
    { path: 'policy_definition_reference_ids', weak: [[]] },
    { path: 'subscription_id', weak: [foreign] },
  ],
  azapi_update_resource: [
    {},
    { path: 'resource_id', weak: [foreign] },
    { path: 'body.properties.keyVaultReferenceIdentity', weak: [foreign] },
  ],
};
