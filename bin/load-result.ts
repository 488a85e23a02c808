import { WorkloadIdentityCredential } from '@azure/identity';
import { BlockBlobClient } from '@azure/storage-blob';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { keepResult } from '../lib/recovery/azure/load-result';
import { messageOf } from './message';

const USAGE = `usage: node --require tsx/cjs bin/load-result.ts --file <path> --container <url>

  Keeps what a program of k6 found, as the identity that a pod's account may act as. The cluster runs it after each.

  Exit codes: 3, it is kept and limits were missed; 1, it is not kept.
`;

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { container: { type: 'string' }, file: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const { container, file, help } = values;
  if (help) {
    console.log(USAGE);
    return;
  }
  if (file === undefined || container === undefined) {
    throw new Error(`--file and --container must be given\n${USAGE}`);
  }
  const credential = new WorkloadIdentityCredential();
  const kept = await keepResult({
    read: async () => readFile(file, 'utf8'),
    put: async (path, text) =>
      new BlockBlobClient(`${container}/${path}`, credential).upload(text, Buffer.byteLength(text), {
        blobHTTPHeaders: { blobContentType: 'application/json' },
      }),
  });
  console.log(JSON.stringify({ at: new Date().toISOString(), ...kept }));
  if (kept.missed.length > 0) process.exitCode = 3;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
