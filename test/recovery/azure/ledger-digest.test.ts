import { growingFile, keepDigest } from '../../../lib/recovery/azure/ledger-digest';

const digest = {
  database_name: 'order',
  block_id: 7,
  hash: '0xDC16',
  last_transaction_commit_time: '2026-11-03T09:20:00',
  digest_time: '2026-11-03T09:30:00',
};

/** A database that tells one answer after another, and a store that says what it got. */
function world(...answers: readonly (readonly (readonly unknown[])[])[]) {
  const [asked, kept, left]: [string[], string[], (readonly (readonly unknown[])[])[]] = [[], [], [...answers]];
  return {
    asked,
    kept,
    now: () => new Date('2026-11-03T09:31:07Z'),
    session: {
      ask: async (batch: string) => {
        asked.push(batch);
        return Promise.resolve(left.shift() ?? []);
      },
    },
    file: (path: string) => ({
      append: async (line: string) => {
        kept.push(`${path} ${line}`);
        return Promise.resolve();
      },
    }),
  };
}

const created = [['2026-10-01T08:00:12.340']];

describe('a digest of a ledger', () => {
  test('is asked of the database, and added to the file of the month and of this very database', async () => {
    const given = world(created, [[JSON.stringify(digest, undefined, 2)]]);
    const path = 'order/2026-10-01T08-00-12/2026-11.jsonl';
    await expect(keepDigest(given, 'order')).resolves.toEqual({ path, line: JSON.stringify(digest) });
    expect(given.kept).toEqual([`${path} ${JSON.stringify(digest)}\n`]);
    // Not by its number: what DB_ID tells in Azure SQL is another one than in this view.
    expect(given.asked[0]).toContain('FROM sys.databases WHERE name = DB_NAME()');
    expect(given.asked.at(-1)).toBe('EXECUTE sys.sp_generate_database_ledger_digest');
  });

  test.each([
    ['the database has no block yet', [created, [[null]]], 'the database must tell one text, got [[null]]'],
    ['the database tells nothing', [created, []], 'the database must tell one text, got []'],
    ['a digest lacks its hash', [created, [['{"block_id":1}']]], 'a digest must have block_id, hash, database_name'],
    ['a digest is none', [created, [['no']]], 'not valid JSON'],
  ])('fails when %s, and keeps nothing', async (_title, answers, message) => {
    const given = world(...(answers as readonly (readonly (readonly unknown[])[])[]));
    await expect(keepDigest(given, 'order')).rejects.toThrow(message);
    expect(given.kept).toEqual([]);
  });
});

describe('a file of digests', () => {
  /** A blob that is there or not, under a policy by which nobody makes it again. */
  function blob(isThere: boolean, refusal?: Error) {
    const lines: string[] = [];
    let made = isThere;
    return {
      lines,
      appendBlock: async (line: string, length: number) => {
        if (refusal !== undefined) throw refusal;
        if (!made) throw Object.assign(new Error('BlobNotFound'), { statusCode: 404 });
        expect(length).toBe(Buffer.byteLength(line));
        lines.push(line);
        return Promise.resolve();
      },
      createIfNotExists: async () => {
        if (made) throw Object.assign(new Error('BlobImmutableDueToPolicy'), { statusCode: 409 });
        made = true;
        return Promise.resolve();
      },
    };
  }

  test.each([
    ['there', true],
    ['not there yet', false],
  ])('gets line after line when it is %s', async (_title, isThere) => {
    const given = blob(isThere);
    const file = growingFile(given);
    await file.append('ö\n');
    await file.append('second\n');
    expect(given.lines).toEqual(['ö\n', 'second\n']);
  });

  test('fails when it may not be written, and is not made', async () => {
    const refusal = Object.assign(new Error('AuthorizationPermissionMismatch'), { statusCode: 403 });
    const given = blob(false, refusal);
    await expect(growingFile(given).append('line\n')).rejects.toBe(refusal);
    await expect(given.createIfNotExists()).resolves.toBeUndefined();
  });
});
