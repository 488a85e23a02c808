import { resolve as absolute } from 'node:path';
import { cdkContext } from './inputs';
import { messageOf } from './message';
import { synthesize } from './synthesize';

/** Variables that name files in the output in which the CDK notes errors and times, where the last output must stand. */
const NOTES = ['CDK_ERROR_FILE', 'CDK_PERF_COUNTERS_FILE'];

/** The app of cdk.json: the stage and the place that the command line names, by default the ones of cdk.json. */
async function main(): Promise<void> {
  for (const name of NOTES) delete process.env[name];
  await synthesize({ outdir: absolute(process.env['CDK_OUTDIR'] || 'cdk.out'), context: cdkContext() });
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
