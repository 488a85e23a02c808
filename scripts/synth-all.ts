import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsStages, platformNames, root } from '../bin/inputs';
import { readAssembly } from '../lib/review/aws/assembly';

/** What the command line of the CDK adds to the context of an app, so that templates are those that it makes. */
const COMMAND_LINE_CONTEXT = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

/** How the synthesis of one stage ended. */
interface Ending {
  readonly line: string;
  /** What the gates said, if they refused. */
  readonly refusal?: string;
}

/**
 * Synthesizes every stage of every platform that stands on AWS with every gate, one after the other, because one keeps
 * two cores busy. Prints a line for each, and after it what its gates refuse.
 */
function main(): number {
  const targets = platformNames().flatMap((platform) => awsStages(platform).map((stage) => ({ platform, stage })));
  if (targets.length === 0) throw new Error('platforms/ must hold a platform with a stage on aws, got none');
  const refusals = targets.map(({ platform, stage }) => {
    const { line, refusal } = synthesize(platform, stage);
    console.log(`${platform} ${stage}: ${line}`);
    if (refusal !== undefined) console.error(refusal);
    return refusal;
  });
  return refusals.every((refusal) => refusal === undefined) ? 0 : 1;
}

function synthesize(platform: string, stage: string): Ending {
  const outdir = mkdtempSync(join(tmpdir(), 'mainstay-synth-'));
  const start = performance.now();
  try {
    const { status, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', 'bin/aws.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        CDK_OUTDIR: outdir,
        CDK_CONTEXT_JSON: JSON.stringify({ ...COMMAND_LINE_CONTEXT, platform, stage, gates: 'on' }),
      },
    });
    const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    if (status !== 0) return { line: `${countIn(stderr)}, ${seconds}`, refusal: stderr };
    const { stacks } = readAssembly(outdir);
    const resources = stacks.reduce((sum, each) => sum + each.resources.length, 0);
    return { line: `${stacks.length} stacks, ${resources} resources, 0 findings, ${seconds}` };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** How many findings or problems a refusal lists in its heading. */
const countIn = (refusal: string): string => /: (\d+ (?:finding|problem)s?)$/m.exec(refusal)?.[1] ?? 'failed';

process.exitCode = main();
