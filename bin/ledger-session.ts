import { WorkloadIdentityCredential } from '@azure/identity';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { enter, type SqlSession } from '../lib/recovery/azure/sql-contents';
import { openSqlSession, sqlScope } from '../lib/recovery/azure/sql-session';
import { sqlAddress, sqlOptions } from './sql-address';

/** What a program does with the ledger of a database. */
export interface LedgerSession {
  readonly session: SqlSession;
  readonly database: string;
  /** Where digests are kept. */
  readonly container: string;
  /** Who is let in there and to the database. */
  readonly credential: WorkloadIdentityCredential;
}

/** Says something of a program in one line, with the time. */
const tell = (told: object): void => {
  console.log(JSON.stringify({ at: new Date().toISOString(), ...told }));
};

/**
 * Does something with a ledger as the identity that a pod's account may act as, and leaves the database afterwards. Where somebody asks how
 * the program is called, that is all that is said.
 *
 * @param args The options of the program.
 * @param usage What is shown where one is missing.
 * @throws Error if an option is missing, or nobody is let in
 */
export async function withLedger(
  args: readonly string[],
  usage: string,
  work: (ledger: LedgerSession) => Promise<object>,
): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { ...sqlOptions, container: { type: 'string' } } });
  const { container, help } = values;
  if (help) {
    console.log(usage);
    return;
  }
  const address = sqlAddress(values, usage);
  if (container === undefined) throw new Error(`--container must be given\n${usage}`);
  const { database } = address;
  const credential = new WorkloadIdentityCredential();
  const session = await enter({
    token: async () => (await credential.getToken(sqlScope)).token,
    connect: async (token) => openSqlSession(address, token, (line) => tell({ database, told: line })),
    sleep: setTimeout,
  });
  try {
    tell(await work({ session, database, container, credential }));
  } finally {
    session.close();
  }
}
