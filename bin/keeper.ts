import { DefaultAzureCredential } from '@azure/identity';
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { beatSeconds } from '../lib/platform/sql/heartbeat';
import { HttpWitness } from '../lib/recovery/http-witness';
import { keepGoing } from '../lib/recovery/keeping';
import { openSession } from './database-session';
import { loadPlatform } from './inputs';
import { keeperSettings } from './keeper-settings';
import { messageOf } from './message';
import { targetOptions } from './target-options';

const USAGE = `usage: npm run keeper -- --site <site> [--platform <name>] [--stage <name>]

  Keeps the databases of a site: reads from the latch which site leads, renews the right to write or gives it up, beats, and
  tends new tables. Runs beside the databases until it is told to end, and writes a line of JSON for each turn.

  --platform, --stage   default: retailflow, production
  --site                primary or recovery
  --turned              file that is touched whenever every database has had its turn (default: none)

  KEEPER_<NAME>         postgresql://mainstay_keeper@<writer endpoint>:5432 (default on Azure: the server by its name)
  KEEPER_LATCH          where the latch is read (default: from the edge of the recovery site)
  KEEPER_LEASE_SECONDS  how long the site may write after a turn (default: 300)
`;

/** Keeps on until the process is told to end. */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...targetOptions,
      site: { type: 'string', default: '' },
      turned: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { platform } = loadPlatform(values.platform, values.stage);
  const { turned } = values;
  const { databases, latch, leaseSeconds, site } = keeperSettings(platform, values.site, process.env);
  const credential = new DefaultAzureCredential();
  const sessions = Object.entries(databases).map(([name, address]) => ({
    name,
    sql: openSession({ called: `${name} on the ${site.siteName} site`, site, address, credential }),
  }));
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  await keepGoing({
    site: site.siteName,
    databases: sessions,
    witness: new HttpWitness(latch),
    leaseSeconds,
    everySeconds: beatSeconds,
    clock: { now: () => Date.now(), sleep: async (milliseconds) => untilAborted(milliseconds, ending.signal) },
    tell: (told) => console.log(JSON.stringify({ at: new Date().toISOString(), site: site.siteName, ...told })),
    turned: () => {
      if (turned !== undefined) writeFileSync(turned, '');
    },
    goesOn: () => !ending.signal.aborted,
  });
  await Promise.all(sessions.map(async ({ sql }) => sql.close()));
}

/** Sleeps, unless the process is told to end meanwhile. */
const untilAborted = async (milliseconds: number, signal: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
