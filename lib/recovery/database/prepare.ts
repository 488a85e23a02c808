import { migrationStatements } from '../../platform/sql/runner';
import type { SqlStep } from '../../platform/sql/step';
import { refreshSubscription } from '../../platform/sql/subscription';
import { Refused, type Sql } from '../sql';
import { Refusal, type Step } from '../step';
import { dropSlot } from './follow';
import { beatOf, slotOf, stateOf, type DatabasePair } from './pair';

/** A session of its own, which ends with what it was opened for. */
export interface Session extends Sql {
  close(): Promise<void>;
}

/** What a site needs to follow another one. */
export interface FollowInput {
  readonly pair: DatabasePair;
  /** New sessions of the administrators, told the password by `mainstay.standby_password`. */
  readonly sessions: { readonly from: () => Session; readonly to: () => Session };
  /** What each site has of recovery, whichever leads: `replicationSql`. @default - it is there */
  readonly both?: { readonly from: readonly SqlStep[]; readonly to: readonly SqlStep[] };
  /** What the site that leads is told, user and slot: `leadingSql`. */
  readonly leading: readonly SqlStep[];
  /** What the site that follows is told: `followingSql`. */
  readonly following: readonly SqlStep[];
  /** How long the first copy may take, in seconds. @default 86400 */
  readonly copySeconds?: number;
}

/** Applies steps of the platform's SQL in a session of their own. */
export async function applySteps(session: Session, steps: readonly SqlStep[]): Promise<void> {
  try {
    for (const statement of migrationStatements(steps)) await session.query(statement);
  } finally {
    await session.close();
  }
}

/**
 * The steps by which a site comes to follow the one that leads: a new one, and one that led before it was lost. Then the same
 * steps that fail over bring it back.
 */
export const followSteps = (input: FollowInput): readonly Step[] => [
  ...(input.both === undefined ? [] : [install(input, 'from', input.both.from), install(input, 'to', input.both.to)]),
  shut(input.pair),
  dropOwnSlot(input.pair),
  empty(input.pair),
  subscribe(input),
  copy(input),
  refresh(input),
];

/** Brings what a site has of recovery up to date; its ledger passes over what is there. */
const install = ({ pair, sessions }: FollowInput, side: 'from' | 'to', steps: readonly SqlStep[]): Step => ({
  name: `install ${pair.name} on ${pair[side].site}`,
  does: `brings the SQL of recovery up to date in ${pair.name} on the ${pair[side].site} site`,
  check: (_, before) =>
    Promise.resolve(
      before === undefined
        ? { state: 'due', because: 'it was not looked at in this run' }
        : { state: 'done', because: `${String(before['steps'])} steps were applied in this run` },
    ),
  run: async () => {
    await applySteps(sessions[side](), steps);
    return { steps: steps.length };
  },
  verify: async () => {
    await stateOf(pair[side]);
  },
});

/** Makes the subscription know tables that were made since it was. */
const refresh = ({ pair, sessions }: FollowInput): Step => ({
  name: `refresh ${pair.name}`,
  does: `lets ${pair.name} on the ${pair.to.site} site follow tables that were made since it subscribed`,
  check: (_, before) =>
    Promise.resolve(
      before === undefined
        ? { state: 'due', because: 'it was not asked in this run' }
        : { state: 'done', because: `it follows ${String(before['tables'])} tables since this run` },
    ),
  run: async () => {
    await refreshed(sessions.to());
    const [row] = await pair.to.sql.query('SELECT count(*)::integer AS tables FROM pg_subscription_rel');
    return { tables: Number(row?.['tables']) };
  },
  verify: () => Promise.resolve(),
});

async function refreshed(session: Session): Promise<void> {
  const { after, before, refresh: statement } = refreshSubscription;
  try {
    for (const one of before) await session.query(one);
    await session.query(statement);
  } finally {
    for (const one of after) await session.query(one).catch(() => undefined);
    await session.close();
  }
}

/** Fences the site that is to follow, whatever it was before. */
const shut = ({ name, to }: DatabasePair): Step => ({
  name: `shut ${name}`,
  does: `takes the ${to.site} site the right to write to ${name}, and ends its sessions`,
  check: async () => {
    const { open } = await stateOf(to);
    return open ? { state: 'due', because: 'it may write' } : { state: 'done', because: 'it may not write' };
  },
  run: async () => {
    const [row] = await to.sql.query('CALL mainstay.fence_writes($1, NULL, NULL, NULL)', [to.site]);
    return { users: Number(row?.['users']), sessionsEnded: Number(row?.['ended']) };
  },
  verify: async () => {
    const { open } = await stateOf(to);
    if (open) throw new Refusal(`${name} on the ${to.site} site may still write`, 'run this again');
  },
});

/** A slot that was left when the site was lost keeps its log for a reader that never comes. */
const dropOwnSlot = (pair: DatabasePair): Step => ({
  name: `drop slot ${pair.name}`,
  does: `drops the slot that ${pair.name} on the ${pair.to.site} site has from when it led`,
  check: async () => {
    const slots = await ownSlot(pair);
    return slots.length > 0 ? { state: 'due', because: 'it is there' } : { state: 'done', because: 'there is none' };
  },
  run: async () => {
    await pair.to.sql.query('SELECT pg_drop_replication_slot($1)', [slotOf(pair)]);
    return { slot: slotOf(pair) };
  },
  verify: async () => {
    const slots = await ownSlot(pair);
    if (slots.length > 0) throw new Refusal(`slot ${slotOf(pair)} is still there`, 'look who reads it');
  },
});

const ownSlot = async (pair: DatabasePair) =>
  pair.to.sql.query('SELECT slot_name FROM pg_replication_slots WHERE slot_name = $1', [slotOf(pair)]);

/** Rows of services that a site holds, about: tables that hold any. */
async function filled({ to }: DatabasePair): Promise<readonly string[]> {
  const tables = await to.sql.query(
    `SELECT t.oid::regclass::text AS name FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE starts_with(n.nspname, 'svc_') AND t.relkind = 'r' AND pg_relation_size(t.oid) > 0 ORDER BY 1`,
  );
  return tables.map(({ name }) => String(name));
}

const empty = (pair: DatabasePair): Step => ({
  name: `empty ${pair.name}`,
  does: `empties the replicated tables of ${pair.name} on the ${pair.to.site} site: they are copied anew`,
  approval: () =>
    `Empty ${pair.name} on the ${pair.to.site} site? What it wrote and the ${pair.from.site} site never got is only in a ` +
    'snapshot from then on: take one first, and keep it until it is reconciled.',
  check: async () => {
    const { subscribed } = await stateOf(pair.to);
    if (subscribed) return { state: 'done', because: 'it follows already' };
    const tables = await filled(pair);
    return tables.length === 0
      ? { state: 'done', because: 'its tables hold nothing' }
      : { state: 'due', because: `${tables.length} tables hold rows` };
  },
  run: async () => {
    const [row] = await pair.to.sql.query('SELECT mainstay.empty_tables(current_database()) AS emptied');
    return { tables: Number(row?.['emptied']) };
  },
  verify: () => Promise.resolve(),
});

const subscribe = ({ following, leading, pair, sessions }: FollowInput): Step => ({
  name: `subscribe ${pair.name}`,
  does: `makes the user and the slot on the ${pair.from.site} site, and the subscription on the ${pair.to.site} site, or gives both the password of this run`,
  check: async (_, before) => {
    const { subscribed } = await stateOf(pair.to);
    if (!subscribed) return { state: 'due', because: 'there is none' };
    return before === undefined
      ? { state: 'due', because: 'it was not given the password in this run' }
      : { state: 'done', because: 'it is there' };
  },
  run: async () => {
    const { writes } = await stateOf(pair.from);
    if (!writes) {
      throw new Refusal(
        `${pair.name} on the ${pair.from.site} site may not write, so it does not lead`,
        'name the sites the other way round, or mend its keeper',
      );
    }
    const { subscribed } = await stateOf(pair.to);
    // One that is left from before may be lost, or keep what the copy brings anyway.
    if (!subscribed && (await dropSlot(pair)) === 'in use') {
      throw new Refusal(
        `somebody reads ${pair.name} on the ${pair.from.site} site by the slot ${slotOf(pair)}`,
        'look who, and end that first',
      );
    }
    await applySteps(sessions.from(), leading);
    await applySteps(sessions.to(), following);
    return { slot: slotOf(pair) };
  },
  verify: async () => {
    const { subscribed } = await stateOf(pair.to);
    if (!subscribed)
      throw new Refusal(`${pair.name} on the ${pair.to.site} site has no subscription`, 'run this again');
  },
});

/** Lets the subscription run, and waits until every table is copied and a beat has come through. */
const copy = ({ copySeconds = 86_400, pair }: FollowInput): Step => ({
  name: `copy ${pair.name}`,
  does: `copies every table of ${pair.name} to the ${pair.to.site} site, and waits until it follows`,
  check: async () => {
    const [row] = await pair.to.sql.query(
      `SELECT count(*)::integer AS tables FROM pg_subscription_rel WHERE srsubstate <> 'r'`,
    );
    const enabled = await pair.to.sql.query('SELECT FROM pg_subscription WHERE subenabled');
    return enabled.length > 0 && Number(row?.['tables']) === 0
      ? { state: 'done', because: 'every table is copied' }
      : { state: 'due', because: `${String(row?.['tables'])} tables are to be copied` };
  },
  run: async ({ clock }) => {
    const began = clock.now();
    await follow(pair);
    for (;;) {
      const [row] = await pair.to.sql.query(
        `SELECT count(*) FILTER (WHERE srsubstate <> 'r')::integer AS left_over, count(*)::integer AS tables FROM pg_subscription_rel`,
      );
      const beat = await beatOf(pair.to, pair.from.site);
      if (Number(row?.['left_over']) === 0 && beat !== undefined) {
        return { tables: Number(row?.['tables']), seconds: Math.round((clock.now() - began) / 1000) };
      }
      if (clock.now() - began > copySeconds * 1000) {
        throw new Refusal(
          `${String(row?.['left_over'])} of ${String(row?.['tables'])} tables were not copied in ${copySeconds} s`,
          'look into the log of the site that follows, and run this again: what is copied stays',
        );
      }
      await clock.sleep(500);
    }
  },
  verify: () => Promise.resolve(),
});

async function follow({ name, to }: DatabasePair): Promise<void> {
  try {
    await to.sql.query('SELECT mainstay.follow()');
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Refusal(
      `the subscription of ${name} cannot run (${error.message})`,
      'make it anew: the step before does',
    );
  }
}
