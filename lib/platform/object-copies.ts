import { whereIs } from './azure-sites';
import { azureHosts } from './azure-hosts';
import { storageKind } from './azure-storage';
import { failoverStore } from './failover-store';
import { recoveryPair } from './link';
import { copierRole } from './names';
import { standsOn, type Platform } from './platform';

/** A bucket whose objects are copied to the recovery site. */
export interface CopiedBucket {
  /** Name of the bucket, which its container has as well. */
  readonly name: string;
  /** Address of the container. */
  readonly container: string;
  /** Whether what is deleted on the primary is deleted there. Nothing is ever removed from an archive. */
  readonly removes: boolean;
}

/** What copies objects from a primary on AWS to a recovery site on Azure, as both sites are told. */
export interface ObjectCopies {
  readonly buckets: readonly CopiedBucket[];
  /** Hosts on Azure that are reached over the link. */
  readonly hosts: readonly string[];
  /** Where it stands which site leads. Nothing is copied while it is not the primary. @default - there is no failover */
  readonly latch: string | undefined;
  /** Who issues the tokens by which the primary proves who it is. */
  readonly issuer: string;
  /** As whom it proves itself: the ARN of its role. */
  readonly subject: string;
  /** Tenant of Entra ID that changes such a token for one of its own. */
  readonly tenant: string;
  /** Nothing may be older on the recovery site than so many minutes. */
  readonly pointMinutes: number;
}

/** Where no recovery point was promised: ours. */
const usualPointMinutes = 60;

/** Copies of buckets that stand on both sites; nothing if there is none, the recovery site does without, or there is no pair of sites on two clouds. */
export function objectCopies(platform: Platform): ObjectCopies | undefined {
  const pair = recoveryPair(platform);
  if (pair?.recovery.waives.objects !== undefined || pair === undefined) return undefined;
  const { primary, recovery } = pair;
  const { tenant } = recovery;
  const where = whereIs(platform, recovery);
  const onBoth = (name: string): boolean =>
    [primary, recovery].every(({ siteName }) => standsOn(platform, siteName, 'buckets', name));
  const buckets = Object.entries(platform.buckets)
    .filter(([name]) => onBoth(name))
    .map(([name, spec]) => ({
      name,
      container: azureHosts.bucket(where, storageKind(spec), name),
      removes: spec.holds !== 'archive',
    }));
  if (buckets.length === 0) return undefined;
  const latch = failoverStore(platform, recovery)?.latch;
  const urls = [...buckets.map(({ container }) => container), ...(latch === undefined ? [] : [latch])];
  return {
    buckets,
    hosts: [...new Set(urls.map((url) => new URL(url).hostname))].sort(),
    latch,
    issuer: primary.tokenIssuer,
    subject: `arn:aws:iam::${primary.account}:role/${copierRole(platform)}`,
    tenant,
    pointMinutes: platform.goals.recovery?.objectsPointMinutes ?? usualPointMinutes,
  };
}
