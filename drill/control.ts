import { appendFileSync } from 'node:fs';
import type { SiteName } from '../lib/platform/platform';
import { databaseSteps } from '../lib/recovery/database/plan';
import type { SiteDatabase } from '../lib/recovery/database/pair';
import { FileJournal } from '../lib/recovery/file-journal';
import { failoverSteps } from '../lib/recovery/plan';
import { Postgres } from '../lib/recovery/postgres';
import { runPlan, type Outcome } from '../lib/recovery/runner';
import type { Clock } from '../lib/recovery/step';
import { administrator, database, drillPlatform, drillTimes } from './platform';
import { FileWitness } from './witness';
import { sleep } from './writer';

/** What a failover of the drill needs to know; plain data, since another process may be told it. */
export interface Control {
  readonly run: string;
  readonly from: SiteName;
  readonly to: SiteName;
  /** By which port each site is reached from where the control runs. */
  readonly ports: Readonly<Record<SiteName, number>>;
  readonly journal: string;
  readonly witness: string;
}

export const clock: Clock = { now: () => Date.now(), sleep };

/** Runs the shipped steps, or takes them up again. The person who is asked agrees. */
export async function failover({ from, journal, ports, run, to, witness }: Control): Promise<Outcome> {
  const sessions: Postgres[] = [];
  const at = (site: SiteName): SiteDatabase => {
    const session = new Postgres({
      name: `${database} on the ${site} site`,
      host: '127.0.0.1',
      port: ports[site],
      database,
      user: administrator,
      root: 'none',
      connectSeconds: 1,
      statementSeconds: site === from ? 6 : 30,
    });
    sessions.push(session);
    return { site, sql: session };
  };
  const steps = databaseSteps({
    platform: drillPlatform(),
    pairs: [{ name: database, from: at(from), to: at(to) }],
    latch: new FileWitness(witness),
    skewSeconds: drillTimes.skewSeconds,
    catchUp: { quietSeconds: 1, seconds: 30 },
    // Nobody pays in a drill: the hook is called, and its contract is tested elsewhere.
    reconciliation: { reconcile: () => Promise.resolve({ examined: 0, differing: 0, unresolved: 0 }) },
  });
  const file = new FileJournal(journal);
  try {
    return await runPlan({
      run,
      steps: failoverSteps(steps),
      journal: file,
      history: file.history(),
      approver: { ask: () => Promise.resolve('drill') },
      clock,
    });
  } finally {
    await Promise.all(sessions.map(async (session) => session.close()));
  }
}

/** As a program of its own, so that it can be killed: told a {@link Control} as JSON, it writes its outcome to a file. */
async function main([given = '', result = '']: readonly string[]): Promise<void> {
  const outcome = await failover(JSON.parse(given) as Control);
  appendFileSync(result, JSON.stringify(outcome));
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
