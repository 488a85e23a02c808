import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context } from '../../cdk.json';
import { loadPlatform } from '../../bin/inputs';
import type { Platform } from '../../lib/platform/platform';
import { readAssembly } from '../../lib/review/aws/assembly';
import type { Assembly, Stack } from '../../lib/review/aws/stack';
import { createApp, type LoadedPlatform } from '../../stacks/aws/app';

/** A platform's stage as it is synthesized, read back from its files. */
export interface Synthesized {
  readonly platform: Platform;
  readonly assembly: Assembly;
  readonly directory: string;
  /** The stack of that name: `Network`, `Service-Order`. */
  stack(name: string): Stack;
}

const cache = new Map<string, Synthesized>();

/** A committed platform in one of its stages. Synthesized once a test file. */
export function synthesized(platform = 'retailflow', stage = 'production'): Synthesized {
  const key = `${platform}-${stage}`;
  const done = cache.get(key) ?? synthesize(loadPlatform(platform, stage));
  cache.set(key, done);
  return done;
}

/** Any resolved platform, without gates. */
export function synthesize(loaded: LoadedPlatform): Synthesized {
  const { name, stageName } = loaded.platform;
  const directory = mkdtempSync(join(tmpdir(), 'mainstay-test-'));
  const { app, platform } = createApp({
    context: { ...context, platform: name, stage: stageName, gates: 'off' },
    outdir: directory,
    load: () => loaded,
  });
  app.synth();
  const assembly = readAssembly(directory);
  return {
    platform,
    assembly,
    directory,
    stack: (id) => {
      const found = assembly.stacks.find((each) => each.name === `${name}-${stageName}/${id}`);
      if (found === undefined)
        throw new Error(`no stack ${id} among ${assembly.stacks.map((each) => each.name).join(', ')}`);
      return found;
    },
  };
}
