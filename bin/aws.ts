import { resolve as absolute } from 'node:path';
import { createApp } from '../stacks/aws/app';
import { addRulePacks, addValidator } from '../stacks/aws/gates';
import { passGates } from './gates';
import { cdkContext, loadPlatform } from './inputs';
import { replaceOutput } from './output';
import { removeTraces } from './traces';

/** Variables that name files in the output in which the CDK notes errors and times, where the last output must stand. */
const NOTES = ['CDK_ERROR_FILE', 'CDK_PERF_COUNTERS_FILE'];

/** Synthesizes one stage of one platform, runs every gate, and replaces the last output only if all passed. */
async function main(): Promise<void> {
  const outdir = absolute(process.env['CDK_OUTDIR'] || 'cdk.out');
  for (const name of NOTES) delete process.env[name];
  await replaceOutput(outdir, async (draft) => {
    const { app, gated, platform } = createApp({ context: cdkContext(), load: loadPlatform, outdir: draft });
    if (!gated) {
      app.synth();
      console.error('gates are off: this output is for reading, not for deploying');
    } else {
      if (process.env['CDK_VALIDATION'] === 'false') {
        throw new Error(
          'CDK_VALIDATION must not be false while gates are on, got false: unset it, or say -c gates=off',
        );
      }
      addValidator(app);
      addRulePacks(app);
      app.synth();
      await passGates(app, platform, draft);
    }
    removeTraces(draft);
  });
}

/** What a person is told. Only a mistake of the program itself is told with the place where it happened. */
function messageOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return [TypeError, RangeError, ReferenceError].some((mistake) => error instanceof mistake)
    ? error.stack
    : error.message;
}

const unfinished = (): void => console.error('ended before every gate had passed: the last output stands');

// Only the end of the last step makes it a success, so that a process which runs out of work has failed.
process.exitCode = 1;
process.once('beforeExit', unfinished);
main()
  .then(
    () => {
      process.exitCode = 0;
    },
    (error: unknown) => console.error(messageOf(error)),
  )
  .finally(() => process.off('beforeExit', unfinished));
