import { createRequire } from 'node:module';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context } from '../../cdk.json';
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

/** Where the CDK counts tokens. */
const { TokenMap } = createRequire(require.resolve('aws-cdk-lib'))('./core/lib/private/token-map.js') as {
  readonly TokenMap: { instance: () => { tokenCounter: number } };
};

/** From here to ten times as many, all numbers are as long; the tests of a process make a million or two. */
const leastToken = 1_000_000;

/**
 * The CDK orders the outputs of a stack by the numbers of tokens, as texts: the order changes where one gets a digit more. A synth of
 * the command line counts from nothing and always alike; a process of tests goes on counting, so it begins beyond the last such place.
 */
function countBeyond(): void {
  const tokens = TokenMap.instance();
  tokens.tokenCounter = Math.max(tokens.tokenCounter, leastToken);
}

function write(loaded: LoadedPlatform, outdir: string): void {
  countBeyond();
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
