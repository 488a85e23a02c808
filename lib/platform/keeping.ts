import { siteHosts } from './azure-gateway';
import { keepsFailover, leaderPath } from './failover-store';
import { sitesOf, type Platform } from './platform';
import { replicatedDatabases } from './sql/database';

/** What keeps the right of a platform's sites to write, as both sites are told. */
export interface Keeping {
  /** PostgreSQL databases that stand on both sites. */
  readonly databases: readonly string[];
  /** Where it is read which site leads: the edge of the recovery site serves it. */
  readonly latch: string;
}

/** What is kept of a platform; nothing where no database stands on two sites, or none of them keeps a latch. */
export function keepingOf(platform: Platform): Keeping | undefined {
  const served = sitesOf(platform).find((site) => keepsFailover(platform, site));
  const host = served && siteHosts(platform.stage.domain, served).at(-1);
  return host === undefined
    ? undefined
    : { databases: replicatedDatabases(platform), latch: `https://${host}${leaderPath}` };
}
