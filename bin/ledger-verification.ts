import { WorkloadIdentityCredential } from '@azure/identity';
import { ContainerClient } from '@azure/storage-blob';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { keptIn } from '../lib/recovery/azure/kept-digests';
import { NotVerified, verifyLedger } from '../lib/recovery/azure/ledger-verification';
import { enter, exitCodes, NotLaid } from '../lib/recovery/azure/sql-contents';
import { openSqlSession, sqlScope } from '../lib/recovery/azure/sql-session';
import { messageOf } from './message';
import { sqlAddress, sqlOptions } from './sql-address';

const USAGE = `usage: node --require tsx/cjs bin/ledger-verification.ts --server <host> --port <number> --database <name> --container <url>

  Compares the ledger in a database of Azure SQL with the digests that were kept of it in the last two months, as the identity
  that a pod's account may act as. The cluster runs it every night.

  Exit codes: 2, nobody was let in to the database; 3, the ledger does not agree, or the database refused to compare it;
  4, no token; 1, digests could not be read, or there are none.
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
  const tell = (told: object): void => {
    console.log(JSON.stringify({ at: new Date().toISOString(), ...told }));
  };
  const session = await enter({
    token: async () => (await credential.getToken(sqlScope)).token,
    connect: async (token) =>
      openSqlSession(address, token, (line) => tell({ database: address.database, told: line })),
    sleep: setTimeout,
  });
  try {
    tell(await verifyLedger({ session, kept: keptIn(new ContainerClient(container, credential)) }, address.database));
  } finally {
    session.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = exitCode(error);
});

function exitCode(error: unknown): number {
  if (error instanceof NotVerified) return exitCodes.sql;
  return error instanceof NotLaid ? exitCodes[error.reason] : 1;
}
