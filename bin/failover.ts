import { BlockBlobClient } from '@azure/storage-blob';
import { DefaultAzureCredential } from '@azure/identity';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { PlatformError } from '../lib/platform/error';
import { keeperWord } from '../lib/platform/names';
import { identityOf, missingIdentities, reachedAt } from '../lib/platform/outputs';
import { BlobLatch } from '../lib/recovery/azure/blob-latch';
import { nameLeader } from '../lib/recovery/database/fence';
import { databaseSteps } from '../lib/recovery/database/plan';
import { HttpReconciliation } from '../lib/recovery/http-reconciliation';
import type { Journal, JournalEvent } from '../lib/recovery/journal';
import { failoverSteps } from '../lib/recovery/plan';
import { dryRun, runPlan, type Approver } from '../lib/recovery/runner';
import type { Clock, Step } from '../lib/recovery/step';
import { openDatabases, type Databases } from './failover-databases';
import { journalAt, type JournalPlace } from './failover-journal';
import { eventText, outcomeText, planText, statusText } from './failover-report';
import { failoverSettings, type FailoverSettings } from './failover-settings';
import { sitePartNames, siteSteps, type SitePart } from './failover-site';
import { loadPlatform } from './inputs';
import { messageOf } from './message';
import { targetOptions } from './target-options';

const USAGE = `usage: npm run failover -- <plan|run|follow|status> [--to <site>] [--run <name>] …

  Moves a platform from the site that leads to the other one. It needs nothing of the site that leads, and says how that was
  kept from writing.

  plan      looks at the world, says what run would do, and does none of it
  run       does it, or takes it up again by its name
  follow    lets the site that lost its lead follow the other one, so that run can bring it back
  status    what the journal holds of a run

  --platform, --stage        default: retailflow, production
  --to                       site that is to lead, or with follow the one that is to follow (default: recovery)
  --run                      name of the run; needed by run and follow
  --approved-by <name>       who agrees to what is asked; without it, whoever sits at the terminal is asked
  --without <part>           leaves a step out: nodes, services, jobs or traffic; may be repeated
  --accept-unfenced <why>    the site that led cannot be fenced, and somebody knows that it writes no more
  --accept-loss <why>        what the site that led still has may be lost
  --accept-unresolved <why>  payments that could not be reconciled may wait
  --accept-unreconciled <why> payments need not be reconciled at all
  --accept-fewer <why>       fewer pods than the full load needs will do

  Where databases, journal, latch and cluster are: docs/guides/failover.md.
`;

const clock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds) =>
    new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
};

const commands = ['plan', 'run', 'follow', 'status'] as const;

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...targetOptions,
      to: { type: 'string', default: 'recovery' },
      run: text,
      'approved-by': text,
      without: { type: 'string', multiple: true, default: [] as string[] },
      'accept-unfenced': text,
      'accept-loss': text,
      'accept-unresolved': text,
      'accept-unreconciled': text,
      'accept-fewer': text,
      help: { type: 'boolean', default: false },
    },
  });
}

type Values = ReturnType<typeof parsed>['values'];

/** The command line. Whether everything is done that was to be. */
async function main(args: readonly string[]): Promise<boolean> {
  const { positionals, values } = parsed(args);
  if (values.help) {
    console.log(USAGE);
    return true;
  }
  const command = commands.find((name) => name === positionals[0]);
  if (command === undefined || positionals.length !== 1) {
    throw new Error(
      `the command must be one of ${commands.join(', ')}, got ${positionals.join(' ') || 'none'}\n\n${USAGE}`,
    );
  }
  const { outputs, platform } = loadPlatform(values.platform, values.stage);
  const reached = reachedAt(platform, outputs);
  const unreconciled = values['accept-unreconciled'];
  const settings = failoverSettings({
    platform,
    to: values.to,
    task: command === 'follow' || command === 'status' ? command : 'failover',
    ...(unreconciled === undefined ? {} : { unreconciled }),
    traffic: !values.without.includes('traffic'),
    ...(reached === undefined ? {} : { address: reached }),
    ...(missingIdentities([keeperWord], outputs).length > 0
      ? {}
      : { keeper: identityOf(outputs, keeperWord).principalId }),
    environment: process.env,
  });
  const credential = new DefaultAzureCredential();
  const journal = journalAt(settings.journal, credential, clock);
  if (command === 'status') {
    console.log(statusText(await journal.read(), values.run));
    return true;
  }
  const databases = openDatabases(settings, credential);
  try {
    const latch = new BlobLatch(new BlockBlobClient(settings.latch, credential), clock);
    const steps =
      command === 'follow'
        ? [...databases.follow(), nameLeader(latch, settings.from.siteName)]
        : stepsOf(settings, databases, latch, values, credential);
    if (command === 'plan') {
      const planned = await dryRun({ run: values.run ?? 'plan', steps, history: await journal.read(), clock });
      console.log(planText(planned));
      return planned.every(({ state }) => state !== 'refused');
    }
    return await carriedOut(steps, values, journal);
  } finally {
    await databases.close();
  }
}

function stepsOf(
  settings: FailoverSettings,
  { pairs }: Databases,
  latch: BlobLatch,
  values: Values,
  credential: DefaultAzureCredential,
): readonly Step[] {
  const unknown = values.without.filter((part) => !sitePartNames.some((name) => name === part));
  if (unknown.length > 0) {
    throw new PlatformError('command line', [
      {
        path: '--without',
        got: unknown.join(', '),
        allowed: `one of ${sitePartNames.join(', ')}`,
        remedy: 'databases are always moved',
      },
    ]);
  }
  const accepted = {
    unfenced: values['accept-unfenced'],
    loss: values['accept-loss'],
    unresolved: values['accept-unresolved'],
  };
  const databases = databaseSteps({
    platform: settings.platform,
    pairs,
    latch,
    reconciliation:
      settings.reconciliation === undefined
        ? { because: values['accept-unreconciled'] ?? 'nobody said why' }
        : new HttpReconciliation(settings.reconciliation, clock),
    accept: Object.fromEntries(Object.entries(accepted).filter(([, reason]) => reason !== undefined)),
  });
  const acceptFewer = values['accept-fewer'];
  const site = siteSteps({
    settings,
    without: new Set(values.without as SitePart[]),
    clock,
    credential,
    ...(acceptFewer === undefined ? {} : { acceptFewer }),
  });
  return failoverSteps(databases, site);
}

/** Runs steps with the journal kept, and every event told. */
async function carriedOut(steps: readonly Step[], values: Values, at: JournalPlace): Promise<boolean> {
  const { run } = values;
  if (run === undefined || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(run)) {
    throw new PlatformError('command line', [
      {
        path: '--run',
        got: run,
        allowed: 'a name of lower-case letters, digits and hyphens',
        remedy: 'choose one for a new run, such as 2026-11-28-storm; take one up again by the name that it has',
      },
    ]);
  }
  const { close, history, journal } = await at.open();
  try {
    const told: Journal = {
      append: async (line) => {
        await journal.append(line);
        console.log(eventText(JSON.parse(line) as JournalEvent));
      },
    };
    const outcome = await runPlan({ run, steps, journal: told, history, approver: approver(values), clock });
    console.log(outcomeText(outcome, run));
    return outcome.ended === 'all';
  } finally {
    await close();
  }
}

/** Whoever was named, or whoever sits at the terminal. */
const approver = (values: Values): Approver => ({
  ask: async (question) => {
    const name = values['approved-by'];
    if (name !== undefined) return name;
    if (!process.stdin.isTTY) return undefined;
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await terminal.question(`${question}\nType your name to agree, or nothing to stop: `);
    terminal.close();
    return answer.trim() === '' ? undefined : answer.trim();
  },
});

// Only the end of the last step makes it a success, so that a process which runs out of work has failed.
process.exitCode = 1;
main(process.argv.slice(2)).then(
  (done) => {
    process.exitCode = done ? 0 : 1;
  },
  (error: unknown) => console.error(messageOf(error)),
);
