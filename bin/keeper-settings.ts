import { refuse, type Problem } from '../lib/platform/error';
import { keeperVariables } from '../lib/platform/keeper-process';
import { keepingOf } from '../lib/platform/keeping';
import { sitesOf, type PlacedSite, type Platform } from '../lib/platform/platform';
import { replicatedDatabases } from '../lib/platform/sql/database';
import { beatSeconds } from '../lib/platform/sql/heartbeat';
import { leaseSeconds } from '../lib/platform/sql/keeper';
import { keeperUser } from '../lib/platform/sql/roles';
import { addressOf, type DatabaseAddress } from './database-address';

/** What a keeper is told. */
export interface KeeperSettings {
  readonly site: PlacedSite;
  /** By database. */
  readonly databases: Readonly<Record<string, DatabaseAddress>>;
  /** Where the latch is read. */
  readonly latch: string;
  /** How long the site may write after a turn. */
  readonly leaseSeconds: number;
}

/** What the right to write may last: at least as long as a few turns that failed, at most a day, which the database says. */
const leases = { least: 10 * beatSeconds, most: 86_400 } as const;

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
  const latch = environment[keeperVariables.latch] ?? keepingOf(platform)?.latch;
  if (latch?.startsWith('https://') !== true) {
    problems.push({
      path: keeperVariables.latch,
      got: latch,
      allowed: 'an address that begins with https://',
      remedy: 'name the object that says which site leads',
    });
  }
  const lease = Number(environment[keeperVariables.lease] ?? leaseSeconds);
  if (!Number.isInteger(lease) || lease < leases.least || lease > leases.most) {
    problems.push({
      path: keeperVariables.lease,
      got: environment[keeperVariables.lease],
      allowed: `whole seconds from ${leases.least} to ${leases.most}`,
      remedy: 'say how long the site may write after a turn, or leave it out',
    });
  }
  const addresses =
    site === undefined
      ? []
      : names.map((name) => {
          const variable = keeperVariables.database(name);
          return [
            name,
            addressOf({ platform, site, name, variable, user: keeperUser, environment }, problems),
          ] as const;
        });
  refuse('keeper', problems);
  return {
    site: site as PlacedSite,
    databases: Object.fromEntries(addresses),
    latch: latch ?? '',
    leaseSeconds: lease,
  };
}
