import { serviceClient } from './service';
import { sleep } from './writer';

/** Messages that one turn of the relay takes. */
const batch = 200;

/**
 * A relay as the contract of the outbox has it: takes messages, sends them, marks them, within one transaction.
 *
 * @param goesOn Asked before each turn.
 * @param queue Where it sends to. What lies in the queue of a lost site is lost.
 */
export async function relay(port: number, goesOn: () => boolean, queue: Set<string>): Promise<void> {
  while (goesOn()) {
    const client = serviceClient(port);
    try {
      await client.connect();
      while (goesOn()) {
        await client.query('BEGIN');
        const { rows } = await client.query<{ id: string }>('SELECT message_id::text AS id FROM take_outbox($1)', [
          batch,
        ]);
        const ids = rows.map(({ id }) => id);
        for (const id of ids) queue.add(id);
        if (ids.length > 0) await client.query('SELECT sent_outbox($1)', [ids]);
        await client.query('COMMIT');
        if (ids.length < batch) await sleep(100);
      }
    } catch {
      await sleep(200);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
