import { createAzureApp } from '../stacks/azure/app';
import { loadPlatform } from './inputs';
import { replaceOutput } from './output';

/** Which stage of which platform, and where its output goes. */
export interface AzureSynthesis {
  readonly platform: string;
  readonly stage: string;
  readonly outdir: string;
}

/**
 * Synthesizes the Azure site of one stage of one platform, runs every gate, and replaces the last output only if all
 * passed.
 *
 * @throws PlatformError or ReviewError that lists what was refused
 */
export async function synthesizeAzure({ outdir, platform: name, stage }: AzureSynthesis): Promise<void> {
  await replaceOutput(outdir, (draft) => {
    const { platform } = loadPlatform(name, stage);
    createAzureApp(platform, draft).app.synth();
    return Promise.resolve();
  });
}
