import { z } from 'zod';
import { findingAt } from './finding';
import type { Finding } from './finding';

const RULE = 'stateful-lock';

const entry = z.strictObject({ stack: z.string(), logicalId: z.string(), type: z.string(), path: z.string() });
const file = z.record(z.string(), z.array(entry));

/** A resource that holds data. On Azure its logical id is its address in Terraform. */
export type LockEntry = Readonly<z.output<typeof entry>>;

/** What holds data, by stage: `<platform>-<stage>` on AWS, `<platform>-<stage>/azure` on Azure. */
export type StatefulLock = Readonly<Record<string, readonly LockEntry[]>>;

/** What was synthesized, as far as a lock is concerned. */
export interface Held {
  /** What holds data in each stage that was synthesized, sorted. */
  readonly entries: readonly (readonly [stage: string, entries: readonly LockEntry[]])[];
  /** What a resource of a type holds, as the rest of a sentence that begins "this loses …". */
  readonly loses: (type: string) => string;
}

/** Name of an entry on the command line: `<stack>/<logical id>`. */
export function entryName({ stack, logicalId }: Pick<LockEntry, 'stack' | 'logicalId'>): string {
  return `${stack}/${logicalId}`;
}

/** Order of a lock's entries. */
export function byName(a: LockEntry, b: LockEntry): number {
  return entryName(a) < entryName(b) ? -1 : 1;
}

/**
 * Reads a lock file's text.
 *
 * @throws Error that says where the text is not a lock file
 */
export function parseLock(text: string): StatefulLock {
  return file.parse(JSON.parse(text));
}

/** A lock file's text: sorted JSON with a line for each resource, so that a difference reads well. */
export function formatLock(lock: StatefulLock): string {
  const stages = Object.keys(lock)
    .sort()
    .map((stage) => {
      const lines = [...(lock[stage] ?? [])].sort(byName).map(({ stack, logicalId, type, path }) => {
        const fields = Object.entries({ stack, logicalId, type, path });
        return `    { ${fields.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')} }`;
      });
      return lines.length === 0
        ? `  ${JSON.stringify(stage)}: []`
        : `  ${JSON.stringify(stage)}: [\n${lines.join(',\n')}\n  ]`;
    });
  return stages.length === 0 ? '{}\n' : `{\n${stages.join(',\n')}\n}\n`;
}

/** Compares stages with the lock. Stages that were not synthesized are left alone. */
export function compareLock(lock: StatefulLock, held: Held): readonly Finding[] {
  const unlocked = held.entries.flatMap(([stage, present]) => {
    const locked = new Set((lock[stage] ?? []).map(entryName));
    return present
      .filter((each) => !locked.has(entryName(each)))
      .map((each) => finding(each, `${each.type} holds data and is not in the lock yet: run npm run lock`));
  });
  return [...lossesOf(lock, held), ...unlocked];
}

/** What is lost of what is locked: entries that are missing or of another type. */
export function lossesOf(lock: StatefulLock, { entries, loses }: Held): readonly Finding[] {
  return entries.flatMap(([stage, present]) => {
    const found = new Map(present.map((each) => [entryName(each), each]));
    return (lock[stage] ?? []).flatMap((each) => {
      const now = found.get(entryName(each));
      if (now === undefined) return [finding(each, missing(each, loses(each.type)))];
      return now.type === each.type ? [] : [finding(now, retyped(each, now, loses(each.type)))];
    });
  });
}

/** Stages that are locked and that no platform declares any more, with everything that they held. */
export function straysOf(lock: StatefulLock, isDeclared: (stage: string) => boolean): readonly Finding[] {
  return Object.entries(lock)
    .filter(([stage]) => !isDeclared(stage))
    .map(([stage, { length }]) =>
      findingAt(
        stage,
        RULE,
        `is a stage with ${length} resources that hold data, and no platform declares it any more: ` +
          `restore the stage, or, once it is gone on purpose, run npm run lock -- --accept-loss ${stage}`,
      ),
    );
}

function finding({ stack, path, logicalId }: LockEntry, message: string): Finding {
  return { rule: RULE, stack, path, logicalId, message };
}

function acceptance(each: LockEntry): string {
  return `on purpose, run npm run lock -- --accept-loss ${entryName(each)}`;
}

function missing(each: LockEntry, loses: string): string {
  return (
    `${each.type} has left ${each.stack}, or has another logical id there, which loses ${loses}: ` +
    `restore the construct's place and id (overrideLogicalId), or ${acceptance(each)}`
  );
}

function retyped(locked: LockEntry, now: LockEntry, loses: string): string {
  return (
    `must be ${locked.type}, got ${now.type}, which loses ${loses}: ` +
    `give the new resource a logical id of its own, or ${acceptance(locked)}`
  );
}
