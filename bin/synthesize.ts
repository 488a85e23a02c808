import { createApp } from '../stacks/aws/app';
import { addRulePacks, addValidator, refuseDeployment } from '../stacks/aws/gates';
import { countTokensAlike } from './count-tokens';
import { passGates } from './gates';
import { loadPlatform } from './inputs';
import { replaceOutput } from './output';
import { removeTraces } from './traces';

/** Where an output goes, and the context that chooses platform and stage. */
export interface Synthesis {
  readonly outdir: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * Synthesizes one stage of one platform, runs every gate, and replaces the last output only if all passed.
 *
 * @throws PlatformError or ReviewError that lists what was refused
 */
export async function synthesize({ context, outdir }: Synthesis): Promise<void> {
  await replaceOutput(outdir, async (draft) => {
    countTokensAlike();
    const { app, gated, platform } = createApp({ context, load: loadPlatform, outdir: draft });
    if (!gated) {
      refuseDeployment(app);
      app.synth();
      console.error('gates are off: this output is for reading, and CloudFormation refuses to deploy it');
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
