import type { SqlSession } from './sql-contents';

/** A file to which lines are added, and from which none is taken. */
export interface DigestFile {
  readonly append: (line: string) => Promise<void>;
}

/** A blob to which blocks are appended, as the client of Azure has it. */
export interface AppendBlob {
  readonly appendBlock: (body: string, contentLength: number) => Promise<unknown>;
  readonly createIfNotExists: (options: {
    readonly blobHTTPHeaders: { readonly blobContentType: string };
  }) => Promise<unknown>;
}

/**
 * A file that is a blob. It is made when it is missed, and not before each line: the policy of the container refuses whoever would
 * make again what is there.
 */
export const growingFile = (blob: AppendBlob): DigestFile => ({
  append: async (line) => {
    const add = async () => blob.appendBlock(line, Buffer.byteLength(line));
    await add().catch(async (error: unknown) => {
      if ((error as { readonly statusCode?: unknown } | undefined)?.statusCode !== 404) throw error;
      await blob.createIfNotExists({ blobHTTPHeaders: { blobContentType: 'application/jsonl' } });
      await add();
    });
  },
});

/** What taking a digest needs of the world. */
export interface DigestWorld {
  readonly session: Pick<SqlSession, 'ask'>;
  readonly file: (path: string) => DigestFile;
  readonly now: () => Date;
}

/**
 * The time from which a database counts: one that was restored is another, and its digests stand apart. By its name, since Azure SQL numbers databases
 * otherwise in this view than in `DB_ID`.
 */
const created = 'SELECT CONVERT(nvarchar(33), create_date, 127) FROM sys.databases WHERE name = DB_NAME()';

const digest = 'EXECUTE sys.sp_generate_database_ledger_digest';

/** What a digest must tell for anybody to verify by it. */
const told = ['block_id', 'hash', 'database_name'] as const;

/**
 * Where digests of a database lie: `order/2026-11-03T09-12-44`.
 *
 * @param database As the server calls it.
 */
export async function digestFolder(session: Pick<SqlSession, 'ask'>, database: string): Promise<string> {
  const since = only(await session.ask(created));
  return `${database}/${since.slice(0, 'yyyy-mm-ddThh:mm:ss'.length).replaceAll(':', '-')}`;
}

/**
 * Takes the digest of a database's ledger and adds it to the file of this month: `order/2026-11-03T09-12-44/2026-11.jsonl`.
 *
 * @param database As the server calls it.
 * @returns the path and the line.
 * @throws Error if the database tells no digest.
 */
export async function keepDigest(
  { file, now, session }: DigestWorld,
  database: string,
): Promise<{ readonly path: string; readonly line: string }> {
  const folder = await digestFolder(session, database);
  const line = JSON.stringify(parsedDigest(only(await session.ask(digest))));
  const month = now().toISOString().slice(0, 'yyyy-mm'.length);
  const path = `${folder}/${month}.jsonl`;
  await file(path).append(`${line}\n`);
  return { path, line };
}

function only(rows: readonly (readonly unknown[])[]): string {
  const value = rows[0]?.[0];
  if (typeof value !== 'string') throw new Error(`the database must tell one text, got ${JSON.stringify(rows)}`);
  return value;
}

/**
 * A digest, as the database wrote it.
 *
 * @throws Error if it lacks what a ledger is verified by.
 */
export function parsedDigest(text: string): Readonly<Record<string, unknown>> {
  const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const missing = told.filter((name) => !Object.hasOwn(value, name));
  if (missing.length > 0) throw new Error(`a digest must have ${told.join(', ')}, got ${text}`);
  return value;
}
