import { about, at, none, one, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, all, containing, exactly, like } from '../../support/matchers';
import { googleRegion } from './facts';

const home = 'warehouse/ProductWarehouse';
const project = 'example-techflow-production';
const key = reference('warehouse/Keys/Key', 'id');
const channel = reference('warehouse/Notices', 'id');
const pubSub = 'serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com';
const feeders = ['Analytics', 'Integration', 'User', 'Workflow'] as const;

/** Name of each table, as it is found in ids, names and columns. */
const streams = {
  Requests: { table: 'requests', clusterBy: ['service', 'route'], columns: /"trace".*"NULLABLE"/ },
  WorkflowActions: { table: 'workflow-actions', clusterBy: ['tenant', 'action'], columns: /"tenant".*"REQUIRED"/ },
} as const;

/** An account of the cluster, as Google knows it. */
const account = (service: string): string => {
  const name = service.toLowerCase();
  return (
    'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/clusters/subject/' +
    `system:serviceaccount:techflow-${name}:${name}`
  );
};

/** Carries its owner, what it costs and of what class its data is. */
export const labels = { owner: 'platform', 'cost-centre': 'automation', platform: 'techflow', stage: 'production' };
const classed = { ...labels, 'data-class': 'confidential' };

/** What a stream of events consists of, from whoever tells of one to its row. */
const streamOf = (id: keyof typeof streams): readonly Expectation[] => {
  const { clusterBy, columns, table } = streams[id];
  const stream = `${home}/${id}Stream`;
  const topic = reference(`${stream}/Topic`, 'name');
  const dead = reference(`${stream}/DeadLetters`, 'name');
  return [
    one(`rows of ${id} cannot be lost, and are found by when and whose`, 'google_bigquery_table', `${stream}/Table`, {
      labels: classed,
      clustering: clusterBy.slice(),
      schema: like(columns),
      'time_partitioning.field': 'occurred_at',
      'lifecycle.prevent_destroy': true,
    }),
    one(`one account writes rows of ${id}`, 'google_bigquery_table_iam_member', `${stream}/WriterWrites`, {
      table_id: reference(`${stream}/Table`, 'table_id'),
      role: 'roles/bigquery.dataEditor',
      member: reference(`${home}/Writer`, 'member'),
    }),
    one(`events of ${id} are of one shape`, 'google_pubsub_schema', `${stream}/Schema`, {
      type: 'AVRO',
      definition: like(/"name":"occurred_at"/),
    }),
    ...['Topic', 'DeadLetters'].map((each) =>
      one(
        `events of ${id} in ${each} are kept a week, in the region, by our key`,
        'google_pubsub_topic',
        `${stream}/${each}`,
        {
          labels: classed,
          kms_key_name: key,
          message_retention_duration: '604800s',
          'message_storage_policy.allowed_persistence_regions': exactly(googleRegion),
          'message_storage_policy.enforce_in_transit': true,
          'lifecycle.prevent_destroy': true,
        },
      ),
    ),
    one(`events of ${id} become rows with when they came`, 'google_pubsub_subscription', `${stream}/Delivery`, {
      labels: classed,
      topic,
      message_retention_duration: '604800s',
      'bigquery_config.table': `${project}.${reference(home + '/Dataset', 'dataset_id')}.${reference(`${stream}/Table`, 'table_id')}`,
      'bigquery_config.write_metadata': true,
      'dead_letter_policy.max_delivery_attempts': 5,
      'retry_policy.minimum_backoff': '10s',
      'lifecycle.prevent_destroy': true,
    }),
    one(`dead letters of ${id} wait for people`, 'google_pubsub_subscription', `${stream}/KeptDeadLetters`, {
      labels: classed,
      topic: dead,
      message_retention_duration: '604800s',
      'expiration_policy.ttl': '',
      bigquery_config: absent,
      'lifecycle.prevent_destroy': true,
    }),
    one(
      `events of ${id} that fail are taken from the queue`,
      'google_pubsub_subscription_iam_member',
      `${stream}/TakesDeadLetters`,
      {
        subscription: reference(`${stream}/Delivery`, 'name'),
        role: 'roles/pubsub.subscriber',
        member: pubSub,
      },
    ),
    one(`events of ${id} that fail are laid aside`, 'google_pubsub_topic_iam_member', `${stream}/BuriesDeadLetters`, {
      topic: dead,
      role: 'roles/pubsub.publisher',
      member: pubSub,
    }),
    ...feeders.map((service) =>
      one(
        `${service} tells of ${id}, and does no more`,
        'google_pubsub_topic_iam_member',
        `${stream}/${service}Feeds`,
        {
          topic,
          role: 'roles/pubsub.publisher',
          member: account(service),
        },
      ),
    ),
    ...Object.entries({
      DeadLetters: ['num_undelivered_messages', `product-${table}-dead-letters`],
      Late: ['oldest_unacked_message_age', `product-${table}`],
      Refused: ['push_request_count', `product-${table}`],
    }).map(([alert, [metric, subscription]]) =>
      one(
        `the call for ${alert} of ${id} says what is wrong and where to read on`,
        'google_monitoring_alert_policy',
        `${stream}/${alert}Alert`,
        {
          severity: 'ERROR',
          'conditions[*].condition_threshold.filter': all(
            like(new RegExp(`subscription/${metric}"`)),
            like(new RegExp(`subscription_id = "${subscription}"`)),
          ),
          'documentation.content': like(/Runbook: docs\/runbooks\/warehouse\.md$/),
        },
      ),
    ),
  ];
};

/** Whoever may encrypt with the key of the warehouse: three services of Google. */
const users = {
  Tables: `serviceAccount:${reference('warehouse/Keys/TablesAgent', 'email')}`,
  Events: pubSub,
  Logs: `serviceAccount:${reference('warehouse/Keys/LogsAgent', 'service_account_id')}`,
} as const;

/** How the warehouse is held: keys, who may do what, audits, spending. */
export const warehouse: Row = {
  row: 'warehouse',
  expectations: [
    one('the warehouse cannot be emptied, and shows its last week', 'google_bigquery_dataset', `${home}/Dataset`, {
      labels: classed,
      delete_contents_on_destroy: false,
      max_time_travel_hours: '168',
    }),
    ...(Object.keys(streams) as (keyof typeof streams)[]).flatMap(streamOf),
    one('rows are written by an account of their own', 'google_service_account', `${home}/Writer`, {
      account_id: 'writer-product',
    }),
    one(
      'deliveries alone act as the account that writes',
      'google_service_account_iam_member',
      `${home}/DeliveryActsAsWriter`,
      {
        service_account_id: reference(`${home}/Writer`, 'name'),
        role: 'roles/iam.serviceAccountTokenCreator',
        member: pubSub,
      },
    ),
    one('analytics may ask, in this project', 'google_project_iam_member', 'warehouse/Queries/Analytics', {
      project,
      role: 'roles/bigquery.jobUser',
      member: account('Analytics'),
    }),
    none(
      { type: 'google_project_iam_member', having: { role: like(/owner|editor|admin/i) } },
      'nobody is given the project',
    ),
    one('keys of the warehouse are in its region', 'google_kms_key_ring', 'warehouse/Keys/Ring', {
      location: googleRegion,
      'lifecycle.prevent_destroy': true,
    }),
    one('the key of the warehouse can be had back for a month', 'google_kms_crypto_key', 'warehouse/Keys/Key', {
      key_ring: reference('warehouse/Keys/Ring', 'id'),
      destroy_scheduled_duration: '2592000s',
      labels,
      'lifecycle.prevent_destroy': true,
    }),
    ...Object.entries(users).map(([what, member]) =>
      one(`the key encrypts ${what}`, 'google_kms_crypto_key_iam_member', `warehouse/Keys/${what}UseKey`, {
        crypto_key_id: key,
        role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
        member,
      }),
    ),
    one(
      'accounts of clusters have a pool of their own',
      'google_iam_workload_identity_pool',
      'warehouse/Federation/Pool',
      {
        'lifecycle.prevent_destroy': true,
      },
    ),
    ...(['Primary', 'Recovery'] as const).flatMap((site) =>
      about(
        { type: 'google_iam_workload_identity_pool_provider', where: at(`warehouse/Federation/${site}`), count: 1 },
        {
          [`an account of the cluster of ${site} is who its token says`]: {
            path: 'attribute_mapping[google.subject]',
            is: 'assertion.sub',
          },
          [`a token of ${site} for somebody else is not taken`]: {
            path: 'oidc.allowed_audiences',
            is: exactly(
              `https://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/clusters/providers/${site.toLowerCase()}`,
            ),
          },
          [`the cluster of ${site} speaks for accounts of its own pool`]: {
            path: 'workload_identity_pool_id',
            is: reference('warehouse/Federation/Pool', 'workload_identity_pool_id'),
          },
        },
      ),
    ),
    one('audits lie in the region, by our key', 'google_logging_project_bucket_config', 'warehouse/Audit/Bucket', {
      location: googleRegion,
      'cmek_settings.kms_key_name': key,
      'lifecycle.prevent_destroy': true,
    }),
    one('every audit goes to its own bucket', 'google_logging_project_sink', 'warehouse/Audit/Sink', {
      filter: 'logName:"cloudaudit.googleapis.com"',
      destination: like(/\/locations\/europe-west4\/buckets\/\$\{warehouse\/Audit\/Bucket\.bucket_id\}$/),
      unique_writer_identity: true,
    }),
    ...['bigquery', 'cloudkms', 'iam', 'sts'].map((service) => ({
      name: `whoever reads or writes by ${service} is written down`,
      type: 'google_project_iam_audit_config',
      having: { service: `${service}.googleapis.com` },
      path: 'audit_log_config',
      is: containing({ log_type: 'ADMIN_READ' }, { log_type: 'DATA_READ' }, { log_type: 'DATA_WRITE' }),
      count: 1,
    })),
    one('calls go to whoever is on call', 'google_monitoring_notification_channel', 'warehouse/Notices', {
      type: 'email',
      'labels.email_address': 'on-call@example.com',
    }),
    one('people hear of spending before it is too much', 'google_billing_budget', 'warehouse/Budget/Budget', {
      'budget_filter.projects': exactly('projects/123456789012'),
      threshold_rules: containing(
        { spend_basis: 'CURRENT_SPEND', threshold_percent: 0.8 },
        { spend_basis: 'FORECASTED_SPEND', threshold_percent: 1 },
      ),
      'all_updates_rule.monitoring_notification_channels': exactly(channel),
    }),
  ],
};
