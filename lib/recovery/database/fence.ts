import { clockSkewSeconds, leaseSeconds as usualLease } from '../../platform/sql/keeper';
import { Unreachable } from '../sql';
import { Refusal, type Check, type Clock, type Context, type Facts, type Step } from '../step';
import { beatOf, ifReachable, stateOf, within, type DatabasePair } from './pair';

/**
 * What tells the keeper of the lost site that it leads no longer: an object that is served from elsewhere. While the keeper
 * cannot read it, it renews nothing.
 */
export interface Latch {
  /** Names the site that may lead from now on. Returns when it first did, in milliseconds since 1970. */
  set(leader: string): Promise<number>;
}

/** How a site is kept from writing that cannot be reached. */
export interface FenceOptions {
  /** @default - a site that cannot be reached is not fenced, and the step refuses */
  readonly latch?: Latch;
  /** How long a transaction may go on after its last write was allowed, in seconds: a statement and a pause. */
  readonly inFlightSeconds: number;
  /** How far the clocks of the two sites and of this program may be apart, in seconds. @default 5 */
  readonly skewSeconds?: number;
  /** Why it is known otherwise that the lost site writes no more. @default - nobody said so */
  readonly acceptUnfenced?: string;
}

/** How a site was kept from writing. */
export type Achieved =
  /** Its right was taken and its sessions ended; it said so itself. */
  | 'revoked'
  /** It was not reached. Its right ended by its own clock, and its keeper was told to renew it no more. */
  | 'expired'
  /** Somebody answers for it. */
  | 'accepted';

/** Pause between two tries to reach a site, in milliseconds. */
const pause = 2000;

/**
 * Keeps the site that led from writing, before the other one may. It says which of two things it achieved: `revoked`, or, where
 * the site cannot be reached, `expired`, for which it waits. It goes on trying to reach the site while it waits.
 */
export const fence = (pair: DatabasePair, options: FenceOptions): Step => ({
  name: `fence ${pair.name}`,
  does:
    `takes the ${pair.from.site} site the right to write to ${pair.name}, takes services their logins and ends their sessions; ` +
    'if it cannot be reached: has its keeper told, and waits until its right has ended by itself',
  check: async (_, before) => fenced(pair, before),
  run: async (context) => fenceOrWait(pair, options, context),
  verify: async (_, { achieved }) => {
    const state = await ifReachable(async () => stateOf(pair.from));
    if (state instanceof Unreachable || !(achieved === 'revoked' ? state.open : state.writes)) return;
    throw new Refusal(
      `${pair.name} on the ${pair.from.site} site still may write`,
      'run this again, now that it is reached',
    );
  },
});

async function fenced(pair: DatabasePair, before: Facts | undefined): Promise<Check> {
  const seen = await ifReachable(async () => {
    const { open } = await stateOf(pair.from);
    return { open, beat: await beatOf(pair.from, pair.from.site), sessions: await sessionsOf(pair) };
  });
  if (seen instanceof Unreachable) {
    if (before === undefined) return { state: 'due', because: seen.message };
    return { state: 'done', because: `it was ${String(before['achieved'])} before, and cannot be reached` };
  }
  if (seen.open || seen.sessions > 0) return { state: 'due', because: 'it may write' };
  return {
    state: 'done',
    because: 'its right is taken, and no session of a service is open',
    facts: { achieved: 'revoked', lastBeat: seen.beat?.at ?? null },
  };
}

const sessionsOf = async ({ from }: DatabasePair): Promise<number> => {
  const [row] = await from.sql.query(
    `SELECT count(*)::integer AS sessions FROM pg_stat_activity
     WHERE datname = current_database() AND starts_with(usename, 'svc_') AND backend_type = 'client backend'`,
  );
  return Number(row?.['sessions']);
};

/** What {@link fence} did in the site itself, or that it cannot be reached. */
const revoked = async ({ from }: DatabasePair): Promise<Facts | Unreachable> =>
  ifReachable(async () => {
    const [row] = await from.sql.query('CALL mainstay.fence_writes($1, NULL, NULL, NULL)', [from.site]);
    const beat = await beatOf(from, from.site);
    return {
      achieved: 'revoked' satisfies Achieved,
      users: Number(row?.['users']),
      sessionsEnded: Number(row?.['ended']),
      lastBeat: beat?.at ?? null,
    };
  });

async function fenceOrWait(pair: DatabasePair, options: FenceOptions, { clock }: Context): Promise<Facts> {
  const first = await revoked(pair);
  if (!(first instanceof Unreachable)) return first;
  const { acceptUnfenced, inFlightSeconds, latch, skewSeconds = clockSkewSeconds } = options;
  if (acceptUnfenced !== undefined) {
    await latch?.set(pair.to.site);
    return { achieved: 'accepted' satisfies Achieved, because: acceptUnfenced };
  }
  const known = await within(pair, async (database) => beatOf(database, pair.from.site));
  if (known?.leaseSeconds === undefined) {
    throw new Refusal(
      `${pair.name} on the ${pair.from.site} site cannot be reached, and its right to write has no end: no keeper ever renewed it`,
      'shut the site out by hand, and run this again with the reason why it writes no more',
    );
  }
  if (latch === undefined) {
    throw new Refusal(
      `${pair.name} on the ${pair.from.site} site cannot be reached, and there is no latch to tell its keeper`,
      'name the latch, or shut the site out by hand and run this again with the reason why it writes no more',
    );
  }
  const latched = await latch.set(pair.to.site);
  const lease = Math.max(known.leaseSeconds, 0);
  const until = latched + (lease + inFlightSeconds + skewSeconds) * 1000;
  return (
    (await reachedBefore(pair, clock, until)) ?? {
      achieved: 'expired' satisfies Achieved,
      leaseSeconds: lease,
      latchedAt: new Date(latched).toISOString(),
      endedAt: new Date(until).toISOString(),
    }
  );
}

async function reachedBefore(pair: DatabasePair, clock: Clock, until: number): Promise<Facts | undefined> {
  while (clock.now() < until) {
    await clock.sleep(Math.min(pause, until - clock.now()));
    const facts = await revoked(pair);
    if (!(facts instanceof Unreachable)) return facts;
  }
  return undefined;
}

/** Names the site that leads from now on, for keepers and for whatever sends traffic. */
export const nameLeader = (latch: Latch, leader: string): Step => ({
  name: 'name the leader',
  does: `says to keepers, and to what sends traffic, that the ${leader} site leads`,
  check: (_, before) =>
    Promise.resolve(
      before === undefined
        ? { state: 'due', because: 'it was not said in this run' }
        : { state: 'done', because: `it is said since ${String(before['since'])}` },
    ),
  run: async () => ({ since: new Date(await latch.set(leader)).toISOString() }),
  verify: () => Promise.resolve(),
});

/** What a plan waits at most where it cannot reach the primary, in seconds: for the sum of the recovery time. */
export const longestFence = ({ inFlightSeconds, skewSeconds = clockSkewSeconds }: FenceOptions): number =>
  usualLease + inFlightSeconds + skewSeconds;
