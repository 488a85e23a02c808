import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformNames } from '../bin/inputs';
import { formatCounts, partNamed, parts, type PartName, type Target } from '../bin/parts';

/**
 * Synthesizes every stage of every platform, each part of it, with every gate, in one process, because starting the
 * validator is most of what it costs. Prints a line for each, and after it what its gates refuse.
 */
async function main(): Promise<void> {
  const targets = platformNames().flatMap((platform) =>
    parts.flatMap(({ name, stages }) => stages(platform).map((stage) => ({ platform, stage, part: name }))),
  );
  if (targets.length === 0) throw new Error('platforms/ must hold a platform with a stage on a cloud, got none');
  const outcomes: boolean[] = [];
  for (const target of targets) outcomes.push(await passes(target));
  if (outcomes.every((passed) => passed)) process.exitCode = 0;
}

/** Synthesizes one stage and prints how it went; returns whether it passed. */
async function passes({ part: name, platform, stage }: Target & { readonly part: PartName }): Promise<boolean> {
  const outdir = mkdtempSync(join(tmpdir(), 'mainstay-synth-'));
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
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** How many findings or problems a refusal lists in its heading. */
const countIn = (refusal: string): string => /: (\d+ (?:finding|problem)s?)$/m.exec(refusal)?.[1] ?? 'failed';

// Only the end of the last stage makes it a success.
process.exitCode = 1;
void main();
