import { createRequire } from 'node:module';
import { join, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './inputs';
import { messageOf } from './message';
import type * as synthesis from './synthesize-kubernetes';
import { targetOptions } from './target-options';

/** Loads the program only once it is known what is asked: what a user mistypes is told at once. */
const load = createRequire(__filename);

const GATES = ['on', 'off'];

/** The command line of `npm run synth:kubernetes`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      ...targetOptions,
      output: { type: 'string', default: join(root, 'k8s.out') },
      gates: { type: 'string', default: 'on' },
    },
  });
  const { gates, output, platform, stage } = values;
  if (!GATES.includes(gates)) {
    throw new Error(`--gates must be one of ${GATES.join(', ')}, got ${gates}: leave it out to run every gate`);
  }
  const { synthesizeKubernetes } = load('./synthesize-kubernetes') as typeof synthesis;
  await synthesizeKubernetes({ platform, stage, outdir: absolute(output), gated: gates === 'on' });
}

// Only the end of the last step makes it a success, so that a process which runs out of work has failed.
process.exitCode = 1;
main().then(
  () => {
    process.exitCode = 0;
  },
  (error: unknown) => console.error(messageOf(error)),
);
