import { refuse, type Problem } from '../lib/platform/error';
import { siteHosts } from '../lib/platform/azure-gateway';
import { keepsFailover, leaderPath } from '../lib/platform/failover-store';
import { sitesOf, type PlacedSite, type Platform } from '../lib/platform/platform';
import { replicatedDatabases } from '../lib/platform/sql/database';
import { keeperUser } from '../lib/platform/sql/roles';
import { addressOf, type DatabaseAddress } from './database-address';

/** What a keeper is told. */
export interface KeeperSettings {
  readonly site: PlacedSite;
  /** By database. */
  readonly databases: Readonly<Record<string, DatabaseAddress>>;
  /** Where the latch is read. */
  readonly latch: string;
}

/** Name of the variable that says how the keeper reaches a database. */
export const keeperVariable = (database: string): string => `KEEPER_${database}`.toUpperCase().replaceAll('-', '_');

/**
 * The settings of a keeper, complete, or every problem at once.
 *
 * @throws PlatformError that lists everything that is missing or malformed.
 */
export function keeperSettings(
  platform: Platform,
  siteName: string,
  environment: Readonly<Record<string, string | undefined>>,
): KeeperSettings {
  const problems: Problem[] = [];
  const sites = sitesOf(platform);
  const site = sites.find((one) => one.siteName === siteName);
  const names = replicatedDatabases(platform);
  if (site === undefined || names.length === 0) {
    problems.push({
      path: '--site',
      got: siteName,
      allowed: `one of ${sites.map((one) => one.siteName).join(', ')}, of a stage in which a PostgreSQL database has a second place`,
      remedy: 'name the site beside whose databases this runs',
    });
  }
  const served = sites.find((one) => keepsFailover(platform, one));
  const host = served === undefined ? undefined : siteHosts(platform.stage.domain, served).at(-1);
  const latch = environment['KEEPER_LATCH'] ?? (host === undefined ? undefined : `https://${host}${leaderPath}`);
  if (latch?.startsWith('https://') !== true) {
    problems.push({
      path: 'KEEPER_LATCH',
      got: latch,
      allowed: 'an address that begins with https://',
      remedy: 'name the object that says which site leads',
    });
  }
  const addresses =
    site === undefined
      ? []
      : names.map((name) => {
          const variable = keeperVariable(name);
          return [
            name,
            addressOf({ platform, site, name, variable, user: keeperUser, environment }, problems),
          ] as const;
        });
  refuse('keeper', problems);
  return { site: site as PlacedSite, databases: Object.fromEntries(addresses), latch: latch ?? '' };
}
