import { AppendBlobClient } from '@azure/storage-blob';
import { growingFile, keepDigest } from '../lib/recovery/azure/ledger-digest';
import { exitCodes, NotLaid } from '../lib/recovery/azure/sql-contents';
import { withLedger } from './ledger-session';
import { messageOf } from './message';

const USAGE = `usage: node --require tsx/cjs bin/ledger-digest.ts --server <host> --port <number> --database <name> --container <url>

  Takes a digest of the ledger in a database of Azure SQL and adds it to a blob that only grows, as the identity that a pod's
  account may act as. The cluster runs it by a schedule.

  Exit codes: 2, nobody was let in to the database; 4, no token; 1, no digest, or it could not be kept.
`;

withLedger(process.argv.slice(2), USAGE, async ({ container, credential, database, session }) =>
  keepDigest(
    {
      session,
      now: () => new Date(),
      file: (path) => growingFile(new AppendBlobClient(`${container}/${path}`, credential)),
    },
    database,
  ),
).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = error instanceof NotLaid ? exitCodes[error.reason] : 1;
});
