import retailflow from '../../platforms/retailflow';
import { allocate, type Allocations } from '../../lib/platform/allocation';
import type { Definition } from '../../lib/platform/definition';
import { PlatformError, type Problem } from '../../lib/platform/error';
import { applyPatch } from '../../lib/platform/patch';
import type { Platform } from '../../lib/platform/platform';
import { allocationRequests, resolve, resolveUnallocated } from '../../lib/platform/resolve';

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
    Object.keys(definition.stages).map((stage) => [
      stage,
      allocate({ listenerPriorities: {}, addresses: {} }, allocationRequests(resolveUnallocated(definition, stage))),
    ]),
  );

/** The definition in a stage, with a lock made for it. */
export const resolved = (definition: Definition, stage = 'production'): Platform =>
  resolve(definition, { stage, allocations: allocationsFor(definition) });
