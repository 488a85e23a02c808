import type { SiteName } from '../lib/platform/platform';
import type { JournalEvent } from '../lib/recovery/journal';
import type { Facts } from '../lib/recovery/step';
import type { Acknowledged } from './log';
import { database } from './platform';
import type { World } from './world';
import { sleep } from './writer';

/** What a fault did to a world, before it is measured. */
export interface Observed {
  readonly from: SiteName;
  readonly to: SiteName;
  /** When the failover was begun: what was acknowledged before and is gone, is lost. Milliseconds since 1970. */
  readonly lostAt: number;
  /** First write that the other site acknowledged. */
  readonly servedAt: number;
  readonly journal: readonly JournalEvent[];
  /** What went otherwise than it must. */
  readonly violations: readonly string[];
}

/** What was lost, of what customers were promised. */
export interface Losses {
  readonly acknowledged: number;
  /** Acknowledged before the failover began, and gone. */
  readonly lost: number;
  /** Acknowledged by a site that was cut off after the failover began, and gone. */
  readonly lostLater: number;
  /** How long before the failover the oldest lost write was acknowledged, in seconds; 0 if none was lost. */
  readonly pointSeconds: number;
}

/** Compares the log of acknowledged writes with what a database holds. */
export function lossesOf(writes: readonly Acknowledged[], held: ReadonlySet<string>, lostAt: number): Losses {
  const gone = writes.filter(({ key }) => !held.has(key));
  const before = gone.filter(({ at }) => at <= lostAt);
  const oldest = Math.min(lostAt, ...before.map(({ at }) => at));
  return {
    acknowledged: writes.length,
    lost: before.length,
    lostLater: gone.length - before.length,
    pointSeconds: (lostAt - oldest) / 1000,
  };
}

/** Numbers that two acknowledged writes were given, though one of them may be lost: a customer holds each. */
export function repeatedNumbers(writes: readonly Acknowledged[]): readonly string[] {
  return (['id', 'invoice', 'parcel'] as const).flatMap((kind) => {
    const given = writes.map((write) => write[kind]);
    const twice = given.length - new Set(given).size;
    return twice === 0 ? [] : [`${twice} numbers of ${kind} were given twice`];
  });
}

/** Writes that a site acknowledged though the other one had begun to: two sites wrote. */
export function writtenTwice(writes: readonly Acknowledged[], from: SiteName, servedAt: number): readonly string[] {
  const late = writes.filter(({ at, site }) => site === from && at > servedAt);
  return late.length === 0 ? [] : [`the ${from} site acknowledged ${late.length} writes after the other one led`];
}

/** What the steps of a run did, by their names. */
export const factsIn = (journal: readonly JournalEvent[], step: string): Facts =>
  [...journal].reverse().find((event) => event.step === `${step} ${database}` && event.facts !== undefined)?.facts ??
  {};

/** Keys of the orders that a site holds. */
export async function heldBy(world: World, site: SiteName): Promise<ReadonlySet<string>> {
  const sql = world.servers[site].session('postgres', database);
  return new Set((await sql.query('SELECT key::text FROM svc_order.orders')).map(({ key }) => String(key)));
}

/** What is wrong on the site that leads, once writers are quiet. */
export async function wrongAtEnd(
  world: World,
  { from, journal, servedAt, to }: Observed,
  held: ReadonlySet<string>,
): Promise<readonly string[]> {
  const writes = world.log.read();
  const sql = world.servers[to].session('postgres', database);
  const torn = await sql.query(`
    SELECT o.key FROM svc_order.orders o WHERE
      (SELECT count(*) FROM svc_order.lines l WHERE l.key = o.key AND l.quantity = 2) <> 2
      OR (SELECT count(*) FROM svc_order.invoices i WHERE i.key = o.key) <> 1
      OR (SELECT count(*) FROM svc_order.orders_events e WHERE e.stream_id = o.key::text) <> 1
      OR (SELECT count(*) FROM svc_order.mainstay_outbox m WHERE m.message_id = o.key) <> 1`);
  const [ledger] = await sql.query('SELECT count(*)::integer AS lines FROM svc_order.knex_migrations');
  const unsent = await drained(world, to);
  const missing = [...held].filter((key) => !world.queues[to].has(key));
  const until = Date.parse(String(factsIn(journal, 'catch up')['recoveredUntil']).replace(' ', 'T'));
  const promised = writes.filter(({ at, key, site }) => site === from && at < until && !held.has(key));
  return [
    ...repeatedNumbers(writes),
    ...writtenTwice(writes, from, servedAt),
    ...(torn.length === 0 ? [] : [`${torn.length} orders are there in part`]),
    ...(ledger?.['lines'] === 1 ? [] : [`the ledger of the site has ${String(ledger?.['lines'])} lines, and had 1`]),
    ...(unsent === 0 ? [] : [`${unsent} messages were not sent`]),
    ...(missing.length === 0 ? [] : [`${missing.length} orders were told to nobody on the ${to} site`]),
    ...(promised.length === 0 ? [] : [`${promised.length} writes from before the last beat are gone`]),
  ];
}

/** Waits until the relay of a site has sent everything. */
async function drained(world: World, site: SiteName): Promise<number> {
  const sql = world.servers[site].session('postgres', database);
  let unsent = 0;
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(100)) {
    const [row] = await sql.query(
      'SELECT count(*)::integer AS unsent FROM svc_order.mainstay_outbox WHERE sent_at IS NULL',
    );
    unsent = Number(row?.['unsent']);
    if (unsent === 0) break;
  }
  return unsent;
}
