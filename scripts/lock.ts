import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import {
  allocationsFile,
  stagesOn,
  cdkContext,
  loadAllocations,
  loadDefinition,
  loadPlatform,
  loadStatefulLock,
  platformNames,
  root,
  statefulLockFile,
} from '../bin/inputs';
import { lockedStages } from '../bin/strays';
import { allocate, allocationsOf, type Allocations, type StageAllocations } from '../lib/platform/allocation';
import { allocationRequests, resolveUnallocated } from '../lib/platform/resolve';
import { readAssembly } from '../lib/review/aws/assembly';
import { heldIn } from '../lib/review/aws/held';
import { heldIn as heldInSite, siteKey } from '../lib/review/azure/held';
import { readSite } from '../lib/review/azure/read-site';
import { mergeLock } from '../lib/review/merge-lock';
import { entryName, formatLock, straysOf, type Held, type StatefulLock } from '../lib/review/stateful-lock';
import { findingAt, ReviewError, type Finding } from '../lib/review/finding';
import { createApp } from '../stacks/aws/app';
import { createTerraformApp } from '../bin/terraform-app';

/**
 * Brings both locks up to date: appends addresses and priorities that platforms need and have not been given, and adds
 * what newly holds data. Nothing given is taken back; what held data and is gone stays locked unless `--accept-loss
 * <stack>/<logical id>` names it, or `--accept-loss <platform>-<stage>` a stage that no platform declares any more.
 */
function main(): void {
  const { values } = parseArgs({ options: { 'accept-loss': { type: 'string', multiple: true, default: [] } } });
  for (const name of platformNames()) appendAllocations(name);

  const before = loadStatefulLock();
  const { lock, refused } = updated(before, values['accept-loss']);
  if (refused.length > 0) throw new ReviewError('lock', refused);
  writeFileSync(statefulLockFile, formatLock(lock));
  report(statefulLockFile, namesIn(before), namesIn(lock));
}

/** Appends what every stage of a platform needs and has not been given. */
function appendAllocations(name: string): void {
  const definition = loadDefinition(name);
  const before = loadAllocations(name);
  const after: Record<string, StageAllocations> = { ...before };
  for (const stage of Object.keys(definition.stages)) {
    const requests = allocationRequests(resolveUnallocated(definition, stage));
    after[stage] = allocate(allocationsOf(before, stage), requests);
  }
  const file = allocationsFile(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(after, undefined, 2)}\n`);
  report(file, keysIn(before), keysIn(after));
}

/** The lock of what holds data with everything that the platforms' stages hold now, and what it refuses to give up. */
function updated(before: StatefulLock, accepted: readonly string[]): { lock: StatefulLock; refused: Finding[] } {
  const targets = platformNames().flatMap(targetsOf);
  const declared = platformNames().flatMap(lockedStages);
  const strays = straysOf(before, (stage) => declared.includes(stage));
  const gone = strays.map(({ path }) => path).filter((stage) => accepted.includes(stage));

  let lock: StatefulLock = Object.fromEntries(Object.entries(before).filter(([stage]) => !gone.includes(stage)));
  const refused = strays.filter(({ path }) => !gone.includes(path));
  const answered = new Set(gone);
  for (const target of targets) {
    const held = synthesized(target);
    const losses = accepted.filter((loss) => !answered.has(loss) && isOf(loss, target, [held.entries, lock]));
    const merged = mergeLock(lock, held, losses);
    lock = merged.lock;
    refused.push(...merged.refused);
    for (const loss of losses) answered.add(loss);
  }
  const unknown = accepted
    .filter((loss) => !answered.has(loss))
    .map((loss) =>
      findingAt(loss, 'stateful-lock', 'is accepted as a loss, but no such stage is locked: correct the name'),
    );
  return { lock, refused: [...refused, ...unknown] };
}

/** A stage of a platform in one cloud. */
interface Target {
  readonly name: string;
  readonly stage: string;
  readonly cloud: 'aws' | 'azure';
}

const targetsOf = (name: string): readonly Target[] =>
  (['aws', 'azure'] as const).flatMap((cloud) => stagesOn(name, cloud).map((stage) => ({ name, stage, cloud })));

/** What a target holds. */
function synthesized({ cloud, name, stage }: Target): Held {
  const outdir = mkdtempSync(join(tmpdir(), 'mainstay-lock-'));
  try {
    if (cloud === 'azure') {
      createTerraformApp(loadPlatform(name, stage).platform, outdir).app.synth();
      return heldInSite(readSite(outdir), `${name}-${stage}`);
    }
    const context = { ...cdkContext(), platform: name, stage, gates: 'off' };
    createApp({ context, load: loadPlatform, outdir }).app.synth();
    return heldIn(readAssembly(outdir));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Whether a loss is of a target: a stack on AWS begins with its stage, one on Azure is known by what it holds or held. */
function isOf(
  loss: string,
  { cloud, name, stage }: Target,
  [held, lock]: readonly [Held['entries'], StatefulLock],
): boolean {
  if (cloud === 'aws') return loss.startsWith(`${name}-${stage}/`);
  const entries = [...held.flatMap(([, present]) => present), ...(lock[siteKey(`${name}-${stage}`)] ?? [])];
  return entries.some(({ stack }) => loss.startsWith(`${stack}/`));
}

const namesIn = (lock: StatefulLock): readonly string[] => Object.values(lock).flat().map(entryName);

const keysIn = (lock: Allocations): readonly string[] =>
  Object.entries(lock).flatMap(([stage, { addresses, listenerPriorities }]) =>
    [...Object.keys(addresses), ...Object.keys(listenerPriorities)].map((key) => `${stage} ${key}`),
  );

function report(file: string, before: readonly string[], after: readonly string[]): void {
  const [had, has] = [new Set(before), new Set(after)];
  const added = after.filter((key) => !had.has(key)).length;
  const removed = before.filter((key) => !has.has(key)).length;
  console.log(`${relative(root, file)}: ${added} added, ${removed} given up, ${has.size} in all`);
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
