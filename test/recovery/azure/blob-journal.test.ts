import { AnonymousCredential, AppendBlobClient } from '@azure/storage-blob';
import { BlobJournal } from '../../../lib/recovery/azure/blob-journal';
import { runPlan } from '../../../lib/recovery/runner';
import type { Step } from '../../../lib/recovery/step';
import { BlobServer } from '../../support/blob-server';

const event = (what: string, run = 'r1') => JSON.stringify({ at: '2026-11-28T10:00:00.000Z', run, what });

describe('a journal in Blob Storage', () => {
  let server: BlobServer;
  const blob = () =>
    new AppendBlobClient(server.urlOf('journal.jsonl'), new AnonymousCredential(), {
      retryOptions: { maxTries: 3, retryDelayInMs: 1, maxRetryDelayInMs: 2 },
    });
  const clock = {
    now: () => server.seconds * 1000,
    sleep: (milliseconds: number) => {
      server.seconds += milliseconds / 1000;
      return Promise.resolve();
    },
  };

  beforeEach(async () => {
    server = await BlobServer.start();
  });
  afterEach(() => server.stop());

  test('begins empty, keeps lines in their order, and gives them to the next controller', async () => {
    const first = await BlobJournal.open(blob(), clock);
    expect(first.history).toEqual([]);
    await first.append(event('began'));
    await first.append(event('ended'));
    await first.close();
    expect(server.textOf('journal.jsonl')).toBe(`${event('began')}\n${event('ended')}\n`);
    const second = await BlobJournal.open(blob(), clock);
    expect(second.history.map(({ what }) => what)).toEqual(['began', 'ended']);
    expect(server.seconds).toBe(0);
  });

  test('is read by whoever asks how far a run is, while a controller keeps it, and where there is none', async () => {
    expect(await BlobJournal.read(blob())).toEqual([]);
    const journal = await BlobJournal.open(blob(), clock);
    await journal.append(event('began'));
    expect((await BlobJournal.read(blob())).map(({ what }) => what)).toEqual(['began']);
  });

  test('fails when another controller keeps it and lives, and names its run', async () => {
    const first = await BlobJournal.open(blob(), clock);
    await first.append(event('began', 'storm'));
    const living = {
      ...clock,
      sleep: async (milliseconds: number) => {
        await clock.sleep(milliseconds);
        await first.renew();
      },
    };
    await expect(BlobJournal.open(blob(), living)).rejects.toThrow(
      /another controller keeps the journal .*, last with run storm at 2026-11-28T10:00:00.000Z: let it end/,
    );
    await first.append(event('ended', 'storm'));
  });

  test('is taken from a controller that died, after a minute, and refuses that one if it lives after all', async () => {
    const dead = await BlobJournal.open(blob(), clock);
    await dead.append(event('began'));
    const next = await BlobJournal.open(blob(), clock);
    expect(server.seconds).toBeGreaterThanOrEqual(60);
    expect(next.history).toHaveLength(1);
    await expect(dead.append(event('ended'))).rejects.toThrow(/is another controller's by now/);
    await dead.renew();
    await expect(dead.append(event('ended'))).rejects.toThrow(/is another controller's by now/);
    await next.append(event('ended'));
    expect((await BlobJournal.read(blob())).map(({ what }) => what)).toEqual(['began', 'ended']);
  });

  test('bears a busy server and a connection that is cut off, before and after the line was kept', async () => {
    const journal = await BlobJournal.open(blob(), clock);
    for (const fault of ['busy', 'cut off', 'cut off after'] as const) {
      server.faults.push(fault);
      await journal.append(event(fault));
    }
    const kept = (await BlobJournal.read(blob())).map(({ what }) => what);
    expect([...new Set<string>(kept)]).toEqual(['busy', 'cut off', 'cut off after']);
  });

  test('fails when the server does not come back: nothing is done without its line', async () => {
    const journal = await BlobJournal.open(blob(), clock);
    const did: string[] = [];
    const step: Step = {
      name: 'open writes',
      does: 'opens',
      check: () => Promise.resolve({ state: 'due', because: 'closed' }),
      run: () => {
        did.push('opened');
        return Promise.resolve({});
      },
      verify: () => Promise.resolve(),
    };
    server.faults.push(...Array<'busy'>(9).fill('busy'));
    const run = runPlan({
      run: 'r1',
      steps: [step],
      journal,
      history: [],
      approver: { ask: () => Promise.resolve('kim') },
      clock,
    });
    await expect(run).rejects.toThrow();
    expect(did).toEqual([]);
  });
});
