import { AnsweringServer, type Answer } from '../../../support/answering-server';
import { Copier, createContainer, folder, load } from './copier';

type Handler = (
  event: { readonly Records: readonly object[] },
  context: { readonly getRemainingTimeInMillis: () => number },
) => Promise<{ readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }>;

const { createHandler, delayOf, leadsBy } = load(`${folder}/handler.mjs`) as {
  readonly createHandler: (uses: object) => Handler;
  readonly delayOf: (receives: number) => number;
  readonly leadsBy: (latch: string, site: string) => Promise<boolean>;
};

let copier: Copier;
beforeEach(async () => {
  copier = await Copier.start();
});
afterEach(() => copier.server.stop());

const event = (key: string, bucket = 'uploads'): string =>
  JSON.stringify({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: bucket }, object: { key } },
  });

function world({ leads = () => Promise.resolve(true), step = 0, more = [] as readonly object[] } = {}) {
  const sent: unknown[] = [];
  const waits: unknown[] = [];
  const lines: object[] = [];
  let time = 0;
  const sqs = {
    sendMessageBatch: jest.fn(({ Entries }: { readonly Entries: readonly { readonly MessageBody: string }[] }) => {
      sent.push(...Entries.map(({ MessageBody }) => JSON.parse(MessageBody) as unknown));
      return Promise.resolve({} as { Failed?: readonly object[] });
    }),
    changeMessageVisibility: jest.fn((input: object) => {
      waits.push(input);
      return Promise.resolve();
    }),
  };
  const handler = createHandler({
    copies: [{ bucket: 'uploads', container: copier.server.url, removes: true }, ...more],
    s3: copier.s3,
    containerOf: (url: string) => createContainer({ url, token: () => Promise.resolve('a-token') }),
    sqs,
    queueUrl: 'https://queue',
    leads,
    log: (line: object) => lines.push(line),
    now: () => (time += step),
  });
  const run = (...bodies: readonly string[]) =>
    handler(
      {
        Records: bodies.map((body, index) => ({
          messageId: `m${index + 1}`,
          receiptHandle: `r${index + 1}`,
          body,
          attributes: { ApproximateReceiveCount: '2' },
        })),
      },
      { getRemainingTimeInMillis: () => 900_000 },
    );
  return { lines, run, sent, sqs, waits };
}

describe('the function that copies objects', () => {
  test('copies what events tell of, and says of each what it did', async () => {
    const { lines, run } = world();
    copier.s3.put('a', 'one');
    copier.s3.put('b', 'two');
    expect(await run(event('a'), event('b'), event('gone'))).toEqual({ batchItemFailures: [] });
    expect(copier.copies).toEqual({ a: 'one', b: 'two' });
    expect(lines).toEqual(
      expect.arrayContaining([
        { bucket: 'uploads', key: 'a', outcome: 'copied' },
        { bucket: 'uploads', key: 'gone', outcome: 'absent' },
      ]),
    );
  });

  test('gives back what failed and nothing else, and lets it wait', async () => {
    const { lines, run, waits } = world();
    copier.s3.put('a', 'one');
    copier.s3.put('a/', 'folder');
    expect(await run(event('a'), event('a/'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
    expect(copier.copies).toEqual({ a: 'one' });
    expect(waits).toEqual([{ QueueUrl: 'https://queue', ReceiptHandle: 'r2', VisibilityTimeout: 30 }]);
    expect(lines).toContainEqual(expect.objectContaining({ failed: 'm2', error: expect.stringContaining('no blob') }));
  });

  test('gives back what failed, though it cannot let it wait', async () => {
    const { run, sqs } = world();
    sqs.changeMessageVisibility.mockRejectedValueOnce(new Error('SQS is away'));
    expect(await run('{}')).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });

  test.each([
    ['is no JSON', 'no', 'the message is no JSON'],
    ['asks for nothing', '{}', 'the message asks for nothing that is known here'],
    ['is of another bucket', event('a', 'others'), 'no objects of others are copied'],
  ])('fails when a message %s', async (_, body, error) => {
    const { lines, run } = world();
    expect((await run(body)).batchItemFailures).toHaveLength(1);
    expect(lines).toEqual([expect.objectContaining({ error })]);
  });

  test('lets messages go while the other site leads, and touches nothing', async () => {
    const { lines, run } = world({ leads: () => Promise.resolve(false) });
    copier.s3.put('a', 'one');
    expect(await run(event('a'), '{"reconcile":{}}')).toEqual({ batchItemFailures: [] });
    expect(copier.copies).toEqual({});
    expect(copier.server.asked).toEqual([]);
    expect(lines[0]).toEqual({ left: 'm1', why: 'the recovery site leads' });
  });

  test('gives everything back while nobody can say who leads', async () => {
    const { run, waits } = world({ leads: () => Promise.reject(new Error('the latch answered 503')) });
    expect((await run(event('a'), event('b'))).batchItemFailures).toHaveLength(2);
    expect(waits).toHaveLength(2);
    expect(copier.server.asked).toEqual([]);
  });

  test('waits twice as long each time, up to five minutes', () => {
    expect([1, 2, 3, 4, 5, 6, 16].map(delayOf)).toEqual([15, 30, 60, 120, 240, 300, 300]);
  });
});

describe('the comparison', () => {
  test('begins with a message for each bucket', async () => {
    const { run, sent } = world({ more: [{ bucket: 'assets', container: copier.server.url, removes: true }] });
    await run('{"reconcile":{}}');
    expect(sent).toEqual([{ reconcile: { bucket: 'uploads' } }, { reconcile: { bucket: 'assets' } }]);
  });

  test('sends what differs as events, ten at a time, and says how many', async () => {
    const { lines, run, sent, sqs } = world();
    for (let number = 10; number < 22; number += 1) copier.s3.put(`k${number}`, 'one');
    await run('{"reconcile":{"bucket":"uploads"}}');
    expect(sent).toHaveLength(12);
    expect(sent[0]).toEqual({ detail: { bucket: { name: 'uploads' }, object: { key: 'k10' } } });
    expect(sqs.sendMessageBatch.mock.calls.map(([{ Entries }]) => Entries.length)).toEqual([10, 2]);
    expect(lines).toEqual([{ bucket: 'uploads', differences: 12, compared: true }]);
    await run(...sent.slice(0, 10).map((each) => JSON.stringify(each)));
    expect(Object.keys(copier.copies)).toHaveLength(10);
  });

  test('goes on in a message of its own after a minute', async () => {
    const { lines, run, sent } = world({ step: 25_000 });
    for (const key of ['a', 'b', 'c', 'd']) copier.s3.put(key, 'one');
    await run('{"reconcile":{"bucket":"uploads"}}');
    expect(sent.at(-1)).toEqual({ reconcile: { bucket: 'uploads', after: 'b', marker: '' } });
    expect(lines).toEqual([{ bucket: 'uploads', differences: 2, after: 'b', marker: '' }]);
    await run(JSON.stringify(sent.at(-1)));
    expect(sent.slice(3)).toMatchObject([{ detail: { object: { key: 'c' } } }, { detail: { object: { key: 'd' } } }]);
  });

  test('comes again when SQS did not take all that differs', async () => {
    const { run, sqs } = world();
    copier.s3.put('a', 'one');
    sqs.sendMessageBatch.mockResolvedValueOnce({ Failed: [{ Message: 'throttled' }] });
    expect((await run('{"reconcile":{"bucket":"uploads"}}')).batchItemFailures).toHaveLength(1);
  });
});

describe('whoever leads', () => {
  const asked = async (answer: Answer) => {
    const server = await AnsweringServer.start(() => answer);
    try {
      return await leadsBy(`${server.url}/mainstay-leader/leader.json`, 'primary');
    } finally {
      await server.stop();
    }
  };

  test.each<[string, Answer, boolean]>([
    ['the primary', { body: { leader: 'primary', since: '2026-11-28T10:00:00Z' } }, true],
    ['the recovery site', { body: { leader: 'recovery', since: '2026-11-28T10:00:00Z' } }, false],
    ['the primary before the latch was ever set', { status: 404 }, true],
  ])('is %s', async (_, answer, expected) => {
    expect(await asked(answer)).toBe(expected);
  });

  test('is the primary where there is no latch', async () => {
    expect(await leadsBy('', 'primary')).toBe(true);
  });

  test.each<[string, Answer, string]>([
    ['the latch does not answer', { status: 503 }, 'the latch answered 503'],
    ['the latch holds something else', { body: 'nonsense' }, 'JSON'],
    ['the line is cut', 'cut off', 'fetch failed'],
  ])('fails when %s', async (_, answer, message) => {
    await expect(asked(answer)).rejects.toThrow(message);
  });
});
