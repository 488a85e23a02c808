import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SiteName } from '../lib/platform/platform';
import { readJournal, type JournalEvent } from '../lib/recovery/journal';
import type { Outcome } from '../lib/recovery/runner';
import { failover, type Control } from './control';
import type { Observed } from './measure';
import { database } from './platform';
import type { World } from './world';
import { sleep } from './writer';

/** Something that happens to a platform, and how it comes out of it. */
export interface Fault {
  readonly name: string;
  readonly does: string;
  /** Acknowledged writes that may be lost: none, or those within the recovery point. */
  readonly mayLose: 'nothing' | 'within the recovery point';
  /** A fault whose writes were all there would have proved nothing. */
  readonly mustLose?: true;
  run(world: World): Promise<readonly Observed[]>;
}

const journalOf = ({ journal }: Control): readonly JournalEvent[] =>
  existsSync(journal) ? readJournal(readFileSync(journal, 'utf8')) : [];

const failed = (outcome: Outcome): readonly string[] => {
  if (outcome.ended === 'all') return [];
  return [`${outcome.step}: ${outcome.ended === 'failed' ? outcome.error.message : 'not approved'}`];
};

/** Runs a failover, sends traffic to the other site, and waits until that serves. */
async function recovered(
  world: World,
  control: Control,
  given: { readonly run?: (control: Control) => Promise<readonly string[]> } = {},
): Promise<Observed> {
  const { from, to } = control;
  const lostAt = Date.now();
  const violations = await (given.run ?? (async (told: Control) => failed(await failover(told))))(control);
  world.traffic = to;
  const servedAt = await world.untilWritten(to, lostAt);
  return { from, to, lostAt, servedAt, journal: journalOf(control), violations };
}

const toRecovery = (world: World, run: string): Control => world.control(run, 'primary', 'recovery');

/** The faults, as data: each begins with a primary under load that a recovery site follows. */
export const faults: readonly Fault[] = [
  {
    name: 'planned switch',
    does: 'the primary is well, and people move to the recovery site',
    mayLose: 'nothing',
    run: async (world) => [await recovered(world, toRecovery(world, 'planned'))],
  },
  {
    name: 'primary killed',
    does: 'the server of the primary ends from one moment to the next',
    mayLose: 'within the recovery point',
    run: async (world) => {
      world.servers.primary.kill();
      return [await recovered(world, toRecovery(world, 'killed'))];
    },
  },
  {
    name: 'link cut',
    does: 'the primary lives on and is written to, but nobody outside can reach it, and its keeper cannot ask',
    mayLose: 'within the recovery point',
    mustLose: true,
    run: async (world) => {
      world.write(2, () => ({ site: 'primary', port: world.servers.primary.port }));
      cut(world, 'primary');
      await sleep(1000);
      const observed = await recovered(world, toRecovery(world, 'cut'));
      const refused = world.refusals.get('25006') ?? 0;
      return [
        {
          ...observed,
          violations: [
            ...observed.violations,
            ...(refused > 0 ? [] : ['the primary refused nobody, though its right to write had ended']),
          ],
        },
      ];
    },
  },
  {
    name: 'replica lagging',
    does: 'what the primary writes arrives two seconds late; then the primary is lost, with what is on its way',
    mayLose: 'within the recovery point',
    mustLose: true,
    run: async (world) => {
      world.links.primary.slow(2000);
      await sleep(4000);
      world.links.primary.cut();
      world.servers.primary.kill();
      return [await recovered(world, toRecovery(world, 'lagging'))];
    },
  },
  {
    name: 'control killed',
    does: 'the primary is lost, and the control is killed three times before it ends',
    mayLose: 'within the recovery point',
    run: async (world) => {
      world.servers.primary.kill();
      return [await recovered(world, toRecovery(world, 'resumed'), { run: killedAndResumed })];
    },
  },
  {
    name: 'promoted twice',
    does: 'the primary is lost, and a second failover is begun while one is under way, and a third one afterwards',
    mayLose: 'within the recovery point',
    run: async (world) => {
      world.servers.primary.kill();
      return [await recovered(world, toRecovery(world, 'first'), { run: async (first) => rivals(world, first) })];
    },
  },
  {
    name: 'primary comes back',
    does: 'the primary is lost, comes back after the failover and is written to, follows, and leads again',
    mayLose: 'within the recovery point',
    run: async (world) => {
      world.servers.primary.kill();
      const away = await recovered(world, toRecovery(world, 'away'));
      const back = Date.now();
      world.servers.primary.up();
      const stubborn = world.write(2, () => ({ site: 'primary', port: world.servers.primary.port }));
      await sleep(2000);
      await stubborn.stop();
      const accepted = world.log.read().filter(({ at, site }) => site === 'primary' && at >= back).length;
      await world.follow('recovery', 'primary');
      const home = await recovered(world, world.control('home', 'recovery', 'primary'));
      return [
        { ...away, violations: accepted === 0 ? away.violations : [`the old primary took ${accepted} writes`] },
        home,
      ];
    },
  },
];

/** Nothing arrives at a site from outside any more, and its keeper cannot ask who leads. */
function cut(world: World, site: SiteName): void {
  world.links.primary.cut();
  world.links.recovery.cut();
  world.witness.cutOff.add(site);
}

/** Kills the control after these events, each time it is begun anew. */
const kills = [
  { step: 'fence', what: 'started' },
  { step: 'set sequences', what: 'started' },
  { step: 'open writes', what: 'ran' },
] as const;

async function killedAndResumed(control: Control): Promise<readonly string[]> {
  for (const { step, what } of kills) {
    const killed = await controlProcess(
      control,
      (event) => event.step === `${step} ${database}` && event.what === what,
    );
    if (!killed) return [`the control had ended before it was killed at ${step}`];
  }
  await controlProcess(control, () => false);
  const last = journalOf(control).at(-1);
  return last?.what === 'ended' ? [] : [`the journal ends with ${JSON.stringify(last)}`];
}

/** Runs the control as a process of its own, and kills it when its journal says so. Whether it was killed. */
async function controlProcess(control: Control, until: (event: JournalEvent) => boolean): Promise<boolean> {
  const seen = journalOf(control).length;
  const child = spawn(
    process.execPath,
    ['--require', 'tsx/cjs', path.join(__dirname, 'control.ts'), JSON.stringify(control), `${control.journal}.outcome`],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const watch = setInterval(() => {
    if (journalOf(control).slice(seen).some(until)) child.kill('SIGKILL');
  }, 10);
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (_, by) => resolve(by));
  });
  clearInterval(watch);
  return signal === 'SIGKILL';
}

async function rivals(world: World, first: Control): Promise<readonly string[]> {
  const second = toRecovery(world, 'second');
  const outcomes = await Promise.all([failover(first), sleep(300).then(async () => failover(second))]);
  const third = await failover(toRecovery(world, 'third'));
  const refusedByName = (outcome: Outcome): boolean =>
    outcome.ended === 'failed' &&
    outcome.step === `begin ${database}` &&
    /promotion (first|second) /.test(outcome.error.message);
  const wins = outcomes.filter(({ ended }) => ended === 'all').length;
  return [
    ...(wins === 1 ? [] : [`${wins} of two failovers promoted the site`]),
    ...(outcomes.filter(refusedByName).length === 1 ? [] : ['no failover was refused with the name of the other one']),
    ...(refusedByName(third) ? [] : ['a third failover was not refused with the name of the one that had promoted']),
  ];
}
