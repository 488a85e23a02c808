import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { platformNames } from '../bin/inputs';
import { formatCounts, parts, type Target } from '../bin/parts';
import { reviewStage } from '../bin/review-recovery';

/**
 * Synthesizes every stage of every platform, each part of it, with every gate, and proves its recovery site, in one process, because starting the
 * validator is most of what it costs. Prints a line for each, and after it what its gates refuse. Keeps nothing, unless
 * `--output DIR` says where: in `<platform>-<stage>-<part>`. `--stage NAME` takes the stages of that name alone.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { output: { type: 'string' }, stage: { type: 'string' } } });
  const scratch = mkdtempSync(join(tmpdir(), 'mainstay-synth-'));
  const output = values.output === undefined ? scratch : absolute(values.output);
  const targets = platformNames().flatMap((platform) =>
    [...new Set(parts.flatMap(({ stages }) => stages(platform)))]
      .filter((stage) => stage === (values.stage ?? stage))
      .map((stage): Target => ({ platform, stage })),
  );
  if (targets.length === 0) {
    throw new Error(`platforms/ must hold a platform with ${values.stage ?? 'a stage'} on a cloud, got none`);
  }
  const outcomes: boolean[] = [];
  try {
    for (const { platform, stage } of targets) {
      const directoryOf = (part: string): string => join(output, `${platform}-${stage}-${part}`);
      const passed: boolean[] = [];
      for (const part of parts.filter(({ stages }) => stages(platform).includes(stage))) {
        passed.push(await passes({ platform, stage }, part, directoryOf(part.name)));
      }
      if (passed.every((each) => each)) passed.push(isProved({ platform, stage }, directoryOf));
      outcomes.push(...passed);
      if (output === scratch) rmSync(scratch, { recursive: true, force: true });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  if (outcomes.every((passed) => passed)) process.exitCode = 0;
}

type Part = (typeof parts)[number];

/** Synthesizes one part of a stage and prints how it went; returns whether it passed. */
async function passes({ platform, stage }: Target, part: Part, outdir: string): Promise<boolean> {
  const start = performance.now();
  const print = (result: string): void =>
    console.log(
      `${platform} ${stage} on ${part.name}: ${result}, ${((performance.now() - start) / 1000).toFixed(1)} s`,
    );
  try {
    await part.write({ platform, stage }, outdir);
    print(`${formatCounts(part, part.count(outdir))}, 0 findings`);
    return true;
  } catch (error) {
    return refused(error, print);
  }
}

/** Proves the recovery site of a stage from what was written, and prints what was proved; a stage without one is proved. */
function isProved(target: Target, directoryOf: (part: string) => string): boolean {
  const print = (result: string): void => console.log(`${target.platform} ${target.stage} recovery: ${result}`);
  try {
    const [aws, azure, kubernetes] = [directoryOf('aws'), directoryOf('azure'), directoryOf('kubernetes')];
    reviewStage(target, { aws, azure, kubernetes }, directoryOf('review')).forEach(print);
    return true;
  } catch (error) {
    return refused(error, print);
  }
}

function refused(error: unknown, print: (result: string) => void): false {
  const refusal = error instanceof Error ? error.message : String(error);
  print(countIn(refusal));
  console.error(refusal);
  return false;
}

/** How many findings or problems a refusal lists in its heading. */
const countIn = (refusal: string): string => /: (\d+ (?:finding|problem)s?)$/m.exec(refusal)?.[1] ?? 'failed';

// Only the end of the last stage makes it a success.
process.exitCode = 1;
void main();
