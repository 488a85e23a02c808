import { foreign, kept, paths, tagged } from '../support/hardened-azure';
import { hardenedExpiry } from '../support/hardened-azure-expiry';
import { hardenedMessages, hardenedMessageService } from '../support/hardened-azure-messages';
import type { Hardened } from '../support/mutations';

const stranger = 'serviceAccount:somebody@else.iam.gserviceaccount.com';

/** Who may do what to one thing: neither the thing, nor the role, nor whom it is given to may change. */
const granted = (on: string): readonly Hardened[] => [
  {},
  { path: on, weak: [foreign] },
  { path: 'role', weak: ['roles/owner'] },
  { path: 'member', weak: ['allUsers', stranger] },
];

/** Carries its owner and what it costs, as Google writes it. */
const labelled: readonly Hardened[] = ['owner', 'cost-centre', 'platform', 'stage', 'data-class'].map((label) => ({
  path: `labels.${label}`,
}));

/** What TechFlow has and RetailFlow has not: a warehouse on Google Cloud, records of its own domain. */
export const hardened: Readonly<Record<string, readonly Hardened[]>> = {
  ...hardenedMessages,
  azapi_resource: [...hardenedMessageService, ...hardenedExpiry],
  google_bigquery_dataset: [
    {},
    ...kept,
    ...labelled,
    { path: 'location', weak: ['US'] },
    { path: 'default_encryption_configuration.kms_key_name', weak: [foreign] },
    { path: 'delete_contents_on_destroy' },
    { path: 'max_time_travel_hours', weak: ['48'] },
    { path: 'access', weak: [[{ role: 'READER', special_group: 'allAuthenticatedUsers' }]] },
  ],
  google_bigquery_table: [
    {},
    ...kept,
    ...labelled,
    { path: 'encryption_configuration.kms_key_name', weak: [foreign] },
    { path: 'time_partitioning.expiration_ms', weak: [86_400_000] },
    { path: 'time_partitioning.field', weak: ['_PARTITIONTIME'] },
    ...paths('deletion_protection', 'require_partition_filter', 'clustering', 'schema'),
  ],
  google_bigquery_table_iam_member: granted('table_id'),
  google_pubsub_topic: [
    {},
    ...kept,
    ...labelled,
    { path: 'kms_key_name', weak: [foreign] },
    { path: 'message_storage_policy.allowed_persistence_regions', weak: [['us-central1']] },
    { path: 'message_storage_policy.enforce_in_transit' },
    { path: 'message_retention_duration', weak: ['600s'] },
    { path: 'schema_settings.schema', weak: [foreign] },
  ],
  google_pubsub_topic_iam_member: granted('topic'),
  google_pubsub_schema: [{}, { path: 'type', weak: ['PROTOCOL_BUFFER'] }, { path: 'definition', weak: ['{}'] }],
  google_pubsub_subscription: [
    {},
    ...kept,
    ...labelled,
    { path: 'topic', weak: [foreign] },
    { path: 'expiration_policy.ttl', weak: ['86400s'] },
    { path: 'message_retention_duration', weak: ['600s'] },
    { path: 'dead_letter_policy.dead_letter_topic', weak: [foreign] },
    { path: 'dead_letter_policy.max_delivery_attempts', weak: [100] },
    { path: 'retry_policy.minimum_backoff', weak: ['0s'] },
    { path: 'bigquery_config.service_account_email', weak: [stranger] },
    { path: 'bigquery_config.table', weak: ['somebody.else.table'] },
    { path: 'bigquery_config.use_topic_schema' },
    { path: 'bigquery_config.write_metadata' },
  ],
  google_pubsub_subscription_iam_member: granted('subscription'),
  google_project_iam_member: granted('project'),
  google_service_account: [{}],
  google_service_account_iam_member: granted('service_account_id'),
  google_kms_key_ring: [{}, ...kept, { path: 'location', weak: ['global'] }],
  google_kms_crypto_key: [
    {},
    ...kept,
    { path: 'rotation_period', weak: ['31536000s'] },
    { path: 'destroy_scheduled_duration', weak: ['86400s'] },
    { path: 'key_ring', weak: [foreign] },
  ],
  google_kms_crypto_key_iam_member: granted('crypto_key_id'),
  google_iam_workload_identity_pool: [{}, ...kept],
  google_iam_workload_identity_pool_provider: [
    {},
    { path: 'attribute_condition', weak: ['true', "assertion.sub.startsWith('system:serviceaccount:')"] },
    { path: 'attribute_mapping[google.subject]', weak: ['assertion.aud'] },
    { path: 'oidc.issuer_uri', weak: ['https://somebody.example.com'] },
    { path: 'oidc.allowed_audiences', weak: [['sts.amazonaws.com']] },
    { path: 'workload_identity_pool_id', weak: [foreign] },
  ],
  google_logging_project_bucket_config: [
    {},
    ...kept,
    { path: 'cmek_settings.kms_key_name', weak: [foreign] },
    { path: 'location', weak: ['global'] },
    { path: 'locked' },
    { path: 'retention_days', weak: [30] },
  ],
  google_logging_project_sink: [
    {},
    { path: 'destination', weak: [foreign] },
    { path: 'filter', weak: ['severity >= ERROR'] },
    { path: 'unique_writer_identity' },
  ],
  google_project_iam_audit_config: [
    {},
    { path: 'service', weak: ['storage.googleapis.com'] },
    { path: 'audit_log_config', weak: [[{ log_type: 'ADMIN_READ' }]] },
  ],
  google_monitoring_alert_policy: [
    {},
    { path: 'notification_channels', weak: [[]] },
    { path: 'conditions' },
    { path: 'documentation.content', weak: ['Look it up.'] },
    { path: 'severity', weak: ['WARNING'] },
  ],
  google_monitoring_notification_channel: [
    {},
    { path: 'labels.email_address', weak: ['nobody@example.com'] },
    { path: 'type', weak: ['pubsub'] },
  ],
  google_billing_budget: [
    {},
    { path: 'amount.specified_amount.units', weak: ['1000000'] },
    { path: 'budget_filter.projects', weak: [['projects/1']] },
    { path: 'threshold_rules', weak: [[]] },
    { path: 'all_updates_rule.monitoring_notification_channels', weak: [[]] },
  ],
  azurerm_virtual_network_peering: [
    {},
    { path: 'remote_virtual_network_id', weak: [foreign] },
    { path: 'virtual_network_name', weak: ['vnet-elsewhere'] },
    ...paths('allow_virtual_network_access', 'allow_forwarded_traffic', 'allow_gateway_transit', 'use_remote_gateways'),
  ],
  azurerm_storage_object_replication: [
    {},
    { path: 'source_storage_account_id', weak: [foreign] },
    { path: 'destination_storage_account_id', weak: [foreign] },
    { path: 'rules', weak: [[]] },
  ],
  azurerm_kubernetes_fleet_manager: [{}, ...tagged],
  azurerm_kubernetes_fleet_member: [
    {},
    { path: 'kubernetes_cluster_id', weak: [foreign] },
    { path: 'kubernetes_fleet_id', weak: [foreign] },
    { path: 'group', weak: ['all'] },
  ],
  azurerm_kubernetes_fleet_update_strategy: [
    {},
    { path: 'stage', weak: [[{ name: 'all', group: [{ name: 'all' }] }]] },
  ],
  azurerm_dns_a_record: [{}, ...tagged, { path: 'target_resource_id', weak: [foreign] }],
  azurerm_dns_aaaa_record: [{}, ...tagged, { path: 'target_resource_id', weak: [foreign] }],
  azurerm_dns_cname_record: [{}, ...tagged, { path: 'record', weak: ['somebody.example.net'] }],
  azurerm_dns_txt_record: [{}, ...tagged, { path: 'name', weak: ['@'] }, { path: 'record', weak: [[]] }],
  azapi_update_resource: [
    {},
    { path: 'resource_id', weak: [foreign] },
    { path: 'body.properties.geoDataReplication.locations', weak: [[]] },
    { path: 'body.properties.geoDataReplication.maxReplicationLagDurationInSeconds', weak: [86_400] },
  ],
};
