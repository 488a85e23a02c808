import { sqlServersOn } from './placed-databases';
import { sitesOf, type Platform, type SiteName } from './platform';

/** Databases of a site whose events lie in a ledger: those of SQL Server that have an event store. */
export const ledgersOn = (platform: Pick<Platform, 'databases' | 'eventStores'>, site: SiteName): readonly string[] =>
  sqlServersOn(platform, site)
    .map(([name]) => name)
    .filter((name) => Object.values(platform.eventStores).some(({ database }) => database === name));

/** Whether any site has such a database. */
export const hasLedgers = (platform: Platform): boolean =>
  sitesOf(platform).some(({ siteName }) => ledgersOn(platform, siteName).length > 0);

/** User of a database as which digests are asked for, and nothing else. */
export const digestUser = 'mainstay_digests';

/** Container that keeps digests; nothing else is in its account. */
export const digestContainer = 'ledger-digests';

/** How often a digest is taken, in minutes. Ours: what is changed past the database within it may go unseen. */
export const digestMinutes = 15;
