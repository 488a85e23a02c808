import { DataGoogleBigqueryDefaultServiceAccount } from '@cdktf/provider-google/lib/data-google-bigquery-default-service-account';
import { DataGoogleLoggingProjectCmekSettings } from '@cdktf/provider-google/lib/data-google-logging-project-cmek-settings';
import { KmsCryptoKey } from '@cdktf/provider-google/lib/kms-crypto-key';
import { KmsCryptoKeyIamMember } from '@cdktf/provider-google/lib/kms-crypto-key-iam-member';
import { KmsKeyRing } from '@cdktf/provider-google/lib/kms-key-ring';
import { Construct } from 'constructs';
import { keep } from './keep';
import { pubsubAgent, type Place } from './place';

export interface KeysProps {
  readonly place: Place;
}

/** A key is replaced this often, in seconds: 90 days. What it has encrypted stays readable. */
const rotationSeconds = 90 * 24 * 3600;

/** A key that somebody destroys can be had back for this long, in seconds: 30 days. */
const destroySeconds = 30 * 24 * 3600;

/** The project's own key, which BigQuery, Pub/Sub and the logs encrypt by, and nobody else. */
export class Keys extends Construct {
  public readonly key: KmsCryptoKey;
  /** What must be granted before anything is encrypted by the key. */
  public readonly grants: readonly KmsCryptoKeyIamMember[];

  public constructor(scope: Construct, id: string, props: KeysProps) {
    super(scope, id);
    const { place } = props;
    const { labels, location, project } = place;
    const ring = new KmsKeyRing(this, 'Ring', { name: 'warehouse', location, project });
    keep(ring);
    this.key = new KmsCryptoKey(this, 'Key', {
      name: 'data',
      keyRing: ring.id,
      purpose: 'ENCRYPT_DECRYPT',
      rotationPeriod: `${rotationSeconds}s`,
      destroyScheduledDuration: `${destroySeconds}s`,
      labels: { ...labels },
    });
    keep(this.key);
    // Asked for, Google makes the accounts that it has none of yet.
    const tables = new DataGoogleBigqueryDefaultServiceAccount(this, 'TablesAgent', { project });
    const logs = new DataGoogleLoggingProjectCmekSettings(this, 'LogsAgent', { project });
    const users = {
      Tables: `serviceAccount:${tables.email}`,
      Events: pubsubAgent(place),
      Logs: `serviceAccount:${logs.serviceAccountId}`,
    };
    this.grants = Object.entries(users).map(
      ([word, member]) =>
        new KmsCryptoKeyIamMember(this, `${word}UseKey`, {
          cryptoKeyId: this.key.id,
          role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
          member,
        }),
    );
  }
}
