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

/** User of a database as which its ledger is verified, and nothing else. */
export const verificationUser = 'mainstay_verification';

/** Container that keeps digests; nothing else is in its account. */
export const digestContainer = 'ledger-digests';

/** How often a digest is taken, in minutes. Ours: what is changed past the database within it may go unseen. */
export const digestMinutes = 15;

/** When ledgers are verified: every night, in UTC. Ours: it reads the whole ledger, and fewest people work then. */
export const verificationSchedule = '30 2 * * *';

/** Without a verification that went well for so long, somebody is called, in hours: the second in a row is missing. */
export const verifiedHours = 48;
