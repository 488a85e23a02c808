import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { platformNames } from '../bin/inputs';
import { formatCounts, partNamed, parts, type PartName, type Target } from '../bin/parts';

/**
 * Synthesizes every stage of every platform, each part of it, with every gate, in one process, because starting the
 * validator is most of what it costs. Prints a line for each, and after it what its gates refuse. Keeps nothing, unless
 * `--output DIR` says where: in `<platform>-<stage>-<part>`. `--stage NAME` takes the stages of that name alone.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { output: { type: 'string' }, stage: { type: 'string' } } });
  const scratch = mkdtempSync(join(tmpdir(), 'mainstay-synth-'));
  const output = values.output === undefined ? scratch : absolute(values.output);
  const targets = platformNames().flatMap((platform) =>
    parts.flatMap(({ name, stages }) =>
      stages(platform)
        .filter((stage) => stage === (values.stage ?? stage))
        .map((stage) => ({ platform, stage, part: name })),
    ),
  );
  if (targets.length === 0) {
    throw new Error(`platforms/ must hold a platform with ${values.stage ?? 'a stage'} on a cloud, got none`);
  }
  const outcomes: boolean[] = [];
  try {
    for (const target of targets) {
      const outdir = join(output, `${target.platform}-${target.stage}-${target.part}`);
      outcomes.push(await passes(target, outdir));
      if (output === scratch) rmSync(outdir, { recursive: true, force: true });
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  if (outcomes.every((passed) => passed)) process.exitCode = 0;
}

/** Synthesizes one stage and prints how it went; returns whether it passed. */
async function passes(
  { part: name, platform, stage }: Target & { readonly part: PartName },
  outdir: string,
): Promise<boolean> {
  const start = performance.now();
  const print = (result: string): void =>
    console.log(`${platform} ${stage} on ${name}: ${result}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
  try {
    const part = partNamed(name);
    await part.write({ platform, stage }, outdir);
    print(`${formatCounts(part, part.count(outdir))}, 0 findings`);
    return true;
  } catch (error) {
    const refusal = error instanceof Error ? error.message : String(error);
    print(countIn(refusal));
    console.error(refusal);
    return false;
  }
}

/** How many findings or problems a refusal lists in its heading. */
const countIn = (refusal: string): string => /: (\d+ (?:finding|problem)s?)$/m.exec(refusal)?.[1] ?? 'failed';

// Only the end of the last stage makes it a success.
process.exitCode = 1;
void main();
