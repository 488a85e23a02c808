import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlatform } from '../../bin/inputs';
import type { Platform } from '../../lib/platform/platform';
import { readSite } from '../../lib/review/azure/read-site';
import type { Site } from '../../lib/review/azure/stack';
import { createAzureApp } from '../../stacks/azure/app';
import { remember } from './remember';

/** A platform's site on Azure as it is synthesized, read back from its files. */
export interface SynthesizedSite {
  readonly platform: Platform;
  readonly site: Site;
  readonly directory: string;
}

/** Any resolved platform's site on Azure, without gates. */
export function synthesizeSite(platform: Platform): SynthesizedSite {
  const directory = mkdtempSync(join(tmpdir(), 'mainstay-azure-'));
  createAzureApp(platform, directory).app.synth();
  return { platform, site: readSite(directory), directory };
}

/** The site of a committed platform in one of its stages. Synthesized once a run. */
export const synthesizedSite = remember((platform: string, stage: string) =>
  synthesizeSite(loadPlatform(platform, stage).platform),
);
