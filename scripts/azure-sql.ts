import { parseArgs } from 'node:util';
import { loadPlatform } from '../bin/inputs';
import { messageOf } from '../bin/message';
import { sqlServerScript } from '../lib/platform/sql/sql-server';
import { targetOptions } from '../bin/target-options';

const USAGE = `usage: npm run --silent sql:azure -- [--platform NAME] [--stage NAME] DATABASE

Prints the SQL of an Azure SQL database: users, schemas and rights. Run it in that database as a member of the group of
administrators, from inside the network, once the stage has told its identities:

  npm run --silent sql:azure -- analytics-backup > users.sql
  sqlcmd -S <server>.database.windows.net -d <database> -G -b -i users.sql

  --platform NAME   default: retailflow
  --stage NAME      default: production
`;

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      ...targetOptions,
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const [database, ...rest] = positionals;
  if (database === undefined || rest.length > 0) {
    throw new Error(`must be told one database, got ${positionals.length}\n\n${USAGE}`);
  }
  const { outputs, platform } = loadPlatform(values.platform, values.stage);
  process.stdout.write(sqlServerScript(platform, database, outputs));
}

try {
  main();
} catch (error) {
  process.stderr.write(`azure-sql: ${String(messageOf(error))}\n`);
  process.exitCode = 1;
}
