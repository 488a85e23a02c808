import { DefaultAzureCredential } from '@azure/identity';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { movePoolWeights } from '../lib/recovery/azure/pool-weights';
import { messageOf } from './message';

const USAGE = `usage: node --require tsx/cjs bin/release-weights.ts --pool <id> --percent <0 to 100>

  Gives a share of a service's requests to its new version, in the pool of API Management that has the id. A release runs it
  as a job of the cluster; people may, too, while they have the right.
`;

/** For what a token of Azure's own interface is asked. */
const scope = 'https://management.azure.com/.default';

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { pool: { type: 'string' }, percent: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const { help, percent, pool } = values;
  if (help) {
    console.log(USAGE);
    return;
  }
  if (pool === undefined || percent === undefined) throw new Error(`--pool and --percent must be given\n${USAGE}`);
  const credential = new DefaultAzureCredential();
  await movePoolWeights(
    { fetch, token: async () => (await credential.getToken(scope)).token, sleep: setTimeout },
    pool,
    Number(percent),
  );
  console.log(JSON.stringify({ at: new Date().toISOString(), pool, percent: Number(percent) }));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
