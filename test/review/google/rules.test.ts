import { googleRules } from '../../../lib/review/google/rules';
import type { Rule } from '../../../lib/review/azure/rule';
import { messagesOf, type Declarations } from '../azure/fixtures';

const rule = (name: string): Rule => {
  const found = googleRules.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no rule ${name}`);
  return found;
};

const onGoogle = {
  requiredProviders: { google: { source: 'hashicorp/google', version: '6.50.0' } },
  provider: { region: 'europe-west4' },
};
const found = (name: string, resources: Declarations): readonly string[] => messagesOf(rule(name), resources, onGoogle);

describe('google-members', () => {
  const grant = (patch: object): Declarations => ({
    'google_pubsub_topic_iam_member.Feeds': {
      role: 'roles/pubsub.publisher',
      member: 'principal://iam.googleapis.com/subject/x',
      ...patch,
    },
  });

  test('accepts one account with one role', () => {
    expect(found('google-members', grant({}))).toEqual([]);
    const asks = { role: 'roles/bigquery.jobUser', member: 'principal://iam.googleapis.com/subject/x' };
    expect(found('google-members', { 'google_project_iam_member.Asks': asks })).toEqual([]);
  });

  test.each([
    ['everybody may', { member: 'allUsers' }, /member must be somebody, got "allUsers"/],
    ['everybody with an account may', { member: 'allAuthenticatedUsers' }, /member must be somebody/],
    ['every account of a pool may', { member: 'principalSet://iam.googleapis.com/x/*' }, /member must be one account/],
    ['a role holds nearly everything', { role: 'roles/editor' }, /role must be for one thing/],
    ['a role administers', { role: 'roles/pubsub.admin' }, /role must be for one thing/],
  ])('fails when %s', (_, patch, message) => {
    expect(found('google-members', grant(patch))).toEqual([expect.stringMatching(message)]);
  });

  test('fails when a role on a whole project could be on a part', () => {
    const resources = {
      'google_project_iam_member.Reads': { role: 'roles/bigquery.dataViewer', member: 'principal://x' },
    };
    expect(found('google-members', resources)).toEqual([
      expect.stringMatching(/role must be one of roles\/bigquery.jobUser/),
    ]);
  });

  test.each(['google_service_account_key', 'google_storage_hmac_key'])('fails when %s makes a key', (type) => {
    expect(found('google-members', { [`${type}.Key`]: {} })).toEqual([expect.stringMatching(/must not be made/)]);
  });

  test('fails when a grant takes away what others are given', () => {
    expect(found('google-members', { 'google_pubsub_topic_iam_policy.All': {} })).toEqual([
      expect.stringMatching(/takes away what others are given/),
    ]);
  });

  test('fails when a table of access names everybody', () => {
    const resources = { 'google_bigquery_dataset.D': { access: [{ special_group: 'allAuthenticatedUsers' }] } };
    expect(found('google-members', resources)).toEqual([
      expect.stringMatching(/access\[0\]\.special_group must be somebody/),
    ]);
  });

  const dataset = (given: Readonly<Record<string, unknown>>): readonly string[] =>
    found('google-members', { 'google_bigquery_dataset.D': given });

  test('accepts a dataset that names who reads it', () => {
    const access = [
      { role: 'OWNER', special_group: 'projectOwners' },
      { role: 'READER', iam_member: 'principal://iam.googleapis.com/subject/x' },
    ];
    expect(dataset({ access })).toEqual([]);
  });

  test.each([
    ['says nothing of who reads it', {}, /access must name who reads it, got nothing/],
    ['lets all who look at the project read it', { special_group: 'projectReaders' }, /got "projectReaders"/],
    ['lets all who change the project write it', { special_group: 'projectWriters' }, /got "projectWriters"/],
  ])('fails when a dataset %s', (_, block, message) => {
    const access = Object.keys(block).length === 0 ? {} : { access: [block] };
    expect(dataset(access)).toEqual([expect.stringMatching(message)]);
  });

  test.each(['access', 'iam_member'])('fails when somebody is let in beside a dataset, by %s', (suffix) => {
    expect(found('google-members', { [`google_bigquery_dataset_${suffix}.X`]: {} })).toEqual([
      expect.stringMatching(/is taken away by the dataset itself/),
    ]);
  });
});

describe('google-residency', () => {
  const topic = (policy: object): Declarations => ({ 'google_pubsub_topic.T': { message_storage_policy: policy } });

  test('accepts what is where the stack is', () => {
    expect(found('google-residency', topic({ allowed_persistence_regions: ['europe-west4'] }))).toEqual([]);
    expect(found('google-residency', { 'google_bigquery_dataset.D': { location: 'europe-west4' } })).toEqual([]);
  });

  test.each([
    ['a dataset is elsewhere', { 'google_bigquery_dataset.D': { location: 'US' } }, /location must be "europe-west4"/],
    ['events may be in two regions', topic({ allowed_persistence_regions: ['europe-west4', 'us-east1'] }), /alone/],
    ['events may be anywhere', { 'google_pubsub_topic.T': {} }, /got nothing: keep events in the region/],
  ])('fails when %s', (_, resources, message) => {
    expect(found('google-residency', resources)).toEqual([expect.stringMatching(message)]);
  });

  test('fails when the region is none', () => {
    const messages = messagesOf(rule('google-residency'), {}, { ...onGoogle, provider: { region: 'europe-west44' } });
    expect(messages).toEqual([expect.stringMatching(/did you mean europe-west4\?/)]);
  });

  test('says nothing of a stack without Google', () => {
    expect(messagesOf(rule('google-residency'), { 'google_pubsub_topic.T': {} })).toEqual([]);
  });
});

describe('google-delivery', () => {
  const filter = (metric: string, name: string) => ({
    conditions: [{ condition_threshold: { filter: `metric.type = "x/${metric}" AND id = "${name}"` } }],
  });
  const sound: Declarations = {
    'google_pubsub_topic.Dead': { name: 'clicks-dead' },
    'google_pubsub_subscription.Kept': { name: 'clicks-dead', topic: '${google_pubsub_topic.Dead.id}' },
    'google_pubsub_subscription.Fills': {
      name: 'clicks',
      bigquery_config: { table: 'p.d.t', service_account_email: 'writer' },
      dead_letter_policy: { dead_letter_topic: '${google_pubsub_topic.Dead.id}' },
      retry_policy: { minimum_backoff: '10s' },
    },
    'google_monitoring_alert_policy.Late': filter('oldest_unacked_message_age', 'clicks'),
    'google_monitoring_alert_policy.Refused': filter('push_request_count', 'clicks'),
    'google_monitoring_alert_policy.Dead': filter('num_undelivered_messages', 'clicks-dead'),
  };
  const without = (address: string): Declarations =>
    Object.fromEntries(Object.entries(sound).filter(([each]) => each !== address));
  const delivery = (patch: object): Declarations => ({
    ...sound,
    'google_pubsub_subscription.Fills': { ...sound['google_pubsub_subscription.Fills'], ...patch },
  });

  test('accepts a delivery that is watched and whose dead letters are kept', () => {
    expect(found('google-delivery', sound)).toEqual([]);
  });

  test.each([
    ['nobody is called for late events', without('google_monitoring_alert_policy.Late'), /oldest_unacked_message_age/],
    ['nobody is called for refused events', without('google_monitoring_alert_policy.Refused'), /push_request_count/],
    ['nobody is called for dead letters', without('google_monitoring_alert_policy.Dead'), /num_undelivered_messages/],
    ['nobody keeps dead letters', without('google_pubsub_subscription.Kept'), /must have a subscription, got none/],
    ['it has no dead letters', delivery({ dead_letter_policy: undefined }), /dead_letter_topic must be given/],
    ['it is not tried again', delivery({ retry_policy: undefined }), /retry_policy.minimum_backoff must be given/],
    [
      'it writes as Google’s own account',
      delivery({ bigquery_config: { table: 't' } }),
      /service_account_email must be/,
    ],
  ])('fails when %s', (_, resources, message) => {
    expect(found('google-delivery', resources)).toEqual([expect.stringMatching(message)]);
  });
});

describe('google-federation', () => {
  const provider = (patch: object): Declarations => ({
    'google_iam_workload_identity_pool_provider.P': {
      attribute_condition: "assertion.sub in ['system:serviceaccount:shop-order:order']",
      attribute_mapping: { 'google.subject': 'assertion.sub' },
      oidc: { issuer_uri: 'https://oidc.example', allowed_audiences: ['https://iam.googleapis.com/projects/1/x'] },
      ...patch,
    },
  });

  test('accepts named accounts of one cluster', () => {
    expect(found('google-federation', provider({}))).toEqual([]);
  });

  test.each([
    ['every account is let in', { attribute_condition: undefined }, /attribute_condition must name accounts/],
    ['accounts are let in by a beginning', { attribute_condition: "assertion.sub.startsWith('system:')" }, /must name/],
    ['tokens for anybody are taken', { oidc: { issuer_uri: 'https://x' } }, /allowed_audiences must be this provider/],
    [
      'there is no issuer',
      { oidc: { allowed_audiences: ['https://iam.googleapis.com/projects/1/x'] } },
      /issuer_uri must be the issuer of a cluster/,
    ],
    [
      'somebody is named by another claim',
      { attribute_mapping: { 'google.subject': 'assertion.email' } },
      /google.subject/,
    ],
  ])('fails when %s', (_, patch, message) => {
    expect(found('google-federation', provider(patch))).toEqual([expect.stringMatching(message)]);
  });
});

test.each([
  ['a subscription expires by itself', 'google_pubsub_subscription', {}, /expiration_policy.ttl must be ""/],
  [
    'a table is asked whole',
    'google_bigquery_table',
    { time_partitioning: { type: 'DAY' } },
    /require_partition_filter must be true/,
  ],
  ['a dataset goes with its rows', 'google_bigquery_dataset', { delete_contents_on_destroy: true }, /must be false/],
])('fails when %s', (_, type, given, message) => {
  expect(found('google-settings', { [`${type}.X`]: given })).toEqual([expect.stringMatching(message)]);
});
