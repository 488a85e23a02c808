/** What Azure takes as the name of a resource. */
export interface NameRule {
  readonly min: number;
  readonly max: number;
  /** Form of the whole name. */
  readonly pattern: RegExp;
  /** What the form is, as the end of a sentence that begins "must be …". */
  readonly such: string;
}

const rule = (min: number, max: number, pattern: RegExp, such: string): NameRule => ({ min, max, pattern, such });

/** Lower-case letters, digits and single hyphens, as in the name of a host. */
const host = (min: number, max: number): NameRule =>
  rule(min, max, /^[a-z0-9]+(-[a-z0-9]+)*$/i, 'letters, digits and single hyphens');

/** What most resources of a network take. */
const network = (max: number): NameRule =>
  rule(1, max, /^[a-z0-9]([\w.-]*\w)?$/i, 'letters, digits, underscores, periods and hyphens');

const word = (min: number, max: number): NameRule =>
  rule(min, max, /^[\w-]+$/, 'letters, digits, underscores and hyphens');

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
export const nameRules: Readonly<Record<string, NameRule>> = {
  azurerm_app_configuration: rule(5, 50, /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i, 'letters, digits and hyphens'),
  azurerm_application_gateway: network(80),
  azurerm_application_insights: rule(1, 260, /^[^%&\\?/]*[^%&\\?/. ]$/, 'without %, &, \\, ? and /'),
  azurerm_cdn_frontdoor_endpoint: host(2, 46),
  azurerm_cdn_frontdoor_firewall_policy: rule(1, 128, /^[a-z][a-z0-9]*$/i, 'letters and digits, a letter first'),
  azurerm_cdn_frontdoor_profile: host(1, 90),
  azurerm_container_registry: rule(5, 50, /^[a-z0-9]+$/i, 'letters and digits'),
  azurerm_dashboard_grafana: rule(2, 23, /^[a-z][a-z0-9-]*[a-z0-9]$/i, 'letters, digits and hyphens, a letter first'),
  azurerm_data_protection_backup_vault: rule(
    2,
    50,
    /^[a-z][a-z0-9-]*[a-z0-9]$/i,
    'letters, digits and hyphens, a letter first',
  ),
  azurerm_function_app_flex_consumption: host(2, 60),
  azurerm_key_vault: rule(3, 24, /^[a-z](-?[a-z0-9])*$/i, 'letters, digits and single hyphens, a letter first'),
  azurerm_key_vault_key: rule(1, 127, /^[a-z0-9-]+$/i, 'letters, digits and hyphens'),
  azurerm_kubernetes_cluster: rule(1, 63, /^[a-z0-9]([\w-]*[a-z0-9])?$/i, 'letters, digits, underscores and hyphens'),
  azurerm_kubernetes_cluster_node_pool: rule(
    1,
    12,
    /^[a-z][a-z0-9]*$/,
    'lower-case letters and digits, a letter first',
  ),
  azurerm_local_network_gateway: network(80),
  azurerm_log_analytics_workspace: rule(4, 63, /^[a-z0-9][a-z0-9-]*[a-z0-9]$/i, 'letters, digits and hyphens'),
  azurerm_managed_redis: host(3, 63),
  azurerm_monitor_action_group: rule(
    1,
    260,
    /^[^:<>+/&%\\?|]*[^:<>+/&%\\?| .]$/,
    'without :, <, >, +, /, &, %, \\ and ?',
  ),
  azurerm_monitor_data_collection_endpoint: rule(3, 44, /^[a-z0-9][a-z0-9-]*[a-z0-9]$/i, 'letters, digits and hyphens'),
  azurerm_monitor_data_collection_rule: word(1, 64),
  azurerm_monitor_metric_alert: rule(
    1,
    260,
    /^[^*#&+:<>?@%{}\\/]*[^*#&+:<>?@%{}\\/ .]$/,
    'without *, #, &, +, :, <, >, ?, @, %, {, }, \\ and /',
  ),
  azurerm_monitor_private_link_scope: rule(
    1,
    255,
    /^[\w.()-]*[\w()-]$/,
    'letters, digits, underscores, periods and hyphens',
  ),
  azurerm_monitor_workspace: rule(4, 44, /^[a-z0-9][a-z0-9-]*[a-z0-9]$/i, 'letters, digits and hyphens'),
  azurerm_mssql_database: rule(1, 128, /^[^<>*%&:\\/?]*[^<>*%&:\\/?. ]$/, 'without <, >, *, %, &, :, \\, / and ?'),
  azurerm_mssql_server: rule(1, 63, /^[a-z0-9]+(-+[a-z0-9]+)*$/, 'lower-case letters, digits and hyphens'),
  azurerm_nat_gateway: network(80),
  azurerm_network_security_group: network(80),
  azurerm_network_security_rule: network(80),
  azurerm_postgresql_flexible_server: rule(
    3,
    63,
    /^[a-z0-9]+(-+[a-z0-9]+)*$/,
    'lower-case letters, digits and hyphens',
  ),
  azurerm_private_dns_resolver: network(80),
  azurerm_private_dns_resolver_dns_forwarding_ruleset: network(80),
  azurerm_private_endpoint: network(64),
  azurerm_public_ip: network(80),
  azurerm_resource_group: rule(
    1,
    90,
    /^[\w.()-]*[\w()-]$/,
    'letters, digits, underscores, parentheses, periods and hyphens',
  ),
  azurerm_route_table: network(80),
  azurerm_service_plan: rule(1, 60, /^[a-z0-9-]+$/i, 'letters, digits and hyphens'),
  azurerm_resource_group_policy_assignment: rule(
    1,
    64,
    /^[^<>%&:\\?/]*[^<>%&:\\?/. ]$/,
    'without <, >, %, &, :, \\, ? and /',
  ),
  azurerm_servicebus_namespace: rule(6, 50, /^[a-z](-?[a-z0-9])*$/i, 'letters, digits and hyphens, a letter first'),
  azurerm_servicebus_queue: rule(
    1,
    260,
    /^[a-z0-9]([\w./~-]*[a-z0-9])?$/i,
    'letters, digits, periods, hyphens, underscores and slashes',
  ),
  azurerm_servicebus_subscription: rule(
    1,
    50,
    /^[a-z0-9]([\w.-]*[a-z0-9])?$/i,
    'letters, digits, periods, hyphens and underscores',
  ),
  azurerm_servicebus_topic: rule(
    1,
    260,
    /^[a-z0-9]([\w./~-]*[a-z0-9])?$/i,
    'letters, digits, periods, hyphens, underscores and slashes',
  ),
  azurerm_storage_account: rule(3, 24, /^[a-z0-9]+$/, 'lower-case letters and digits'),
  azurerm_storage_container: rule(
    3,
    63,
    /^(\$(root|web)|[a-z0-9]+(-[a-z0-9]+)*)$/,
    'lower-case letters, digits and single hyphens',
  ),
  azurerm_storage_queue: rule(3, 63, /^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens'),
  azurerm_subnet: network(80),
  azurerm_user_assigned_identity: rule(3, 128, /^[a-z0-9][\w-]*$/i, 'letters, digits, underscores and hyphens'),
  azurerm_virtual_network: rule(2, 64, /^[a-z0-9][\w.-]*\w$/i, 'letters, digits, underscores, periods and hyphens'),
  azurerm_virtual_network_gateway: network(80),
  azurerm_web_application_firewall_policy: rule(1, 128, /^[a-z][a-z0-9]*$/i, 'letters and digits, a letter first'),
};
