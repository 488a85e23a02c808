import { Unreachable } from '../sql';
import { Refusal, type Clock, type Facts, type Step } from '../step';
import { beatOf, ifReachable, slotOf, stateOf, within, type DatabasePair } from './pair';

/** How long to wait for what is under way. */
export interface CatchUpOptions {
  /** For the last beat of a site that was fenced. @default 120 */
  readonly seconds?: number;
  /** For silence where the site cannot be reached: nothing has arrived for so long. @default 3 */
  readonly quietSeconds?: number;
  /** Why a promotion may lose what a site still has that can be reached. @default - nobody said so */
  readonly acceptLoss?: string;
}

const pause = 250;

/**
 * Waits until everything is here that can be: of a site that was fenced, its last beat, so that nothing is lost; of one that
 * cannot be reached, until what has arrived is applied.
 */
export const catchUp = (pair: DatabasePair, options: CatchUpOptions = {}): Step => ({
  name: `catch up ${pair.name}`,
  does: `waits until ${pair.name} on the ${pair.to.site} site has the last beat of the ${pair.from.site} site, or, if that is lost, all that arrived`,
  check: async (_, before) => {
    if (before !== undefined) return { state: 'done', because: 'it was waited for in this run' };
    const { subscribed } = await within(pair, stateOf);
    if (subscribed) return { state: 'due', because: 'the subscription is there' };
    const beat = await within(pair, async (database) => beatOf(database, pair.from.site));
    return {
      state: 'done',
      because: 'there is no subscription any more',
      facts: { lost: 'unknown', recoveredUntil: beat?.at ?? null },
    };
  },
  run: async ({ clock, facts }) => {
    const last = facts(`fence ${pair.name}`)?.['lastBeat'];
    return typeof last === 'string'
      ? arrived(pair, last, options, clock)
      : settled(pair, options.quietSeconds ?? 3, clock);
  },
  verify: () => Promise.resolve(),
});

async function arrived(pair: DatabasePair, last: string, options: CatchUpOptions, clock: Clock): Promise<Facts> {
  const { acceptLoss, seconds = 120 } = options;
  const end = clock.now() + seconds * 1000;
  for (;;) {
    const [row] = await within(pair, async ({ sql }) =>
      sql.query('SELECT at::text AS at, at >= $2::timestamptz AS complete FROM mainstay.behind($1)', [
        pair.from.site,
        last,
      ]),
    );
    if (row?.['complete'] === true) return { lost: 'nothing', recoveredUntil: last };
    const at = typeof row?.['at'] === 'string' ? row['at'] : null;
    if (clock.now() < end) await clock.sleep(pause);
    else if (acceptLoss !== undefined) return { lost: 'unknown', recoveredUntil: at, accepted: acceptLoss };
    else {
      throw new Refusal(
        `${pair.name} on the ${pair.to.site} site has what was written until ${at ?? 'nobody knows when'}, and the ${pair.from.site} site wrote until ${last}`,
        'mend the replication and run this again, or run it again with the reason why the rest may be lost',
      );
    }
  }
}

/** Waits until nothing has arrived for a while. */
async function settled(pair: DatabasePair, quietSeconds: number, clock: Clock): Promise<Facts> {
  const seen = async (): Promise<string> =>
    within(pair, async ({ sql }) => {
      const [row] = await sql.query(
        `SELECT (SELECT at::text FROM mainstay.behind($1)) AS at,
           (SELECT string_agg(coalesce(received_lsn::text, ''), ' ' ORDER BY pid) FROM pg_stat_subscription WHERE pid IS NOT NULL) AS received,
           (SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::text FROM pg_stat_user_tables) AS changed`,
        [pair.from.site],
      );
      return JSON.stringify(row);
    });
  const limit = clock.now() + Math.max(60, quietSeconds) * 1000;
  let [last, since] = [await seen(), clock.now()];
  while (clock.now() - since < quietSeconds * 1000 && clock.now() < limit) {
    await clock.sleep(pause);
    const next = await seen();
    if (next !== last) [last, since] = [next, clock.now()];
  }
  const beat = await within(pair, async (database) => beatOf(database, pair.from.site));
  return { lost: 'what came after', recoveredUntil: beat?.at ?? null };
}

/**
 * Ends the subscription, so that nothing of the site that led arrives once the other one writes. Its slot is dropped there if
 * the site can be reached; else it is told to be left, and a failback begins with it.
 */
export const stopFollowing = (pair: DatabasePair): Step => ({
  name: `stop subscription ${pair.name}`,
  does: `drops the subscription of ${pair.name} on the ${pair.to.site} site, and its slot on the ${pair.from.site} site if that can be reached`,
  check: async (_, before) => {
    const { subscribed } = await within(pair, stateOf);
    if (subscribed) return { state: 'due', because: 'the subscription is there' };
    return {
      state: before === undefined ? 'due' : 'done',
      because: before === undefined ? 'its slot may be there' : 'there is none',
    };
  },
  run: async ({ clock }) => {
    const [row] = await within(pair, async ({ sql }) => sql.query('SELECT mainstay.leave() AS slot'));
    let atLeader = await dropSlot(pair);
    for (let tries = 0; atLeader === 'in use' && tries < 20; tries += 1) {
      await clock.sleep(pause);
      atLeader = await dropSlot(pair);
    }
    return { slot: slotOf(pair), subscription: row?.['slot'] === null ? 'was gone' : 'dropped', atLeader };
  },
  verify: async () => {
    const { subscribed } = await within(pair, stateOf);
    if (subscribed) throw new Refusal(`${pair.name} on the ${pair.to.site} site still follows`, 'run this again');
  },
});

/** Drops the slot by which a site was read, unless it cannot be reached or somebody reads it still. */
export async function dropSlot(pair: DatabasePair): Promise<'dropped' | 'in use' | 'left, out of reach' | 'none'> {
  const answer = await ifReachable(async () =>
    pair.from.sql.query(
      `SELECT active, CASE WHEN NOT active THEN pg_drop_replication_slot(slot_name) END FROM pg_replication_slots WHERE slot_name = $1`,
      [slotOf(pair)],
    ),
  );
  if (answer instanceof Unreachable) return 'left, out of reach';
  const [slot] = answer;
  if (slot === undefined) return 'none';
  return slot['active'] === true ? 'in use' : 'dropped';
}
