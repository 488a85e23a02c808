import fc from 'fast-check';
import { blockBytes, Copier } from './copier';

let copier: Copier;
beforeEach(async () => {
  copier = await Copier.start();
});
afterEach(() => copier.server.stop());

const headersOf = (key: string) => copier.server.blobs.get(`/account/recovery/${key}`)?.headers;

describe('a copy', () => {
  test('has the bytes of its object, says the same of itself, and of what it is a copy', async () => {
    copier.s3.put('reports/März 2026.csv', 'a;b', {
      CacheControl: 'max-age=60',
      ContentDisposition: 'attachment',
      ContentEncoding: 'gzip',
      ContentLanguage: 'de',
      ContentType: 'text/csv',
      Metadata: { 'report-id': '7', '2nd': 'x' },
    });
    expect(await copier.copy('reports/März 2026.csv')).toBe('copied');
    expect(copier.copies).toEqual({ 'reports/März 2026.csv': 'a;b' });
    expect(headersOf('reports/M%C3%A4rz%202026.csv')).toEqual({
      'cache-control': 'max-age=60',
      'content-disposition': 'attachment',
      'content-encoding': 'gzip',
      'content-language': 'de',
      'content-type': 'text/csv',
      'x-ms-meta-report_id': '7',
      'x-ms-meta-_2nd': 'x',
      'x-ms-meta-mainstay_source': expect.stringMatching(/^[0-9a-f]{32}@\d+$/),
    });
  });

  test('of an object without bytes has none', async () => {
    copier.s3.put('empty', '');
    expect(await copier.copy('empty')).toBe('copied');
    expect(copier.copies).toEqual({ empty: '' });
    expect(copier.s3.ranges).toEqual([]);
  });

  test('is written once, however often it is asked for', async () => {
    copier.s3.put('a', 'one');
    await copier.copy('a');
    const written = copier.server.asked.length;
    expect(await copier.copy('a')).toBe('same');
    expect(copier.server.asked.slice(written)).toEqual(['HEAD']);
  });

  test('follows its object: overwritten, deleted, and made again', async () => {
    copier.s3.put('a', 'one');
    await copier.copy('a');
    copier.s3.put('a', 'two');
    expect(await copier.copy('a')).toBe('copied');
    expect(copier.copies).toEqual({ a: 'two' });
    copier.s3.objects.delete('a');
    expect(await copier.copy('a')).toBe('removed');
    expect(copier.copies).toEqual({});
    expect(await copier.copy('a')).toBe('absent');
    copier.s3.put('a', 'three');
    expect(await copier.copy('a')).toBe('copied');
    expect(copier.copies).toEqual({ a: 'three' });
  });

  test('in an archive stays when its object goes', async () => {
    copier.s3.put('a', 'one');
    await copier.copy('a');
    copier.s3.objects.delete('a');
    expect(await copier.copy('a', false)).toBe('kept');
    expect(copier.copies).toEqual({ a: 'one' });
  });

  test.each(['GLACIER', 'DEEP_ARCHIVE'])('is not made of an object of class %s, which cannot be read', async (name) => {
    copier.s3.put('a', 'one', {}, name);
    expect(await copier.copy('a')).toBe('frozen');
    expect(copier.copies).toEqual({});
    expect(copier.s3.ranges).toEqual([]);
  });

  test('is never written over what the other site wrote, and that is never deleted', async () => {
    copier.server.blobs.set('/account/recovery/a', {
      type: 'BlockBlob',
      content: Buffer.from('of the other site'),
      version: 1000,
      headers: {},
    });
    copier.s3.put('a', 'one');
    expect(await copier.copy('a')).toBe('foreign');
    copier.s3.objects.delete('a');
    expect(await copier.copy('a')).toBe('foreign');
    expect(copier.copies).toEqual({ a: 'of the other site' });
  });

  test.each([
    ['two dots', 'a/../b'],
    ['two dots alone', '..'],
    ['a dot', './a'],
    ['a stroke at its end', 'a/'],
    ['a dot at its end', 'a.'],
    ['too many characters', 'a'.repeat(1025)],
  ])('fails when Azure takes no such name: it has %s', async (_, key) => {
    copier.s3.put(key, 'one');
    await expect(copier.copy(key)).rejects.toThrow('Azure takes no blob of the name');
    expect(copier.server.asked).toEqual([]);
  });

  test('is made of one state, though its object is overwritten between two blocks', async () => {
    copier.s3.put('a', Buffer.alloc(blockBytes + 1, 'x'));
    copier.s3.onRead = () => {
      copier.s3.onRead = () => undefined;
      copier.s3.put('a', Buffer.alloc(blockBytes + 2, 'y'));
    };
    expect(await copier.copy('a')).toBe('copied');
    expect(copier.copies['a']).toBe('y'.repeat(blockBytes + 2));
  });

  test('goes when its object was deleted while it was written', async () => {
    copier.s3.put('a', 'one');
    copier.s3.onRead = () => void copier.s3.objects.delete('a');
    expect(await copier.copy('a')).toBe('removed');
    expect(copier.copies).toEqual({});
  });

  test('fails when its object never rests', async () => {
    let state = 0;
    copier.s3.put('a', 'begin');
    copier.s3.onRead = () => copier.s3.put('a', String((state += 1)));
    await expect(copier.copy('a')).rejects.toThrow('uploads/a changes faster than it is copied');
  });

  test('is what its object is in the end, in whatever order and however often events come', async () => {
    const change = fc.record({
      key: fc.constantFrom('a', 'b/c'),
      text: fc.option(fc.string({ maxLength: 3 })),
      late: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
        copier.s3.objects.clear();
        copier.server.blobs.clear();
        const events: Promise<unknown>[] = [];
        for (const { key, late, text } of changes) {
          if (text === null) copier.s3.objects.delete(key);
          else copier.s3.put(key, text);
          events.push(...Array.from({ length: late }, () => copier.copy(key)));
          if (late === 2) await events.at(-1);
        }
        await Promise.all([...events, ...changes.map(({ key }) => copier.copy(key))]);
        expect(copier.copies).toEqual(copier.objects);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a large copy', () => {
  const size = 2 * blockBytes + 5;
  beforeEach(() => copier.s3.put('film', Buffer.alloc(size, 'x'), { ContentType: 'video/mp4' }));

  test('is sent by blocks, one after the other', async () => {
    expect(await copier.copy('film')).toBe('copied');
    expect(copier.copies['film']).toHaveLength(size);
    expect(copier.server.asked).toEqual([
      'HEAD',
      'GET blocklist',
      'PUT block',
      'PUT block',
      'PUT block',
      'PUT blocklist',
      'HEAD',
    ]);
    expect(copier.s3.ranges).toEqual([
      `bytes=0-${blockBytes - 1}`,
      `bytes=${blockBytes}-${2 * blockBytes - 1}`,
      `bytes=${2 * blockBytes}-${size - 1}`,
    ]);
    expect(headersOf('film')).toMatchObject({ 'content-type': 'video/mp4' });
  });

  test('goes on where time was over', async () => {
    copier.s3.onRead = () => void (copier.remaining = 60_000);
    await expect(copier.copy('film')).rejects.toThrow('uploads/film goes on at block 1 of 3');
    expect(copier.copies).toEqual({});
    copier.s3.onRead = () => undefined;
    copier.remaining = 900_000;
    expect(await copier.copy('film')).toBe('copied');
    expect(copier.s3.ranges).toHaveLength(3);
    expect(copier.copies['film']).toBe('x'.repeat(size));
  });

  test('takes no block of another state of its object', async () => {
    copier.s3.onRead = () => void (copier.remaining = 60_000);
    await expect(copier.copy('film')).rejects.toThrow('goes on at block 1');
    copier.s3.onRead = () => undefined;
    copier.remaining = 900_000;
    copier.s3.put('film', Buffer.alloc(size, 'y'));
    await copier.copy('film');
    expect(copier.copies['film']).toBe('y'.repeat(size));
  });

  test('fails when it is larger than all blocks', async () => {
    copier.s3.put('film', 'x', { ContentLength: 50_000 * blockBytes + 1 });
    await expect(copier.copy('film')).rejects.toThrow(
      `uploads/film has ${50_000 * blockBytes + 1} bytes, and a copy holds ${50_000 * blockBytes} at most`,
    );
  });

  test('fails when S3 gives less than it was asked for', async () => {
    copier.s3.put('short', 'x', { ContentLength: 3 });
    await expect(copier.copy('short')).rejects.toThrow('uploads/short gave 1 bytes of 3');
  });
});

describe('a copy under faults', () => {
  test.each([
    ['the server is busy when it looks', ['busy']],
    ['the line is cut when it looks', ['cut off']],
    ['the server is busy when it writes', ['none', 'busy']],
    ['the line is cut before it writes', ['none', 'cut off']],
    ['the line is cut after it wrote', ['none', 'cut off after']],
    ['the line is cut when it looks again', ['none', 'none', 'cut off']],
  ] as const)('fails when %s, and is right the next time', async (_, faults) => {
    copier.s3.put('a', 'one');
    copier.server.faults.push(...faults);
    await expect(copier.copy('a')).rejects.toThrow();
    await copier.copy('a');
    expect(copier.copies).toEqual({ a: 'one' });
  });

  test('says what was refused, and by which code', async () => {
    copier.server.faults.push('busy');
    await expect(copier.copy('a')).rejects.toThrow(/^HEAD http:\/\/.*\/recovery\/a was refused: 503 ServerBusy$/);
  });
});
