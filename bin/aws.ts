import { resolve as absolute } from 'node:path';
import { createApp } from '../stacks/aws/app';
import { addRulePacks } from '../stacks/aws/gates';
import { passGates } from './gates';
import { cdkContext, loadPlatform } from './inputs';
import { draftOf, replaceOutput } from './output';

/** Synthesizes one stage of one platform, runs every gate, and replaces the last output only if all passed. */
async function main(): Promise<void> {
  const outdir = absolute(process.env['CDK_OUTDIR'] ?? 'cdk.out');
  const draft = draftOf(outdir);
  const { app, gated, platform } = createApp({ context: cdkContext(), load: loadPlatform, outdir: draft });
  if (gated && process.env['CDK_VALIDATION'] === 'false') {
    throw new Error('CDK_VALIDATION must not be false while gates are on, got false: unset it, or say -c gates=off');
  }
  if (gated) addRulePacks(app);
  app.synth();
  if (gated) await passGates(app, platform, draft);
  else console.error('gates are off: this output is for reading, not for deploying');
  replaceOutput(outdir, draft);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
