import { databaseUser } from '../../platform/names';
import { identifier } from '../../platform/sql/step';
import { outboxTable } from '../../platform/sql/outbox';
import { Refusal, type Context, type Facts, type Step } from '../step';
import { beatOf, stateOf, within, type DatabasePair } from './pair';

/** Moves sequences beyond every number that the other site may have given out. */
export const setSequences = (pair: DatabasePair, margin: number): Step => ({
  name: `set sequences ${pair.name}`,
  does: `moves every sequence of ${pair.name} on the ${pair.to.site} site ${margin} beyond the furthest number that is known`,
  check: (_, before) =>
    Promise.resolve(
      before === undefined
        ? { state: 'due', because: 'sequences are not replicated' }
        : { state: 'done', because: `${String(before['moved'])} were moved in this run` },
    ),
  run: async () => {
    const rows = await within(pair, async ({ sql }) => sql.query('SELECT * FROM mainstay.set_sequences($1)', [margin]));
    const ending = rows.filter(({ note }) => note === 'ends soon').map(({ sequence }) => String(sequence));
    return {
      sequences: rows.length,
      moved: rows.filter(({ became, was }) => became !== was).length,
      ...(ending.length === 0 ? {} : { endSoon: ending.join(', ') }),
    };
  },
  verify: async () => {
    const rows = await within(pair, async ({ sql }) => sql.query('SELECT * FROM mainstay.set_sequences(0)'));
    const behind = rows.filter(({ became, was }) => became !== was).map(({ sequence }) => String(sequence));
    if (behind.length === 0) return;
    throw new Refusal(
      `sequences ${behind.join(', ')} of ${pair.name} were behind their columns`,
      'run this again: they are not any more',
    );
  },
});

/** What is compared with the outside world before writes open. */
export interface Reconciliation {
  /**
   * Compares what the database holds with what others hold who cannot lose it: payments with their provider.
   *
   * Its contract: it reads from `since`, less the longest time that the provider takes to tell of a payment; it is called while
   * nobody may write, and writes nothing into the database; it keeps what differs, and brings it into order after writes have
   * opened, by the commands that services know already; called again, it begins anew. What it cannot tell is `unresolved`, for
   * a person to decide.
   *
   * @param since The database is complete up to here, as ISO 8601 or PostgreSQL writes it; nothing if that is not known.
   */
  reconcile(
    run: string,
    since: string | undefined,
  ): Promise<{
    readonly examined: number;
    readonly differing: number;
    readonly unresolved: number;
  }>;
}

/** Somebody answers for it that nothing is compared. */
export interface Unreconciled {
  /** Why, in their words. */
  readonly because: string;
}

/** Compares payments with their provider, before anybody can write. */
export const reconcile = (
  pairs: readonly DatabasePair[],
  hook: Reconciliation | Unreconciled,
  acceptUnresolved?: string,
): Step => ({
  name: 'reconcile',
  does:
    'because' in hook
      ? `compares no payments: ${hook.because}`
      : 'has payments compared with their provider, from where the database is complete',
  check: (_, before) =>
    Promise.resolve(
      before === undefined
        ? { state: 'due', because: 'nothing was compared in this run' }
        : { state: 'done', because: `${String(before['examined'])} were compared in this run` },
    ),
  run: async ({ facts, run }): Promise<Facts> => {
    if ('because' in hook) return { examined: 0, accepted: hook.because };
    const known = pairs.map(({ name }) => facts(`catch up ${name}`)?.['recoveredUntil']);
    const since = known.every((at) => typeof at === 'string') ? [...known].sort()[0] : undefined;
    const { differing, examined, unresolved } = await hook.reconcile(run, since);
    if (unresolved > 0 && acceptUnresolved === undefined) {
      throw new Refusal(
        `${unresolved} of ${examined} payments could not be reconciled`,
        'look at each, and run this again, or with the reason why they may wait',
      );
    }
    return { examined, differing, unresolved, since: since ?? null };
  },
  verify: () => Promise.resolve(),
});

/** How writes open. */
export interface OpenOptions {
  /** How long the site may write before its own keeper renews the right, in seconds. @default 3600 */
  readonly seconds?: number;
}

/** Lets services write to the site that takes over. There is no way back from it but a failback, so a person agrees first. */
export const openWrites = (pair: DatabasePair, { seconds = 3600 }: OpenOptions = {}): Step => ({
  name: `open writes ${pair.name}`,
  does: `lets services log in and write to ${pair.name} on the ${pair.to.site} site, for ${seconds} s until its keeper renews that`,
  approval: (context) => question(pair, context),
  check: async ({ run }) => {
    const { open } = await within(pair, stateOf);
    const [row] = await within(pair, async ({ sql }) =>
      sql.query(
        'SELECT opened_at::text AS opened_at FROM mainstay.promotions WHERE run = $1 AND opened_at IS NOT NULL',
        [run],
      ),
    );
    return row !== undefined && open
      ? { state: 'done', because: `they opened at ${String(row['opened_at'])}` }
      : { state: 'due', because: 'nobody may write there' };
  },
  run: async ({ run }) => {
    const [row] = await within(pair, async ({ sql }) =>
      sql.query('SELECT mainstay.open_writes($1, $2) AS users', [run, seconds]),
    );
    return { users: Number(row?.['users']), seconds };
  },
  verify: async () => {
    const { writes } = await within(pair, stateOf);
    if (!writes) throw new Refusal(`${pair.name} on the ${pair.to.site} site may not write`, 'run this again');
  },
});

function question({ from, name, to }: DatabasePair, { facts }: Context): string {
  const fence = facts(`fence ${name}`) ?? {};
  const caught = facts(`catch up ${name}`) ?? {};
  return [
    `Open ${name} for writing on the ${to.site} site?`,
    `The ${from.site} site: ${String(fence['achieved'] ?? 'not fenced')}.`,
    `Complete until ${String(caught['recoveredUntil'] ?? 'nobody knows when')}; lost: ${String(caught['lost'] ?? 'unknown')}.`,
  ].join(' ');
}

/** Which messages are sent again. */
export interface ReplayOptions {
  /** Services that have an outbox in the database. */
  readonly services: readonly string[];
  /** How long a message may have waited in a queue that is lost, in minutes. @default 60 */
  readonly minutes?: number;
}

/** Has messages sent again that were committed and may not have been received. Relays of the site send them from then on. */
export const replayOutbox = (pair: DatabasePair, { minutes = 60, services }: ReplayOptions): Step => ({
  name: `replay outbox ${pair.name}`,
  does: `has messages of ${services.length === 0 ? 'no service' : services.join(', ')} sent again that lay in queues of the ${pair.from.site} site`,
  check: (_, before) =>
    Promise.resolve(
      before === undefined
        ? { state: 'due', because: 'queues do not cross' }
        : { state: 'done', because: `${String(before['unsent'])} messages were put up in this run` },
    ),
  run: async ({ facts }) => {
    const since = facts(`catch up ${pair.name}`)?.['recoveredUntil'];
    const counts: { back: number; unsent: number }[] = [];
    for (const service of services) {
      const [row] = await within(pair, async ({ sql }) =>
        sql.query(
          `SELECT * FROM ${identifier(databaseUser(service))}.replay_outbox(
             make_interval(mins => $1) + coalesce(clock_timestamp() - $2::timestamptz, interval '0'))`,
          [minutes, typeof since === 'string' ? since : null],
        ),
      );
      counts.push({ back: Number(row?.['taken_back']), unsent: Number(row?.['unsent']) });
    }
    return {
      takenBack: counts.reduce((sum, { back }) => sum + back, 0),
      unsent: counts.reduce((sum, { unsent }) => sum + unsent, 0),
    };
  },
  verify: () => Promise.resolve(),
});

/** Says what the site has after a promotion, and ends it in its ledger. */
export const verifyAndEnd = (pair: DatabasePair, services: readonly string[]): Step => ({
  name: `verify ${pair.name}`,
  does: `makes sure that ${pair.name} on the ${pair.to.site} site leads alone, writes a first beat, and ends the promotion`,
  check: async ({ run }) => {
    const [row] = await within(pair, async ({ sql }) =>
      sql.query('SELECT ended_at::text AS ended_at FROM mainstay.promotions WHERE run = $1 AND ended_at IS NOT NULL', [
        run,
      ]),
    );
    return row === undefined
      ? { state: 'due', because: 'the promotion has not ended' }
      : { state: 'done', because: `it ended at ${String(row['ended_at'])}` };
  },
  run: async ({ run }) =>
    within(pair, async (database): Promise<Facts> => {
      const { subscribed, writes } = await stateOf(database);
      if (subscribed || !writes) {
        throw new Refusal(
          `${pair.name} on the ${pair.to.site} site ${subscribed ? 'still follows' : 'may not write'}`,
          'run the plan again: its earlier steps mend that',
        );
      }
      await database.sql.query('SELECT mainstay.beat($1)', [pair.to.site]);
      const waiting: Record<string, number> = {};
      for (const service of services) {
        const [row] = await database.sql.query(
          `SELECT count(*)::integer AS unsent FROM ${identifier(databaseUser(service))}.${outboxTable} WHERE sent_at IS NULL`,
        );
        waiting[`unsent of ${service}`] = Number(row?.['unsent']);
      }
      await database.sql.query('SELECT mainstay.end_promotion($1)', [run]);
      return waiting;
    }),
  verify: async () => {
    const beat = await within(pair, async (database) => beatOf(database, pair.to.site));
    if (beat === undefined) throw new Refusal(`${pair.name} has no beat of the ${pair.to.site} site`, 'run this again');
  },
});
