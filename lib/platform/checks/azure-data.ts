import { azureExtensions } from '../azure-extensions';
import { cacheSku, largestCacheGiB, postgresSizes, sizeOf } from '../azure-sizes';
import type { Problem } from '../error';
import { databaseName } from '../names';
import { didYouMean } from '../nearest';
import type { Postgres } from '../nouns/database';
import type { AzureSite } from '../nouns/site';
import { placedOn, sitesOf, type Platform, type SiteName } from '../platform';
import { sqlProblems } from './azure-sql';
import { when, type Check } from './check';

type Placed = AzureSite & { readonly siteName: SiteName };

/** What the check finds on each site on Azure. */
const onAzure = (platform: Platform, check: (site: Placed) => readonly Problem[]): readonly Problem[] =>
  sitesOf(platform).flatMap((site) => (site.cloud === 'azure' ? check(site) : []));

/** Point-in-time recovery of PostgreSQL reaches at least this far back, in days. */
const leastBackupDays = 7;

/** Databases that every server has, or that Azure keeps for itself. */
const ownDatabases = ['azure_maintenance', 'azure_sys', 'postgres', 'template0', 'template1'];

/** What Azure cannot do with a database. */
export const azureDatabases: Check = (platform) =>
  onAzure(platform, ({ siteName, ...site }) =>
    placedOn(platform.databases, siteName).flatMap(([name, database]) =>
      database.engine === 'postgres'
        ? postgresProblems(name, database, site.region)
        : sqlProblems(platform, site, [name, database]),
    ),
  );

function postgresProblems(name: string, database: Postgres, region: string): readonly Problem[] {
  const { backupRetentionDays, capacity, extensions } = database;
  const path = `databases.${name}`;
  const sizes = postgresSizes(region);
  return [
    ...when(sizeOf(sizes, capacity) === undefined, () => ({
      path: `${path}.capacity`,
      got: capacity,
      allowed: `a size of PostgreSQL on azure in ${region}, which are (in GiB): ${sizes
        .map(({ memoryGiB, vcpu }) => `${vcpu} vcpu with ${memoryGiB}`)
        .join(', ')}`,
      remedy: 'choose one of these sizes',
    })),
    ...when(backupRetentionDays < leastBackupDays, () => ({
      path: `${path}.backupRetentionDays`,
      got: backupRetentionDays,
      allowed: `${leastBackupDays} to 35 on azure`,
      remedy: `raise it to ${leastBackupDays}`,
    })),
    ...when(ownDatabases.includes(databaseName(name)), () => ({
      path,
      got: name,
      allowed: 'a name that no database of Azure has by itself',
      remedy: 'name it after what it holds',
    })),
    ...extensions
      .filter((extension) => !azureExtensions.includes(extension))
      .map((extension) => ({
        path: `${path}.extensions`,
        got: extension,
        allowed: 'an extension that PostgreSQL on azure offers',
        remedy: didYouMean(extension, azureExtensions, 'do without it, or place the database on aws alone'),
      })),
  ];
}

/** What Azure cannot do with a cache. It has one service that speaks the protocol, for either engine. */
export const azureCaches: Check = (platform) =>
  onAzure(platform, ({ siteName }) =>
    placedOn(platform.caches, siteName).flatMap(([name, { memoryGiB, shards }]) => [
      ...when(cacheSku(memoryGiB * shards) === undefined, () => ({
        path: `caches.${name}.memoryGiB`,
        got: memoryGiB * shards,
        allowed: `at most ${largestCacheGiB} on azure, all shards together`,
        remedy: 'lower memoryGiB or shards, or divide the cache',
      })),
    ]),
  );

/** Service Bus locks a received message for so long at most, in seconds. */
const longestLock = 300;

/** What Azure cannot do with a queue. */
export const azureQueues: Check = (platform) =>
  onAzure(platform, () =>
    Object.entries(platform.queues).flatMap(([name, { visibilitySeconds }]) => [
      ...when(visibilitySeconds > longestLock, () => ({
        path: `queues.${name}.visibilitySeconds`,
        got: visibilitySeconds,
        allowed: `at most ${longestLock} on azure, where a message is locked for five minutes`,
        remedy: 'lower it, and let what takes longer be done by a workflow or in several messages',
      })),
      ...when(platform.topics[name] !== undefined, () => ({
        path: `queues.${name}`,
        got: name,
        allowed: 'a name that no topic has on azure, where both stand in one namespace',
        remedy: 'rename the queue or the topic',
      })),
    ]),
  );

/** Names of containers have so many characters at least. */
const shortestContainer = 3;

/**
 * Azure takes blocks away that were sent and never made a blob so long after the last of them, in days, and nobody may say
 * otherwise: https://learn.microsoft.com/rest/api/storageservices/put-block
 */
const uncommittedDays = 7;

/** What Azure cannot do with a bucket. */
export const azureBuckets: Check = (platform) =>
  onAzure(platform, ({ siteName }) =>
    placedOn(platform.buckets, siteName).flatMap(([name, { incompleteUploadDays }]) => [
      ...when(name.length < shortestContainer, () => ({
        path: `buckets.${name}`,
        got: name,
        allowed: `a name of at least ${shortestContainer} characters on azure`,
        remedy: 'name it after what it holds',
      })),
      ...when(incompleteUploadDays !== uncommittedDays, () => ({
        path: `buckets.${name}.incompleteUploadDays`,
        got: incompleteUploadDays,
        allowed: `${uncommittedDays} on azure, which itself removes the parts of an upload after a week without another`,
        remedy: `remove it, or write ${uncommittedDays}; or place the bucket on aws alone`,
      })),
    ]),
  );
