import type { Row, Rows } from '../capability';
import { azureRows } from './azure-rows';

/** What stands for nothing by itself on a primary on Azure, by the reason. */
const NONE: Readonly<Record<string, readonly string[]>> = {
  'stands with the part that it belongs to': [
    'Microsoft.Communication/communicationServices',
    'Microsoft.EventGrid/systemTopics/eventSubscriptions',
    'Microsoft.KeyVault/vaults/secrets',
    'azapi_update_resource',
    'azurerm_app_configuration_feature',
    'azurerm_app_configuration_key',
    'azurerm_cdn_frontdoor_custom_domain',
    'azurerm_cdn_frontdoor_endpoint',
    'azurerm_cdn_frontdoor_firewall_policy',
    'azurerm_cdn_frontdoor_origin',
    'azurerm_cdn_frontdoor_origin_group',
    'azurerm_cdn_frontdoor_profile',
    'azurerm_cdn_frontdoor_route',
    'azurerm_cdn_frontdoor_rule',
    'azurerm_cdn_frontdoor_rule_set',
    'azurerm_consumption_budget_resource_group',
    'azurerm_dashboard_grafana_managed_private_endpoint',
    'azurerm_data_protection_backup_instance_blob_storage',
    'azurerm_data_protection_backup_instance_postgresql_flexible_server',
    'azurerm_data_protection_backup_policy_blob_storage',
    'azurerm_data_protection_backup_policy_postgresql_flexible_server',
    'azurerm_data_protection_backup_vault_customer_managed_key',
    'azurerm_dns_a_record',
    'azurerm_dns_aaaa_record',
    'azurerm_dns_cname_record',
    'azurerm_dns_txt_record',
    'azurerm_email_communication_service',
    'azurerm_email_communication_service_domain_sender_username',
    'azurerm_eventgrid_system_topic',
    'azurerm_management_lock',
    'azurerm_monitor_autoscale_setting',
    'azurerm_nat_gateway_public_ip_association',
    'azurerm_postgresql_flexible_server',
    'azurerm_postgresql_flexible_server_active_directory_administrator',
    'azurerm_postgresql_flexible_server_configuration',
    'azurerm_postgresql_flexible_server_virtual_endpoint',
    'azurerm_security_center_contact',
    'azurerm_servicebus_namespace',
    'azurerm_servicebus_subscription_rule',
    'azurerm_storage_account',
    'azurerm_storage_container_immutability_policy',
    'azurerm_storage_management_policy',
    'azurerm_storage_object_replication',
    'azurerm_subnet_nat_gateway_association',
    'azurerm_web_application_firewall_policy',
    'terraform_data',
  ],
  'carries other parts, each of which is compared': [
    'azurerm_kubernetes_cluster',
    'azurerm_kubernetes_cluster_node_pool',
    'azurerm_kubernetes_fleet_manager',
    'azurerm_kubernetes_fleet_member',
    'azurerm_kubernetes_fleet_update_strategy',
    'azurerm_network_security_group',
    'azurerm_network_security_rule',
    'azurerm_private_endpoint',
    'azurerm_private_dns_zone',
    'azurerm_private_dns_zone_virtual_network_link',
    'azurerm_public_ip',
    'azurerm_resource_group',
    'azurerm_resource_group_policy_assignment',
    'azurerm_subnet',
    'azurerm_subnet_network_security_group_association',
    'azurerm_virtual_network',
    'azurerm_virtual_network_peering',
  ],
  'says who may do what in its own region': [
    'azurerm_federated_identity_credential',
    'azurerm_key_vault',
    'azurerm_managed_redis_access_policy_assignment',
    'azurerm_role_assignment',
    'azurerm_role_definition',
    'azurerm_user_assigned_identity',
  ],
  'watches what is in its own region, by its own measures': [
    'azurerm_application_insights',
    'azurerm_application_insights_standard_web_test',
    'azurerm_log_analytics_workspace',
    'azurerm_log_analytics_workspace_table',
    'azurerm_monitor_activity_log_alert',
    'azurerm_monitor_alert_prometheus_rule_group',
    'azurerm_monitor_data_collection_endpoint',
    'azurerm_monitor_data_collection_rule',
    'azurerm_monitor_data_collection_rule_association',
    'azurerm_monitor_diagnostic_setting',
    'azurerm_monitor_metric_alert',
    'azurerm_monitor_private_link_scope',
    'azurerm_monitor_private_link_scoped_service',
    'azurerm_monitor_scheduled_query_rules_alert_v2',
    'azurerm_monitor_workspace',
  ],
};

/** What belongs to Google Cloud: a region of Azure that is lost takes nothing of it along. */
const ELSEWHERE = /^google_/;

const none: readonly Row[] = [{}];

/** Adds that a thing of a type may be none of its own to whatever else it shows. */
const known = (types: readonly string[]): Rows =>
  Object.fromEntries(types.map((type) => [type, [...(azureRows[type] ?? []), ...none]]));

/**
 * Every type that a primary on Azure may hold. One that is missing here is refused, so that nothing new on the primary is forgotten on
 * the recovery site.
 */
export const azurePrimaryRows: Rows = {
  ...azureRows,
  ...known(Object.values(NONE).flat()),
  azurerm_storage_container: [...(azureRows['azurerm_storage_container'] ?? []), { path: /\/LoadStore\// }],
};

/** Whether nobody need know what a type shows. */
export const standsElsewhere = (type: string): boolean => ELSEWHERE.test(type);
