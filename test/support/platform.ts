import retailflow from '../../platforms/retailflow';
import { allocate, allocationProblems, type Allocations, type StageAllocations } from '../../lib/platform/allocation';
import type { Definition } from '../../lib/platform/definition';
import { PlatformError, refuse, type Problem } from '../../lib/platform/error';
import { applyPatch } from '../../lib/platform/patch';
import type { Platform } from '../../lib/platform/platform';
import { allocationRequests, resolveUnallocated } from '../../lib/platform/resolve';

/** RetailFlow with something changed: objects are merged, `null` takes away, anything else replaces. */
export const retailflowWith = (patch: unknown): Definition => applyPatch(retailflow, patch) as Definition;

/** What RetailFlow's production stage changes to, for patches of the stage itself. */
export const production = (patch: unknown): unknown => ({ stages: { production: patch } });

/** The problems that a function's PlatformError lists; none if it throws nothing. Any other error is thrown on. */
export function problemsIn(run: () => unknown): readonly Problem[] {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof PlatformError) return error.problems;
    throw error;
  }
}

/** What is wrong with a definition in a stage, the allocation lock apart. */
export const problemsOf = (definition: Definition, stage = 'production'): readonly Problem[] =>
  problemsIn(() => resolveUnallocated(definition, stage));

/** A lock in which every stage of the definition has what it needs. */
export const allocationsFor = (definition: Definition): Allocations =>
  Object.fromEntries(
    Object.keys(definition.stages).map((stage) => [stage, lockFor(resolveUnallocated(definition, stage))]),
  );

const lockFor = (platform: Platform): StageAllocations =>
  allocate({ listenerPriorities: {}, addresses: {} }, allocationRequests(platform));

/** The definition in a stage, with a lock made for it: what `resolve` gives with that lock, without resolving twice. */
export function resolved(definition: Definition, stage = 'production'): Platform {
  const platform = resolveUnallocated(definition, stage);
  const lock = lockFor(platform);
  refuse(definition.name, allocationProblems({ file: 'lock', stage, lock }, allocationRequests(platform)));
  return { ...platform, allocations: lock };
}
