import { AnonymousCredential, BlockBlobClient } from '@azure/storage-blob';
import { BlobLatch } from '../../../lib/recovery/azure/blob-latch';
import { BlobServer } from '../../support/blob-server';

describe('a latch in Blob Storage', () => {
  let server: BlobServer;
  let time = Date.parse('2026-11-28T10:00:00Z');
  const latch = () =>
    new BlobLatch(
      new BlockBlobClient(server.urlOf('leader.json'), new AnonymousCredential(), {
        retryOptions: { maxTries: 2, retryDelayInMs: 1, maxRetryDelayInMs: 2 },
      }),
      { now: () => time },
    );

  beforeEach(async () => {
    time = Date.parse('2026-11-28T10:00:00Z');
    server = await BlobServer.start();
  });
  afterEach(() => server.stop());

  test('names nobody at first, and lets nobody lead by that', async () => {
    expect(await latch().held()).toBeUndefined();
    await expect(latch().leads('primary')).rejects.toThrow(/is not there: nobody was named to lead/);
  });

  test('names a site, in words that a health check finds, and that nobody may keep', async () => {
    await latch().set('recovery');
    expect(server.textOf('leader.json')).toBe('{"leader":"recovery","since":"2026-11-28T10:00:00.000Z"}\n');
    expect([...server.blobs.values()][0]?.headers).toEqual({
      'cache-control': 'no-store',
      'content-type': 'application/json',
    });
    expect([await latch().leads('recovery'), await latch().leads('primary')]).toEqual([true, false]);
  });

  test('says since when, however often it is set', async () => {
    const first = await latch().set('recovery');
    time += 60_000;
    expect(await latch().set('recovery')).toBe(first);
    expect(server.asked.filter((asked) => asked === 'PUT')).toHaveLength(1);
    expect(await latch().set('primary')).toBe(first + 60_000);
  });

  test('is told what another one wrote at the same time, and does not overwrite it unread', async () => {
    const [one, other] = await Promise.all([latch().set('recovery'), latch().set('recovery')]);
    expect(one).toBe(other);
    expect(server.blobs.get('/account/recovery/leader.json')?.version).toBe(1);
  });

  test('bears a connection that is cut off after the object was written: it finds its own words', async () => {
    server.faults.push('none', 'cut off after');
    const since = await latch().set('recovery');
    expect(await latch().held()).toEqual({ leader: 'recovery', since: new Date(since).toISOString() });
    expect(server.blobs.get('/account/recovery/leader.json')?.version).toBe(1);
  });

  test('fails when it holds what is no leader', async () => {
    server.blobs.set('/account/recovery/leader.json', {
      type: 'BlockBlob',
      content: Buffer.from('{"leader": 7}'),
      version: 1,
      headers: {},
    });
    await expect(latch().set('recovery')).rejects.toThrow(/the latch must hold .*, got \{"leader": 7\}/);
    expect(server.textOf('leader.json')).toBe('{"leader": 7}');
  });
});
