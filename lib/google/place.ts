import type { KmsCryptoKey } from '@cdktf/provider-google/lib/kms-crypto-key';
import type { DataClass } from '../platform/nouns/scalars';

/** Where resources stand: a project of Google Cloud in a region, and what everything in it has in common. */
export interface Place {
  readonly project: string;
  readonly projectNumber: string;
  /** Region of data at rest and on its way. */
  readonly location: string;
  /** Labels of every resource that has any. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether nothing may be removed by mistake. */
  readonly isProtected: boolean;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
}

/** What everything that holds data is given besides. */
export interface Shared {
  readonly place: Place;
  /** The key by which data lies encrypted. */
  readonly key: KmsCryptoKey;
  /** Who is called: the full name of a channel. */
  readonly channel: string;
}

/** Labels of what holds data of a class. */
export const labelled = ({ labels }: Place, dataClass: DataClass): Record<string, string> => ({
  ...labels,
  'data-class': dataClass,
});

/** The account by which Pub/Sub itself acts in a project. */
export const pubsubAgent = ({ projectNumber }: Pick<Place, 'projectNumber'>): string =>
  `serviceAccount:service-${projectNumber}@gcp-sa-pubsub.iam.gserviceaccount.com`;
