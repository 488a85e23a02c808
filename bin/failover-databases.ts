import type { TokenCredential } from '@azure/identity';
import type { PlacedSite } from '../lib/platform/platform';
import { passwordSetting } from '../lib/platform/sql/publisher';
import { principalSetting } from '../lib/platform/sql/service';
import { followingSql, leadingSql, replicationSql } from '../lib/platform/sql/replication';
import type { DatabasePair, SiteDatabase } from '../lib/recovery/database/pair';
import { followSteps, type Session } from '../lib/recovery/database/prepare';
import type { Step } from '../lib/recovery/step';
import { openSession } from './database-session';
import type { FailoverSettings } from './failover-settings';

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
    const made = openSession({
      called: `${name} on the ${site.siteName} site`,
      site,
      address: settings.databases[name]?.[site.siteName] ?? 'unreachable',
      credential,
      ...(options === undefined ? {} : { options }),
    });
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
