import { ContainerClient } from '@azure/storage-blob';
import { keptIn } from '../lib/recovery/azure/kept-digests';
import { NotVerified, verifyLedger } from '../lib/recovery/azure/ledger-verification';
import { exitCodes, NotLaid } from '../lib/recovery/azure/sql-contents';
import { withLedger } from './ledger-session';
import { messageOf } from './message';

const USAGE = `usage: node --require tsx/cjs bin/ledger-verification.ts --server <host> --port <number> --database <name> --container <url>

  Compares the ledger in a database of Azure SQL with the digests that were kept of it in the last two months, as the identity
  that a pod's account may act as. The cluster runs it every night.

  Exit codes: 2, nobody was let in to the database; 3, the ledger does not agree, or the database refused to compare it;
  4, no token; 1, digests could not be read, or there are none.
`;

withLedger(process.argv.slice(2), USAGE, async ({ container, credential, database, session }) =>
  verifyLedger({ session, kept: keptIn(new ContainerClient(container, credential)) }, database),
).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = exitCode(error);
});

function exitCode(error: unknown): number {
  if (error instanceof NotVerified) return exitCodes.sql;
  return error instanceof NotLaid ? exitCodes[error.reason] : 1;
}
