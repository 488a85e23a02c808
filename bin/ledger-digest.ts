import { WorkloadIdentityCredential } from '@azure/identity';
import { AppendBlobClient } from '@azure/storage-blob';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { growingFile, keepDigest } from '../lib/recovery/azure/ledger-digest';
import { enter, exitCodes, NotLaid } from '../lib/recovery/azure/sql-contents';
import { openSqlSession, sqlScope } from '../lib/recovery/azure/sql-session';
import { messageOf } from './message';
import { sqlAddress, sqlOptions } from './sql-address';

const USAGE = `usage: node --require tsx/cjs bin/ledger-digest.ts --server <host> --port <number> --database <name> --container <url>

  Takes a digest of the ledger in a database of Azure SQL and adds it to a blob that only grows, as the identity that a pod's
  account may act as. The cluster runs it by a schedule.

  Exit codes: 2, nobody was let in to the database; 4, no token; 1, no digest, or it could not be kept.
`;

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { ...sqlOptions, container: { type: 'string' } } });
  const { container, help } = values;
  if (help) {
    console.log(USAGE);
    return;
  }
  const address = sqlAddress(values, USAGE);
  if (container === undefined) throw new Error(`--container must be given\n${USAGE}`);
  const credential = new WorkloadIdentityCredential();
  const session = await enter({
    token: async () => (await credential.getToken(sqlScope)).token,
    connect: async (token) => openSqlSession(address, token, () => undefined),
    sleep: setTimeout,
  });
  try {
    const kept = await keepDigest(
      {
        session,
        now: () => new Date(),
        file: (path) => growingFile(new AppendBlobClient(`${container}/${path}`, credential)),
      },
      address.database,
    );
    console.log(JSON.stringify({ at: new Date().toISOString(), ...kept }));
  } finally {
    session.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = error instanceof NotLaid ? exitCodes[error.reason] : 1;
});
