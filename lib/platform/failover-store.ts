import { azureHosts } from './azure-hosts';
import type { PlacedSite, Platform } from './platform';

/** Containers of the failover control on Azure, in the account from which the edge serves. No bucket has such a name. */
export const failoverContainers = {
  /** Holds the latch, which everybody may read: keepers of both sites and health checks of names. */
  leader: 'mainstay-leader',
  /** Holds the journal, which nobody reads but the control. */
  journal: 'mainstay-failover',
} as const;

/** Path under which a site serves the latch; the blob has the same name, without its first stroke. */
export const leaderPath = '/.well-known/mainstay-leader.json';

/** Blob of the journal. */
const journalBlob = 'journal.jsonl';

/** Where the control of a site on Azure keeps the latch and the journal. */
export function failoverStore(
  platform: Pick<Platform, 'name' | 'stageName'>,
  site: PlacedSite & { readonly cloud: 'azure' },
): { readonly latch: string; readonly journal: string } {
  const { name, stageName } = platform;
  const { region, subscription } = site;
  const where = { name, stageName, region, subscription };
  const container = (name: string): string => azureHosts.bucket(where, 'assets', name);
  return {
    latch: `${container(failoverContainers.leader)}${leaderPath}`,
    journal: `${container(failoverContainers.journal)}/${journalBlob}`,
  };
}
