import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdkContext, platformNames, stagesOn } from '../bin/inputs';
import { synthesize } from '../bin/synthesize';
import { synthesizeAzure } from '../bin/synthesize-azure';
import { readAssembly } from '../lib/review/aws/assembly';
import { readSite } from '../lib/review/azure/read-site';

/** What the command line of the CDK adds to the context of an app, so that templates are those that it makes. */
const COMMAND_LINE_CONTEXT = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

/**
 * Synthesizes every stage of every platform, in each cloud that it stands on, with every gate, in one process, because starting the
 * validator is most of what it costs. Prints a line for each, and after it what its gates refuse.
 */
async function main(): Promise<void> {
  const targets = platformNames().flatMap((platform) =>
    clouds.flatMap((cloud) => stagesOn(platform, cloud).map((stage) => ({ platform, stage, cloud }))),
  );
  if (targets.length === 0) throw new Error('platforms/ must hold a platform with a stage on a cloud, got none');
  const outcomes: boolean[] = [];
  for (const target of targets) outcomes.push(await passes(target));
  if (outcomes.every((passed) => passed)) process.exitCode = 0;
}

const clouds = ['aws', 'azure'] as const;

/** A stage of a platform in one cloud. */
interface Target {
  readonly platform: string;
  readonly stage: string;
  readonly cloud: (typeof clouds)[number];
}

/** Synthesizes a target with every gate; returns how many resources its stacks hold, one number each. */
const synthesizeOn: Readonly<Record<Target['cloud'], (target: Target, outdir: string) => Promise<readonly number[]>>> =
  {
    aws: async ({ platform, stage }, outdir) => {
      const context = { ...cdkContext(), ...COMMAND_LINE_CONTEXT, platform, stage, gates: 'on' };
      await synthesize({ outdir, context });
      return readAssembly(outdir).stacks.map(({ resources }) => resources.length);
    },
    azure: async ({ platform, stage }, outdir) => {
      await synthesizeAzure({ platform, stage, outdir, gated: true });
      return readSite(outdir).stacks.map(({ resources }) => resources.length);
    },
  };

/** Synthesizes one stage and prints how it went; returns whether it passed. */
async function passes(target: Target): Promise<boolean> {
  const outdir = mkdtempSync(join(tmpdir(), 'mainstay-synth-'));
  const start = performance.now();
  const print = (result: string): void =>
    console.log(
      `${target.platform} ${target.stage} on ${target.cloud}: ${result}, ${((performance.now() - start) / 1000).toFixed(1)} s`,
    );
  try {
    const stacks = await synthesizeOn[target.cloud](target, outdir);
    print(`${stacks.length} stacks, ${stacks.reduce((sum, each) => sum + each, 0)} resources, 0 findings`);
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
