import type { TokenCredential } from '@azure/identity';
import { rdsRoot } from '../lib/aws/rds-roots';
import type { PlacedSite, SiteName } from '../lib/platform/platform';
import { passwordSetting } from '../lib/platform/sql/publisher';
import { principalSetting } from '../lib/platform/sql/service';
import { followingSql, leadingSql, replicationSql } from '../lib/platform/sql/replication';
import type { DatabasePair, SiteDatabase } from '../lib/recovery/database/pair';
import { followSteps, type Session } from '../lib/recovery/database/prepare';
import { Postgres } from '../lib/recovery/postgres';
import { Unreachable } from '../lib/recovery/sql';
import type { Step } from '../lib/recovery/step';
import type { FailoverSettings } from './failover-settings';

/** For what a token of Entra ID is asked that PostgreSQL on Azure takes in place of a password. */
const postgresScope = 'https://ossrdbms-aad.database.windows.net/.default';

/** The databases of both sites, and what closes every connection to them. */
export interface Databases {
  readonly pairs: readonly DatabasePair[];
  /** The steps by which the site that is to lead next follows the one that leads. */
  readonly follow: () => readonly Step[];
  close(): Promise<void>;
}

export function openDatabases(settings: FailoverSettings, credential: TokenCredential): Databases {
  const { from, platform, to } = settings;
  const opened: Session[] = [];
  const session = (site: PlacedSite, name: string, options?: string): Session => {
    const made = sessionOf(settings, site, name, credential, options);
    opened.push(made);
    return made;
  };
  const at = (site: PlacedSite, name: string): SiteDatabase => ({ site: site.siteName, sql: session(site, name) });
  const pairs = Object.keys(settings.databases).map((name) => ({ name, from: at(from, name), to: at(to, name) }));
  const told = [
    `-c ${passwordSetting}=${settings.standbyPassword ?? ''}`,
    ...(settings.keeperPrincipal === undefined ? [] : [`-c ${principalSetting}=${settings.keeperPrincipal}`]),
  ].join(' ');
  return {
    pairs,
    follow: () =>
      pairs.flatMap((pair) => {
        const leader = settings.databases[pair.name]?.[from.siteName];
        if (leader === undefined || leader === 'unreachable') {
          throw new Error(`${pair.name} on the ${from.siteName} site must be reached for the other one to follow it`);
        }
        const leading = leadingSql(platform, pair.name, from.cloud);
        return followSteps({
          pair,
          both: {
            from: replicationSql(platform, pair.name, from.cloud),
            to: replicationSql(platform, pair.name, to.cloud),
          },
          sessions: { from: () => session(from, pair.name, told), to: () => session(to, pair.name, told) },
          leading: [...leading.user, ...leading.slot],
          // A managed server is given no root of the other cloud: docs/adr/0017-recovery.md.
          following: followingSql(platform, pair.name, {
            host: leader.host,
            port: leader.port,
            proof: 'channel-binding',
          }),
        });
      }),
    close: async () => {
      await Promise.all(opened.map(async (one) => one.close()));
    },
  };
}

function sessionOf(
  { databases }: FailoverSettings,
  site: PlacedSite,
  name: string,
  credential: TokenCredential,
  options?: string,
): Session {
  const called = `${name} on the ${site.siteName} site`;
  const address = databases[name]?.[site.siteName] ?? 'unreachable';
  if (address === 'unreachable') return unreachable(called, site.siteName);
  const { database, host, password, port, user } = address;
  return new Postgres({
    name: called,
    host,
    port,
    database,
    user,
    password: async () => password ?? (await tokenOf(credential)),
    root: site.cloud === 'aws' ? rdsRoot(site.region) : 'system',
    ...(options === undefined ? {} : { options }),
  });
}

async function tokenOf(credential: TokenCredential): Promise<string> {
  const token = await credential.getToken(postgresScope);
  if (token === null) throw new Error(`nobody gives a token for ${postgresScope}: log in with az login`);
  return token.token;
}

/** A site of which it is said that nobody reaches it: so it is taken to be. */
const unreachable = (called: string, site: SiteName): Session => ({
  query: () => Promise.reject(new Unreachable(called, `it was said that nobody reaches the ${site} site`)),
  close: () => Promise.resolve(),
});
