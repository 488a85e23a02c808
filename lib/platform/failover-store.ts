import { whereIs } from './azure-sites';
import { azureHosts } from './azure-hosts';
import { storageKind } from './azure-storage';
import type { PlacedSite, Platform } from './platform';
import { replicatedDatabases } from './sql/database';

/** Containers of the failover control on Azure, in the account from which the edge serves. No bucket has such a name. */
export const failoverContainers = {
  /** Holds the latch, which everybody may read: keepers of both sites and health checks of names. */
  leader: 'mainstay-leader',
  /** Holds the journal, which nobody reads but the control. */
  journal: 'mainstay-failover',
} as const;

/** Blob of the latch. */
export const leaderBlob = 'leader.json';

/** What stands in the latch while a site leads. */
export const leads = (site: string): string => `"leader":"${site}"`;

/** Blob of the journal. */
const journalBlob = 'journal.jsonl';

/** Path under which the recovery site's edge serves the latch. */
export const leaderPath = '/.well-known/mainstay-leader.json';

/** Whether a site keeps the latch and the journal: the recovery site, on Azure, of what can fail over, with files that its edge serves. */
export function keepsFailover(platform: Platform, site: Pick<PlacedSite, 'cloud' | 'siteName' | 'waives'>): boolean {
  const assets = platform.buckets[platform.edge?.assets ?? ''];
  return (
    site.cloud === 'azure' &&
    site.siteName === 'recovery' &&
    site.waives.edge === undefined &&
    assets?.on.includes(site.siteName) === true &&
    storageKind(assets) === 'assets' &&
    replicatedDatabases(platform).length > 0
  );
}

/** Where the control of a platform keeps the latch and the journal; nothing where its recovery site cannot. */
export function failoverStore(
  platform: Platform,
  site: PlacedSite,
): { readonly latch: string; readonly journal: string } | undefined {
  if (site.cloud !== 'azure' || !keepsFailover(platform, site)) return undefined;
  const container = (of: string): string => azureHosts.bucket(whereIs(platform, site), 'assets', of);
  return {
    latch: `${container(failoverContainers.leader)}/${leaderBlob}`,
    journal: `${container(failoverContainers.journal)}/${journalBlob}`,
  };
}
