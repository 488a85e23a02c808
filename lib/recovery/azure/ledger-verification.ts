import { text } from '../../platform/sql/transact';
import { digestFolder, parsedDigest } from './ledger-digest';
import type { SqlSession } from './sql-contents';

/** Digests that were kept, of all databases. */
export interface KeptDigests {
  /** Paths of the files in a folder. */
  readonly files: (folder: string) => Promise<readonly string[]>;
  readonly read: (path: string) => Promise<string>;
}

/** What verifying a ledger needs of the world. */
export interface VerificationWorld {
  readonly session: Pick<SqlSession, 'ask'>;
  readonly kept: KeptDigests;
}

/** How a ledger agreed with its digests. */
export interface Verified {
  readonly database: string;
  /** Digests with which it was compared. */
  readonly digests: number;
  /** The last block that was compared. */
  readonly block: string;
}

type Digest = ReturnType<typeof parsedDigest>;

/** What the database says of its ledger and the digests that it was given. */
export class NotVerified extends Error {}

/**
 * The newest files, a month each, so that every digest since the last good run is among them: whoever writes the ledger anew has
 * digests of their own from then on, and is found by the older ones.
 */
const newestFiles = 2;

/**
 * Compares the ledger of a database with the digests that were kept of it.
 *
 * @param database As the server calls it.
 * @throws NotVerified if it does not agree, or the database compares less than it was given.
 * @throws Error if there is no digest, or one that is none of this database.
 */
export async function verifyLedger({ kept, session }: VerificationWorld, database: string): Promise<Verified> {
  const folder = await digestFolder(session, database);
  const paths = [...(await kept.files(folder))].sort().slice(-newestFiles);
  const lines = await Promise.all(paths.map(async (path) => digestsIn(path, await kept.read(path), database)));
  const digests = eachOnce(lines.flat());
  if (digests.length === 0) throw new Error(`${folder} must have digests of the last two months, got none`);
  const newest = digests.map(({ block_id: block }) => blockOf(block)).reduce(larger);
  const rows = await session.ask(verification(digests)).catch((error: unknown) => {
    throw new NotVerified(`${database}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  const block = blockOf(rows.flat().at(-1));
  if (block < newest) {
    throw new NotVerified(`${database} must be verified up to block ${newest}, got ${JSON.stringify(rows)}`);
  }
  return { database, digests: digests.length, block: String(block) };
}

/** Where nothing is written, the same digest is taken again and again: of those that say the same of a block, the first. */
const eachOnce = (digests: readonly Digest[]): readonly Digest[] => {
  const said = new Map<string, Digest>();
  for (const digest of digests) {
    const { block_id: block, hash } = digest;
    const key = JSON.stringify([block, hash]);
    if (!said.has(key)) said.set(key, digest);
  }
  return [...said.values()];
};

/** A number of a block, which the database tells as a text where it is a large one; -1 for what is none. */
const blockOf = (value: unknown): bigint =>
  Number.isInteger(value) || (typeof value === 'string' && /^\d+$/.test(value))
    ? BigInt(value as number | string)
    : -1n;

const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);

function digestsIn(path: string, content: string, database: string): readonly Digest[] {
  const lines = content.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const digest = parsedDigest(line);
    if (digest['database_name'] !== database || blockOf(digest['block_id']) < 0n) {
      throw new Error(`${path} must have digests of blocks of ${database} alone, got ${line}`);
    }
    return digest;
  });
}

/** The procedure fails with what does not agree, or tells it by what it returns; then nothing it told counts. */
const verification = (digests: readonly object[]): string =>
  [
    'DECLARE @disagrees int;',
    `DECLARE @digests nvarchar(max) = ${text(JSON.stringify(digests))};`,
    'EXECUTE @disagrees = sys.sp_verify_database_ledger @digests;',
    "IF @disagrees <> 0 THROW 50000, N'the ledger does not agree with its digests', 1;",
  ].join('\n');
