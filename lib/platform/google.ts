import { accountNamespace, kubernetesAccount } from './names';
import type { Google } from './nouns/warehouse';
import type { Platform, SiteName } from './platform';

/** Regions of Google Cloud in which BigQuery, Pub/Sub and keys all stand: https://cloud.google.com/about/locations */
export const googleRegions = [
  'africa-south1',
  'asia-east1',
  'asia-east2',
  'asia-northeast1',
  'asia-northeast2',
  'asia-northeast3',
  'asia-south1',
  'asia-south2',
  'asia-southeast1',
  'asia-southeast2',
  'australia-southeast1',
  'australia-southeast2',
  'europe-central2',
  'europe-north1',
  'europe-southwest1',
  'europe-west1',
  'europe-west2',
  'europe-west3',
  'europe-west4',
  'europe-west6',
  'europe-west8',
  'europe-west9',
  'europe-west10',
  'europe-west12',
  'me-central1',
  'me-central2',
  'me-west1',
  'northamerica-northeast1',
  'northamerica-northeast2',
  'southamerica-east1',
  'southamerica-west1',
  'us-central1',
  'us-east1',
  'us-east4',
  'us-east5',
  'us-south1',
  'us-west1',
  'us-west2',
  'us-west3',
  'us-west4',
] as const;

/** What somebody does with a warehouse: writes events into it, or asks its tables. */
export type WarehouseUse = 'feeds' | 'queries';

/** The pool of a project in which the clusters of a platform's sites are known. */
export const clusterPool = 'clusters';

/** Name of a dataset or a table: BigQuery takes no hyphens. */
export const sqlWord = (name: string): string => name.replaceAll('-', '_');

/** Name of the topic that fills a table. A project is one stage's own. */
export const warehouseTopic = (warehouse: string, table: string): string => `${warehouse}-${table}`;

/** Account as which events are written into a warehouse's tables. Google takes 30 characters. */
export const warehouseWriter = (warehouse: string): string => `writer-${warehouse}`;

/** Host that takes events, which do not leave the region on their way. */
export const eventsHost = ({ location }: Pick<Google, 'location'>): string => `${location}-pubsub.googleapis.com`;

/** Host that takes a token of a cluster and gives one of Google. */
export const tokensHost = 'sts.googleapis.com';

/** Host that is asked for rows. */
export const rowsHost = 'bigquery.googleapis.com';

/** The provider of a site's cluster in the pool, by its full name. */
export const clusterProvider = ({ projectNumber }: Pick<Google, 'projectNumber'>, site: SiteName): string =>
  `//iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${clusterPool}/providers/${site}`;

/** To whom a cluster's token is shown, and nobody else takes it. */
export const clusterAudience = (google: Pick<Google, 'projectNumber'>, site: SiteName): string =>
  `https:${clusterProvider(google, site)}`;

/** The account of a cluster under which a service's pods run, as a cluster's tokens name it. */
export const clusterSubject = (platform: Pick<Platform, 'name'>, service: string): string =>
  `system:serviceaccount:${accountNamespace(platform, service)}:${kubernetesAccount(service)}`;

/** The same as Google names it, whichever cluster of the platform it is in. */
export const clusterPrincipal = (
  { projectNumber }: Pick<Google, 'projectNumber'>,
  platform: Pick<Platform, 'name'>,
  service: string,
): string =>
  `principal://iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${clusterPool}/subject/${clusterSubject(platform, service)}`;

/** Where a pod finds its token and what tells Google's libraries how to exchange it. Neither holds a key. */
export const googleCredentials = {
  directory: '/var/run/warehouse',
  token: 'token',
  configuration: 'credentials.json',
} as const;

/**
 * What Google's libraries read to act as the pod's own account: the cluster's token, and where it is exchanged. Nothing of it
 * is secret.
 */
export const credentialConfiguration = (google: Pick<Google, 'projectNumber'>, site: SiteName) => ({
  type: 'external_account',
  audience: clusterProvider(google, site),
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  token_url: `https://${tokensHost}/v1/token`,
  credential_source: { file: `${googleCredentials.directory}/${googleCredentials.token}`, format: { type: 'text' } },
});

/** Services that write events into a warehouse or ask its tables. */
export const warehouseUsers = ({ services }: Pick<Platform, 'services'>): readonly string[] =>
  Object.entries(services)
    .filter(([, { uses }]) => uses.feeds.length + uses.queries.length > 0)
    .map(([name]) => name);

/**
 * Where the platform's warehouses stand.
 *
 * @throws Error if there is none, which the checks refuse
 */
export function googleOf({ stage, stageName }: Pick<Platform, 'stage' | 'stageName'>): Google {
  if (stage.google === undefined) throw new Error(`stages.${stageName}.google must be there for warehouses`);
  return stage.google;
}
