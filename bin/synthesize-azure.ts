import type { Platform } from '../lib/platform/platform';
import { reviewSite } from '../lib/review/azure/review';
import { ReviewError } from '../lib/review/finding';
import { createTerraformApp } from './terraform-app';
import { refuseApplication } from '../stacks/azure/refusals';
import { loadPlatform, loadStatefulLock } from './inputs';
import { replaceOutput } from './output';
import { straysBeside } from './strays';
import { withoutTraces } from './without-traces';

/** Which stage of which platform, and where its output goes. */
export interface AzureSynthesis {
  readonly platform: string;
  readonly stage: string;
  readonly outdir: string;
  /** Whether what is written passes every gate; without, Terraform refuses to apply it. */
  readonly gated: boolean;
}

/**
 * Synthesizes the Azure site of one stage of one platform, runs every gate, and replaces the last output only if all
 * passed.
 *
 * @throws PlatformError or ReviewError that lists what was refused
 */
export async function synthesizeAzure({ gated, outdir, platform: name, stage }: AzureSynthesis): Promise<void> {
  const { platform } = loadPlatform(name, stage);
  await replaceOutput(outdir, (draft) => {
    withoutTraces(() => {
      const { app } = createTerraformApp(platform, draft);
      if (!gated) refuseApplication(app);
      app.synth();
    });
    if (gated) passSiteGates(platform, draft);
    return Promise.resolve();
  });
  if (!gated) console.error('gates are off: this output is for reading, and Terraform refuses to apply it');
}

function passSiteGates({ name, stageName }: Platform, directory: string): void {
  const lock = loadStatefulLock();
  const findings = [...reviewSite(directory, { lock, stage: `${name}-${stageName}` }), ...straysBeside(lock, name)];
  if (findings.length > 0) throw new ReviewError(`platform ${name}, stage ${stageName}`, findings);
}
