import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context } from '../../cdk.json';
import { countTokensAlike } from '../../bin/count-tokens';
import { loadPlatform } from '../../bin/inputs';
import type { Platform } from '../../lib/platform/platform';
import { readAssembly } from '../../lib/review/aws/assembly';
import type { Assembly, Stack } from '../../lib/review/aws/stack';
import { createApp, type LoadedPlatform } from '../../stacks/aws/app';
import { writtenOnce } from './once';
import { remember } from './remember';

/** A platform's stage as it is synthesized, read back from its files. */
export interface Synthesized {
  readonly platform: Platform;
  readonly assembly: Assembly;
  readonly directory: string;
  /** The stack of that name: `Network`, `Service-Order`. */
  stack(name: string): Stack;
}

/** A committed platform in one of its stages. Synthesized once a run: nobody may change its files. */
export const synthesized = remember((platform: string = 'retailflow', stage: string = 'production'): Synthesized => {
  const loaded = loadPlatform(platform, stage);
  return read(
    loaded.platform,
    writtenOnce(`${platform}-${stage}-aws`, (directory) => write(loaded, directory)),
  );
});

/** Any resolved platform, without gates, in a directory of its own. */
export function synthesize(loaded: LoadedPlatform): Synthesized {
  const directory = mkdtempSync(join(tmpdir(), 'mainstay-test-'));
  write(loaded, directory);
  return read(loaded.platform, directory);
}

function write(loaded: LoadedPlatform, outdir: string): void {
  countTokensAlike();
  const { name: platform, stageName: stage } = loaded.platform;
  createApp({ context: { ...context, platform, stage, gates: 'off' }, outdir, load: () => loaded }).app.synth();
}

function read(platform: Platform, directory: string): Synthesized {
  const assembly = readAssembly(directory);
  return {
    platform,
    assembly,
    directory,
    stack: (id) => {
      const found = assembly.stacks.find((each) => each.name === `${platform.name}-${platform.stageName}/${id}`);
      if (found === undefined)
        throw new Error(`no stack ${id} among ${assembly.stacks.map((each) => each.name).join(', ')}`);
      return found;
    },
  };
}
