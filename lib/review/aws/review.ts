import { sortFindings } from '../finding';
import type { Finding } from '../finding';
import { readAssembly } from './assembly';
import { rules } from './rules';
import type { RetentionOptions } from './rules/retention';
import { compareLock } from '../stateful-lock';
import type { StatefulLock } from '../stateful-lock';
import { heldIn } from './held';

/** What a review of an assembly needs to know. */
export interface ReviewOptions {
  /** What holds data in each stage, as committed. */
  readonly lock: StatefulLock;
  /** How much the stage wants kept. @default - everything that holds data, protected from deletion */
  readonly retention?: RetentionOptions;
}

/**
 * Runs every rule over every stack of a cloud assembly and compares the assembly with the lock.
 *
 * @returns all findings, sorted; none for an assembly that may be deployed
 * @throws Error if the directory is not a whole cloud assembly
 */
export async function reviewAssembly(directory: string, options: ReviewOptions): Promise<readonly Finding[]> {
  const assembly = readAssembly(directory);
  const table = rules(options.retention);
  const findings = await Promise.all(
    assembly.stacks.flatMap((stack) => table.map(async (rule) => rule(stack, assembly))),
  );
  return sortFindings([...findings.flat(), ...compareLock(options.lock, heldIn(assembly))]);
}
