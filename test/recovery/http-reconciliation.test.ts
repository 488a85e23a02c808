import { HttpReconciliation } from '../../lib/recovery/http-reconciliation';
import { AnsweringServer, TestClock } from '../support/answering-server';

const done = { examined: 12, differing: 2, unresolved: 0 };

describe('reconciliation by HTTP', () => {
  let server: AnsweringServer;
  let clock: TestClock;
  const reconcile = (since?: string) =>
    new HttpReconciliation(`${server.url}/reconciliations/`, clock).reconcile('storm 1', since);

  beforeEach(async () => {
    clock = new TestClock();
    server = await AnsweringServer.start(() => ({ body: done }));
  });
  afterEach(() => server.stop());

  test('asks by the name of the run, from where the database is complete', async () => {
    expect(await reconcile('2026-11-28 09:59:58+00')).toEqual(done);
    await reconcile();
    expect(server.asked.map(({ body, method, path }) => [method, path, body])).toEqual([
      ['PUT', '/reconciliations/storm%201', '{"since":"2026-11-28 09:59:58+00"}'],
      ['PUT', '/reconciliations/storm%201', '{"since":null}'],
    ]);
  });

  test('asks again while it goes on, and where it could not be asked', async () => {
    server.faults.push({ status: 202 }, 'cut off', { status: 503 });
    expect(await reconcile()).toEqual(done);
    expect(server.asked).toHaveLength(4);
  });

  test('fails when it does not end', async () => {
    server.faults.push(...Array.from({ length: 400 }, () => ({ status: 202 })));
    await expect(reconcile()).rejects.toThrow(/was not done after 900 s \(it answered 202\): look at it/);
  });

  test.each([
    [{ status: 500, body: { error: 'no provider' } }, /answered 500: \{"error":"no provider"\}: mend/],
    [{ body: { examined: 3 } }, /must answer .*, and differing, unresolved is none/],
    [{ body: { ...done, unresolved: -1 } }, /and unresolved is none/],
  ])('fails when it is answered %j', async (fault, message) => {
    server.faults.push(fault);
    await expect(reconcile()).rejects.toThrow(message);
    expect(server.asked).toHaveLength(1);
  });
});
