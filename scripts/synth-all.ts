import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdkContext, platformNames, stagesOn } from '../bin/inputs';
import { synthesize } from '../bin/synthesize';
import { readAssembly } from '../lib/review/aws/assembly';

/** What the command line of the CDK adds to the context of an app, so that templates are those that it makes. */
const COMMAND_LINE_CONTEXT = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

/**
 * Synthesizes every stage of every platform that stands on AWS with every gate, in one process, because starting the
 * validator is most of what it costs. Prints a line for each, and after it what its gates refuse.
 */
async function main(): Promise<void> {
  const targets = platformNames().flatMap((platform) => stagesOn(platform, 'aws').map((stage) => ({ platform, stage })));
  if (targets.length === 0) throw new Error('platforms/ must hold a platform with a stage on aws, got none');
  const outcomes: boolean[] = [];
  for (const { platform, stage } of targets) outcomes.push(await passes(platform, stage));
  if (outcomes.every((passed) => passed)) process.exitCode = 0;
}

/** Synthesizes one stage and prints how it went; returns whether it passed. */
async function passes(platform: string, stage: string): Promise<boolean> {
  const outdir = mkdtempSync(join(tmpdir(), 'mainstay-synth-'));
  const start = performance.now();
  const print = (result: string): void =>
    console.log(`${platform} ${stage}: ${result}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
  try {
    const context = { ...cdkContext(), ...COMMAND_LINE_CONTEXT, platform, stage, gates: 'on' };
    await synthesize({ outdir, context });
    const { stacks } = readAssembly(outdir);
    const resources = stacks.reduce((sum, each) => sum + each.resources.length, 0);
    print(`${stacks.length} stacks, ${resources} resources, 0 findings`);
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
