import type { Rows } from '../capability';

/** How types of the recovery site on Azure show what the primary has. What is missing here shows nothing. */
export const azureRows: Rows = {
  azurerm_postgresql_flexible_server_database: [{ noun: 'databases', at: ['name'], is: /^(.+)$/ }],
  azurerm_mssql_database: [{ noun: 'databases', at: ['name'], is: /^(.+)$/ }],
  azurerm_postgresql_flexible_server: [
    { noun: 'readReplicas', path: /\/(\w+)Database\/Replica(\d+)\//, at: ['source_server_id'] },
    { noun: 'backups', path: /\/(\w+)Database\//, at: ['backup_retention_days'], is: /^[1-9]/ },
  ],
  azurerm_postgresql_flexible_server_configuration: [
    {
      noun: 'connectionPools',
      path: /\/(\w+)Database\/(?:Writer|Replica)\/PgbouncerEnabled/,
      at: ['value'],
      is: /^true$/,
    },
  ],
  azurerm_managed_redis: [{ noun: 'caches', path: /\/(\w+)Cache(?:\/|$)/ }],
  azurerm_servicebus_queue: [
    { noun: 'queues', at: ['name'], is: /^(.+)$/ },
    // Service Bus keeps dead letters beside the queue, from the time when it gives up a message.
    { noun: 'deadLetters', path: /\/(\w+)Queue(?:\/|$)/, at: ['max_delivery_count'] },
  ],
  azurerm_servicebus_topic: [{ noun: 'topics', at: ['name'], is: /^(.+)$/ }],
  azurerm_servicebus_subscription: [{ noun: 'subscriptions', path: /\/(\w+)Topic\/(\w+)(?:\/|$)/, at: ['forward_to'] }],
  azurerm_email_communication_service_domain: [{ noun: 'emailDomains', path: /\/(\w+)Messages\/Domain(?:\/|$)/ }],
  azurerm_eventgrid_system_topic_event_subscription: [
    { noun: 'messageFeedback', path: /\/(\w+)Messages\/Feedback\/(Email|Sms)(?:\/|$)/ },
  ],
  azurerm_app_configuration: [{ noun: 'flags', path: /\/(\w+)Flags\/Store(?:\/|$)/ }],
  azurerm_storage_container: [{ noun: 'buckets', path: /\/(\w+)Bucket\// }],
  // What it holds is there where somebody may copy it.
  azurerm_role_assignment: [{ noun: 'objects', path: /\/(\w+)Bucket\/ObjectCopierWrites$/ }],
  azurerm_search_service: [{ noun: 'searches', path: /\/(\w+)Search/ }],
  azurerm_logic_app_workflow: [{ noun: 'workflows', at: ['name'], is: /^(.+)$/ }],
  azurerm_function_app_flex_consumption: [{ noun: 'functions', at: ['app_settings', 'FUNCTION_NAME'], is: /^(.+)$/ }],
  // Beside the domain, the edge answers under a name of the site's own.
  azurerm_cdn_frontdoor_custom_domain: [{ noun: 'edge', path: /\/Domains\/Domain$/, at: ['host_name'], is: /^(.+)$/ }],
  azurerm_cdn_frontdoor_secret: [{ noun: 'edge', name: 'certificate' }],
  azurerm_cdn_frontdoor_security_policy: [{ noun: 'firewall', name: 'attached' }],
  'azurerm_cdn_frontdoor_firewall_policy custom_rule': [{ noun: 'firewall', at: ['name'], is: /^(\w+PerAddress)$/ }],
  'azurerm_cdn_frontdoor_firewall_policy managed_rule': [{ noun: 'firewall', name: 'managed-rules' }],
  azurerm_application_gateway: [{ noun: 'balancer', name: 'requests' }],
  azurerm_nat_gateway: [{ noun: 'egress', name: 'fixed-addresses' }],
  azurerm_network_watcher_flow_log: [{ noun: 'audit', name: 'flow-logs' }],
  azurerm_monitor_diagnostic_setting: [{ noun: 'audit', path: /\/Audit\/Trail/, name: 'trail' }],
  azurerm_security_center_subscription_pricing: [
    { noun: 'audit', at: ['resource_type'], is: /^CloudPosture$/, name: 'posture' },
    { noun: 'audit', at: ['resource_type'], is: /^(?!CloudPosture)/, name: 'threat-detection' },
  ],
  azurerm_data_protection_backup_vault: [{ noun: 'backups', name: 'vault' }],
  azurerm_monitor_action_group: [{ noun: 'alarms', name: 'on-call' }],
  azurerm_consumption_budget_subscription: [{ noun: 'spend', name: 'budget' }],
  azurerm_cost_anomaly_alert: [{ noun: 'spend', name: 'anomalies' }],
  azurerm_dashboard_grafana: [{ noun: 'dashboards', name: 'platform' }],
  azurerm_container_registry: [{ noun: 'registry', name: 'images' }],
  'Microsoft.KeyVault/vaults/keys': [{ noun: 'keys', name: 'own' }],
};
