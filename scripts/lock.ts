import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  allocationsFile,
  cdkContext,
  loadAllocations,
  loadDefinition,
  loadPlatform,
  loadStatefulLock,
  platformNames,
  statefulLockFile,
} from '../bin/inputs';
import { allocate, allocationsOf } from '../lib/platform/allocation';
import { allocationRequests, resolveUnallocated } from '../lib/platform/resolve';
import { readAssembly } from '../lib/review/aws/assembly';
import { mergeLock } from '../lib/review/aws/merge-lock';
import { formatLock, type StatefulLock } from '../lib/review/aws/stateful-lock';
import { ReviewError } from '../lib/review/finding';
import { createApp } from '../stacks/aws/app';

/**
 * Brings both locks up to date: appends addresses and priorities that platforms need and have not been given, and adds
 * what newly holds data. Nothing given is taken back; what held data and is gone stays locked unless `--accept-loss
 * <stack>/<logical id>` names it.
 */
function main(): void {
  const { values } = parseArgs({ options: { 'accept-loss': { type: 'string', multiple: true, default: [] } } });
  for (const name of platformNames()) appendAllocations(name);

  let lock: StatefulLock = loadStatefulLock();
  const accepted = values['accept-loss'];
  const merges = platformNames().flatMap((name) =>
    awsStages(name).map((stage) => {
      const own = accepted.filter((entry) => entry.startsWith(`${name}-${stage}/`));
      const merged = withAssembly(name, stage, (directory) => mergeLock(lock, readAssembly(directory), own));
      lock = merged.lock;
      return merged;
    }),
  );
  const refused = merges.flatMap((merge) => merge.refused);
  if (refused.length > 0) throw new ReviewError('lock', refused);
  writeFileSync(statefulLockFile, formatLock(lock));
}

function appendAllocations(name: string): void {
  const definition = loadDefinition(name);
  const lock = loadAllocations(name);
  const stages = Object.keys(definition.stages).map((stage) => [
    stage,
    allocate(allocationsOf(lock, stage), allocationRequests(resolveUnallocated(definition, stage))),
  ]);
  const file = allocationsFile(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...lock, ...Object.fromEntries(stages) }, undefined, 2)}\n`);
}

const awsStages = (name: string): readonly string[] =>
  Object.entries(loadDefinition(name).stages)
    .filter(([, { sites }]) => Object.values(sites).some((site) => site?.cloud === 'aws'))
    .map(([stage]) => stage);

function withAssembly<T>(platform: string, stage: string, use: (directory: string) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), 'mainstay-lock-'));
  try {
    const context = { ...cdkContext(), platform, stage, gates: 'off' };
    createApp({ context, load: loadPlatform, outdir }).app.synth();
    return use(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
