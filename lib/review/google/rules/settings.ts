import { settingsRule } from '../../azure/settings';

/** What is set as it must be: nothing expires by itself, nobody reads every day by mistake, nothing is deleted in passing. */
export const settings = settingsRule(
  'google-settings',
  {
    google_bigquery_dataset: [{ at: 'delete_contents_on_destroy', oneOf: [false], optional: true }],
    google_bigquery_table: [
      { at: 'require_partition_filter', oneOf: [true] },
      { at: 'time_partitioning.type', oneOf: ['DAY'] },
    ],
    google_kms_crypto_key: [{ at: 'purpose', oneOf: ['ENCRYPT_DECRYPT'] }],
    google_pubsub_subscription: [{ at: 'expiration_policy.ttl', oneOf: [''] }],
    google_pubsub_topic: [{ at: 'message_storage_policy.enforce_in_transit', oneOf: [true] }],
  },
  'set it so',
);
