import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, atLeast, containing, exactly, like, present } from '../../support/matchers';
import { googleRegion } from './facts';

const stack = 'warehouse';
const key = reference('warehouse/Keys/Key', 'id');
const channel = reference('warehouse/Notices', 'id');
const streams = ['Requests', 'WorkflowActions'] as const;

/** BigQuery fed through Pub/Sub, asked by dashboards in place of the database. */
export const analytics: Row = {
  row: 'analytics',
  expectations: [
    one(
      'the warehouse is in one region, by a key of its own',
      'google_bigquery_dataset',
      'warehouse/ProductWarehouse/Dataset',
      {
        location: googleRegion,
        'default_encryption_configuration.kms_key_name': key,
        'lifecycle.prevent_destroy': true,
      },
    ),
    one('the key of the warehouse is replaced by itself', 'google_kms_crypto_key', 'warehouse/Keys/Key', {
      rotation_period: '7776000s',
    }),
    ...streams.flatMap((id) => [
      one(
        `events of ${id} are as a schema says, and in the region even on their way`,
        'google_pubsub_topic',
        `warehouse/ProductWarehouse/${id}Stream/Topic`,
        {
          'schema_settings.encoding': 'JSON',
          'schema_settings.schema': reference(`warehouse/ProductWarehouse/${id}Stream/Schema`, 'id'),
          'message_storage_policy.allowed_persistence_regions': exactly(googleRegion),
          'message_storage_policy.enforce_in_transit': true,
          kms_key_name: key,
        },
      ),
      one(
        `events of ${id} become rows, and what no table takes is kept`,
        'google_pubsub_subscription',
        `warehouse/ProductWarehouse/${id}Stream/Delivery`,
        {
          'bigquery_config.use_topic_schema': true,
          'bigquery_config.service_account_email': reference('warehouse/ProductWarehouse/Writer', 'email'),
          'dead_letter_policy.dead_letter_topic': reference(`warehouse/ProductWarehouse/${id}Stream/DeadLetters`, 'id'),
          'expiration_policy.ttl': '',
        },
      ),
      one(
        `rows of ${id} leave in time, and nobody asks all of them by mistake`,
        'google_bigquery_table',
        `warehouse/ProductWarehouse/${id}Stream/Table`,
        {
          require_partition_filter: true,
          'time_partitioning.expiration_ms': atLeast(90 * 86_400_000),
          deletion_protection: true,
          'encryption_configuration.kms_key_name': key,
        },
      ),
      ...(['DeadLetters', 'Late', 'Refused'] as const).map((alert) =>
        one(
          `somebody is called: ${alert} of ${id}`,
          'google_monitoring_alert_policy',
          `warehouse/ProductWarehouse/${id}Stream/${alert}Alert`,
          {
            notification_channels: exactly(channel),
          },
        ),
      ),
    ]),
    ...Object.entries({ Primary: 'cluster', Recovery: 'recovery-cluster' }).map(([site, cluster]) =>
      one(
        `accounts of the cluster of ${site} are let in by its own tokens, and no other`,
        'google_iam_workload_identity_pool_provider',
        `warehouse/Federation/${site}`,
        {
          attribute_condition: like(
            /^assertion\.sub in \['system:serviceaccount:techflow-analytics:analytics', .*workflow'\]$/,
          ),
          'oidc.issuer_uri': reference(`${cluster}/Cluster/Cluster`, 'oidc_issuer_url'),
        },
      ),
    ),
    { stack, name: 'no key of an account is made', type: 'google_service_account_key', count: 0 },
    one(
      'dashboards read rows, write none, and nobody else reads them who does not own the project',
      'google_bigquery_dataset',
      'warehouse/ProductWarehouse/Dataset',
      {
        'access.0.special_group': 'projectOwners',
        'access.1.role': 'READER',
        'access.1.iam_member': like(/^principal:.*\/subject\/system:serviceaccount:techflow-analytics:analytics$/),
        'access.2': absent,
      },
    ),
    one('the project has a budget of its own', 'google_billing_budget', 'warehouse/Budget/Budget', {
      'amount.specified_amount.units': '2000',
      'all_updates_rule.monitoring_notification_channels': exactly(channel),
    }),
    one('audits of the project are kept for a year', 'google_logging_project_bucket_config', 'warehouse/Audit/Bucket', {
      retention_days: 365,
      locked: true,
    }),
    one('the state of the warehouse is beside those of the site', 'Stack', stack, {
      backend: containing({ type: 'azurerm', key: 'techflow-production/warehouse.tfstate' }),
      providers: present,
    }),
  ],
};
