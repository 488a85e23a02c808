import { objectOf, stringsOf, textOf, type JsonObject } from '../../lib/review/json';
import { resourcesOf } from '../../lib/review/azure/stack';
import { resolved } from '../support/platform';
import { techflowWith } from '../support/techflow';
import { createTerraformApp } from '../../bin/terraform-app';
import { readSite } from '../../lib/review/azure/read-site';
import { newDirectory } from '../review/aws/fixtures';

const synthesized = (patch: unknown, stage = 'production') => {
  const directory = newDirectory();
  createTerraformApp(resolved(techflowWith(patch), stage), directory).app.synth();
  return readSite(directory);
};

const site = synthesized({});
const stack = site.stacks.find(({ name }) => name.endsWith('-warehouse')) ?? site.stacks[0];
if (stack === undefined) throw new Error('there is no stack');

const all = (type: string) => resourcesOf(stack, type);
const given = (type: string): readonly JsonObject[] => all(type).map(({ arguments: each }) => each);
const members = (type: string) =>
  given(type).map(({ member, role }) => `${textOf(role)} ${(textOf(member) ?? '').replace(/.*\/subject\//, '')}`);

test('every stage with a warehouse has one stack for it, and no other has any', () => {
  const named = (stage: string) => synthesized({}, stage).stacks.filter(({ name }) => name.endsWith('-warehouse'));
  expect(stack.name).toBe('techflow-production-warehouse');
  expect(named('development')).toEqual([]);
});

test('a warehouse lies in one region, by the project’s key, and can be had back for a week', () => {
  expect(given('google_bigquery_dataset')).toEqual([
    expect.objectContaining({
      dataset_id: 'product',
      location: 'europe-west4',
      max_time_travel_hours: '168',
      delete_contents_on_destroy: false,
      default_encryption_configuration: { kms_key_name: expect.stringMatching(/google_kms_crypto_key/) },
    }),
  ]);
  expect(given('google_kms_crypto_key')).toEqual([
    expect.objectContaining({ rotation_period: '7776000s', destroy_scheduled_duration: '2592000s' }),
  ]);
});

test('an event becomes a row of its table by an account that may write that table alone', () => {
  const [delivery] = given('google_pubsub_subscription').filter(({ bigquery_config: fills }) => fills !== undefined);
  expect(delivery).toMatchObject({
    expiration_policy: { ttl: '' },
    bigquery_config: { use_topic_schema: true, write_metadata: true },
    dead_letter_policy: { max_delivery_attempts: 5 },
    retry_policy: { minimum_backoff: '10s', maximum_backoff: '600s' },
  });
  expect(members('google_bigquery_table_iam_member')).toEqual(
    Array.from({ length: 2 }, () => expect.stringMatching(/^roles\/bigquery\.dataEditor \$\{google_service_account\./)),
  );
  expect(all('google_service_account')).toHaveLength(1);
  expect(all('google_service_account_key')).toEqual([]);
});

test('an event that a table does not take is kept for a week in a topic of its own', () => {
  const kept = given('google_pubsub_subscription').filter(({ bigquery_config: fills }) => fills === undefined);
  expect(kept).toHaveLength(2);
  for (const each of kept) expect(each).toMatchObject({ message_retention_duration: '604800s' });
});

test('an event is refused at once that is not as its table says, and is in the region even on its way', () => {
  const topics = given('google_pubsub_topic');
  expect(topics).toHaveLength(4);
  for (const topic of topics) {
    expect(topic).toMatchObject({
      message_storage_policy: { allowed_persistence_regions: ['europe-west4'], enforce_in_transit: true },
      kms_key_name: expect.stringMatching(/google_kms_crypto_key/),
    });
  }
  expect(topics.filter(({ schema_settings: schema }) => objectOf(schema).encoding === 'JSON')).toHaveLength(2);
  expect(given('google_pubsub_schema').map(({ type }) => type)).toEqual(['AVRO', 'AVRO']);
});

test('those who feed it publish, those who ask it read, and nobody does anything else', () => {
  const account = (service: string) => `system:serviceaccount:techflow-${service}:${service}`;
  const publishers = members('google_pubsub_topic_iam_member').filter((each) => each.includes('system:'));
  const feeders = ['analytics', 'integration', 'user', 'workflow'];
  expect(publishers.sort()).toEqual(
    feeders.flatMap((each) => Array.from({ length: 2 }, () => `roles/pubsub.publisher ${account(each)}`)).sort(),
  );
  // Said in full: a dataset that says nothing is read by everybody who may look at the project.
  expect(given('google_bigquery_dataset').map(({ access }) => access)).toEqual([
    [
      { role: 'OWNER', special_group: 'projectOwners' },
      { role: 'READER', iam_member: expect.stringMatching(`^principal://.*/subject/${account('analytics')}$`) },
    ],
  ]);
  expect(all('google_bigquery_dataset_iam_member')).toEqual([]);
  expect(members('google_project_iam_member')).toEqual([`roles/bigquery.jobUser ${account('analytics')}`]);
});

test('the cluster’s tokens are taken from those accounts alone', () => {
  const [provider] = given('google_iam_workload_identity_pool_provider');
  const condition = textOf(provider?.attribute_condition);
  expect(condition).toContain("'system:serviceaccount:techflow-user:user'");
  expect(condition).not.toContain('notification');
  expect(objectOf(provider?.oidc)).toEqual({
    allowed_audiences: [
      'https://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/clusters/providers/primary',
    ],
    issuer_uri: expect.stringContaining(
      'terraform_remote_state.cross-stack-reference-input-techflow-production-cluster',
    ),
  });
  expect(stack.dependencies).toContain('techflow-production-cluster');
});

test('people are called for dead letters, late events, refused events and money', () => {
  const alerts = given('google_monitoring_alert_policy');
  expect(alerts).toHaveLength(6);
  for (const alert of alerts) {
    expect(stringsOf(alert.notification_channels)).toEqual([
      expect.stringContaining('google_monitoring_notification_channel'),
    ]);
    expect(JSON.stringify(alert.documentation)).toContain('docs/runbooks/warehouse.md');
  }
  expect(given('google_billing_budget')).toEqual([
    expect.objectContaining({ amount: { specified_amount: { currency_code: 'USD', units: '2000' } } }),
  ]);
});

test('who did what is kept for a year, and nobody may shorten that where the stage is protected', () => {
  expect(given('google_logging_project_bucket_config')).toEqual([
    expect.objectContaining({ retention_days: 365, locked: true, location: 'europe-west4' }),
  ]);
  expect(given('google_project_iam_audit_config').map(({ service }) => service)).toEqual([
    'bigquery.googleapis.com',
    'cloudkms.googleapis.com',
    'iam.googleapis.com',
    'sts.googleapis.com',
  ]);
});

test('Terraform destroys nothing of it', () => {
  const held = ['google_bigquery_dataset', 'google_bigquery_table', 'google_kms_crypto_key', 'google_pubsub_topic'];
  for (const { lifecycle } of resourcesOf(stack, ...held)) expect(lifecycle).toEqual({ prevent_destroy: true });
  expect(given('google_bigquery_table').map((each) => each.deletion_protection)).toEqual([true, true]);
});
