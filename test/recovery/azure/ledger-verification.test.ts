import { keptIn } from '../../../lib/recovery/azure/kept-digests';
import { NotVerified, verifyLedger } from '../../../lib/recovery/azure/ledger-verification';

const digest = (block: number, database = 'order') => ({
  database_name: database,
  block_id: block,
  hash: `0xDC${block}`,
});
const lines = (...given: readonly object[]): string => given.map((each) => `${JSON.stringify(each)}\n`).join('');
const folder = 'order/2026-10-01T08-00-12';

/** A database that tells when it was made and what it verified, and a container of files. */
function world(files: Readonly<Record<string, string>>, verified: readonly (readonly unknown[])[] | Error = [['9']]) {
  const asked: string[] = [];
  return {
    asked,
    session: {
      ask: async (batch: string) => {
        asked.push(batch);
        if (batch.includes('create_date')) return Promise.resolve([['2026-10-01T08:00:12.340']]);
        return verified instanceof Error ? Promise.reject(verified) : Promise.resolve(verified);
      },
    },
    kept: keptIn({
      listBlobsFlat: async function* ({ prefix }) {
        await Promise.resolve();
        yield* Object.keys(files)
          .filter((name) => name.startsWith(prefix))
          .map((name) => ({ name }));
      },
      getBlobClient: (name) => ({ downloadToBuffer: async () => Promise.resolve(Buffer.from(files[name] ?? '')) }),
    }),
  };
}

const months = {
  [`${folder}/2026-11.jsonl`]: lines(digest(8), digest(9)),
  [`${folder}/2026-09.jsonl`]: lines(digest(3)),
  [`${folder}/2026-10.jsonl`]: lines(digest(5)),
  'order/2025-01-01T00-00-00/2026-11.jsonl': lines(digest(99)),
};

describe('a ledger', () => {
  test('is compared with every digest of the newest two months, of this very database', async () => {
    const given = world(months);
    await expect(verifyLedger(given, 'order')).resolves.toEqual({ database: 'order', digests: 3, block: '9' });
    const batch = given.asked.at(-1) ?? '';
    expect(batch).toContain(
      `DECLARE @digests nvarchar(max) = N'${JSON.stringify([digest(5), digest(8), digest(9)])}';`,
    );
    expect(batch).toContain('EXECUTE @disagrees = sys.sp_verify_database_ledger @digests;');
    expect(batch).toMatch(/IF @disagrees <> 0 THROW 50000, /);
  });

  test('is compared with a block once, though quiet hours told it again and again', async () => {
    const told = (time: string, given = digest(9)) => ({ ...given, digest_time: time });
    const other = { ...digest(9), hash: '0xEE' };
    const kept = { [`${folder}/2026-11.jsonl`]: lines(told('02:00'), told('02:15'), told('02:30', other)) };
    const given = world(kept);
    await expect(verifyLedger(given, 'order')).resolves.toMatchObject({ digests: 2 });
    const compared = JSON.stringify([told('02:00'), told('02:30', other)]);
    expect(given.asked.at(-1)).toContain(`DECLARE @digests nvarchar(max) = N'${compared}';`);
  });

  test('is compared with what is written, and runs nothing of it', async () => {
    const sly = { ...digest(9), hash: "'; DROP TABLE orders; --" };
    const given = world({ [`${folder}/2026-11.jsonl`]: lines(sly) });
    await verifyLedger(given, 'order');
    expect(given.asked.at(-1)).toContain('"\'\'; DROP TABLE orders; --"');
  });

  test.each([
    ['the database finds that it does not agree', new Error('The hash of block 5 does not match'), 'block 5'],
    ['the database says nothing', [], 'order must be verified up to block 9, got []'],
    ['the database says no block', [[null]], 'order must be verified up to block 9, got [[null]]'],
    ['fewer blocks are there than there were digests of', [['7']], 'order must be verified up to block 9, got [["7"]]'],
  ])('fails when %s', async (_title, verified, message) => {
    const failed = verifyLedger(world(months, verified), 'order');
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(NotVerified);
  });

  test.each([
    ['there is no digest', {}, `${folder} must have digests of the last two months, got none`],
    ['files are empty', { [`${folder}/2026-11.jsonl`]: '\n' }, 'got none'],
    ['a line is broken', { [`${folder}/2026-11.jsonl`]: '{"block_id"' }, 'JSON'],
    ['a digest lacks its hash', { [`${folder}/2026-11.jsonl`]: lines({ block_id: 1 }) }, 'a digest must have block_id'],
    [
      'a digest is of another database',
      { [`${folder}/2026-11.jsonl`]: lines(digest(1, 'customer')) },
      `${folder}/2026-11.jsonl must have digests of blocks of order alone`,
    ],
    [
      'a digest is of no block',
      { [`${folder}/2026-11.jsonl`]: lines({ ...digest(1), block_id: 'seven' }) },
      `${folder}/2026-11.jsonl must have digests of blocks of order alone`,
    ],
  ])('fails when %s, and asks the database for nothing', async (_title, files, message) => {
    const given = world(files);
    await expect(verifyLedger(given, 'order')).rejects.toThrow(message);
    expect(given.asked).toHaveLength(1);
  });
});
