import { WorkloadIdentityCredential } from '@azure/identity';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { exitCodes, layContents, NotLaid } from '../lib/recovery/azure/sql-contents';
import { openSqlSession, sqlScope } from '../lib/recovery/azure/sql-session';
import { messageOf } from './message';
import { sqlAddress, sqlOptions } from './sql-address';

const USAGE = `usage: node --require tsx/cjs bin/sql-contents.ts --server <host> --port <number> --database <name> --file <path>

  Runs the text of a file in a database of Azure SQL, as the identity that a pod's account may act as. A job of the cluster
  runs it before services are released.

  Exit codes: 2, nobody was let in; 3, the database refused the text; 4, no token.
`;

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { ...sqlOptions, file: { type: 'string' } } });
  const { file, help } = values;
  if (help) {
    console.log(USAGE);
    return;
  }
  const address = sqlAddress(values, USAGE);
  if (file === undefined) throw new Error(`--file must be given\n${USAGE}`);
  const batch = await readFile(file, 'utf8');
  const tell = (line: string): void => {
    console.log(JSON.stringify({ at: new Date().toISOString(), database: address.database, told: line }));
  };
  await layContents(
    {
      token: async () => (await new WorkloadIdentityCredential().getToken(sqlScope)).token,
      connect: async (token) => openSqlSession(address, token, tell),
      sleep: setTimeout,
    },
    batch,
  );
  tell('its contents are as they should be');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = error instanceof NotLaid ? exitCodes[error.reason] : 1;
});
