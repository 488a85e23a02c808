import { join, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './inputs';
import { synthesizeAzure } from './synthesize-azure';

/** The command line of `npm run synth:azure`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      platform: { type: 'string', default: 'retailflow' },
      stage: { type: 'string', default: 'production' },
      output: { type: 'string', default: join(root, 'cdktf.out') },
    },
  });
  await synthesizeAzure({ ...values, outdir: absolute(values.output) });
}

process.exitCode = 1;
main().then(
  () => {
    process.exitCode = 0;
  },
  (error: unknown) => console.error(error instanceof Error ? error.message : error),
);
