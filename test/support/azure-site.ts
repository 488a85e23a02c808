import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlatform } from '../../bin/inputs';
import { withoutTraces } from '../../bin/without-traces';
import type { Platform } from '../../lib/platform/platform';
import { readSite } from '../../lib/review/azure/read-site';
import type { Site } from '../../lib/review/azure/stack';
import { createTerraformApp } from '../../bin/terraform-app';
import { writtenOnce } from './once';
import { remember } from './remember';

/** A platform's site on Azure as it is synthesized, read back from its files. */
export interface SynthesizedSite {
  readonly platform: Platform;
  readonly site: Site;
  readonly directory: string;
}

/** The site of a committed platform in one of its stages. Synthesized once a run: nobody may change its files. */
export const synthesizedSite = remember((name: string, stage: string): SynthesizedSite => {
  const { platform } = loadPlatform(name, stage);
  return read(
    platform,
    writtenOnce(`${name}-${stage}-azure`, (directory) => write(platform, directory)),
  );
});

/** Any resolved platform's site on Azure, without gates, in a directory of its own. */
export function synthesizeSite(platform: Platform): SynthesizedSite {
  const directory = mkdtempSync(join(tmpdir(), 'mainstay-azure-'));
  write(platform, directory);
  return read(platform, directory);
}

const write = (platform: Platform, directory: string): void =>
  withoutTraces(() => createTerraformApp(platform, directory).app.synth());

const read = (platform: Platform, directory: string): SynthesizedSite => ({
  platform,
  site: readSite(directory),
  directory,
});
