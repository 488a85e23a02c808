import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { SiteName } from '../lib/platform/platform';
import type { WriteLog } from './log';
import { serviceClient } from './service';

/** Where a writer writes to. */
export interface Target {
  readonly site: SiteName;
  readonly port: number;
}

/** Why writes were not acknowledged, by SQL state or error code. */
export type Failures = ReadonlyMap<string, number>;

/** Milliseconds between two writes of one connection. */
const pause = 8;

/**
 * A service under load: connections that each write an order with its lines, invoice, event and message in one transaction,
 * again and again, and log what was acknowledged. One in ten is rolled back, so that sequences have gaps.
 */
export class Writer {
  private running = true;
  private readonly counts = new Map<string, number>();
  private readonly loops: readonly Promise<void>[];

  /** @param target Asked before each connection, as a service asks the DNS. */
  public constructor(
    connections: number,
    private readonly target: () => Target,
    private readonly log: WriteLog,
  ) {
    this.loops = Array.from({ length: connections }, async () => this.loop());
  }

  public get failures(): Failures {
    return this.counts;
  }

  public async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.loops);
  }

  private async loop(): Promise<void> {
    while (this.running) {
      const target = this.target();
      const client = serviceClient(target.port);
      try {
        await client.connect();
        while (this.running && this.target().port === target.port) {
          await this.write(client, target.site);
          await sleep(pause);
        }
      } catch (error) {
        this.count(error);
        await sleep(50);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }

  private async write(client: pg.Client, site: SiteName): Promise<void> {
    const key = randomUUID();
    const end = Math.random() < 0.1 ? 'ROLLBACK' : 'COMMIT';
    const answers: unknown = await client.query(`
      BEGIN;
      INSERT INTO orders (key, site) VALUES ('${key}', '${site}') RETURNING id;
      INSERT INTO invoices (key) VALUES ('${key}') RETURNING number;
      SELECT nextval('parcel_numbers') AS parcel;
      INSERT INTO lines (key, product, quantity) VALUES ('${key}', 'tea', 1), ('${key}', 'cup', 2);
      UPDATE lines SET quantity = quantity + 1 WHERE key = '${key}' AND product = 'tea';
      INSERT INTO orders_events (stream_id, stream_version, type, payload, metadata)
        VALUES ('${key}', 1, 'Placed', '{}', '{"correlation_id": "${key}"}');
      INSERT INTO mainstay_outbox (message_id, destination, payload, metadata)
        VALUES ('${key}', 'orders', '{}', '{"correlation_id": "${key}"}');
      ${end};`);
    if (end === 'ROLLBACK') return;
    const rows = (answers as readonly pg.QueryResult<Record<string, string>>[]).map(({ rows: [row] }) => row);
    const numberOf = (column: string): number => Number(rows.find((row) => row?.[column] !== undefined)?.[column]);
    this.log.append({
      key,
      id: numberOf('id'),
      invoice: numberOf('number'),
      parcel: numberOf('parcel'),
      site,
      at: Date.now(),
    });
  }

  private count(error: unknown): void {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'lost';
    this.counts.set(code, (this.counts.get(code) ?? 0) + 1);
  }
}

export const sleep = async (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
