import { mostReplicatedBuckets, storageKind } from '../azure-storage';
import { azurePair, isOnBoth, type PlacedAzureSite } from '../azure-sites';
import type { Problem } from '../error';
import type { Platform } from '../platform';
import { stagePath, when, type Check } from './check';

/** Replicas that a PostgreSQL server has at most, in all regions. */
const mostReplicas = 5;

/** What a second region of Azure has copies of is something that Azure copies there. */
export const azureReplicas: Check = (platform) => {
  const pair = azurePair(platform);
  return pair === undefined ? [] : [...databaseProblems(platform), ...bucketProblems(platform, pair.recovery)];
};

function databaseProblems(platform: Platform): readonly Problem[] {
  return Object.entries(platform.databases).flatMap(([name, database]) => {
    if (database.engine !== 'postgres' || !isOnBoth(platform, database)) return [];
    const { readReplicas } = database;
    return [
      ...when(readReplicas >= mostReplicas, () => ({
        path: `databases.${name}.readReplicas`,
        got: readReplicas,
        allowed: `0 to ${mostReplicas - 1} where both sites are on azure: a server has ${mostReplicas} replicas at most, and the recovery site is one of them`,
        remedy: `lower it to ${mostReplicas - 1}, or move readers to a second database`,
      })),
    ];
  });
}

function bucketProblems(platform: Platform, recovery: PlacedAzureSite): readonly Problem[] {
  if (recovery.waives.objects !== undefined) return [];
  const kinds = Object.entries(platform.buckets)
    .filter(([, bucket]) => isOnBoth(platform, bucket))
    .map(([name, bucket]) => ({ name, kind: storageKind(bucket) }));
  return [...new Set(kinds.map(({ kind }) => kind))].flatMap((kind) => {
    const names = kinds.filter((each) => each.kind === kind).map(({ name }) => name);
    return when(names.length > mostReplicatedBuckets, () => ({
      path: 'buckets',
      got: names,
      allowed: `${mostReplicatedBuckets} that hold the like, where both sites are on azure: so many are copied between two accounts`,
      remedy: `join some of them, place them with on: ['primary'], or waive objects in ${stagePath(platform, 'sites.recovery.waives')}`,
    }));
  });
}
