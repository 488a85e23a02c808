import { allocationsOf, missingAllocations, type AllocationRequests, type Allocations } from './allocation';
import { checks } from './checks';
import type { Definition } from './definition';
import { PlatformError, refuse, type Problem } from './error';
import { sitesOf, type Platform } from './platform';
import { problemsOf } from './problems';
import { parts, platform as schema } from './schema';
import { omissionsOf, patched, unknownParts } from './stage';
import { subnetRequests } from './subnets';

/** What resolving needs besides the definition. */
export interface ResolveOptions {
  /** Name of the stage. */
  readonly stage: string;
  /** The committed allocation lock. */
  readonly allocations: Allocations;
  /** Where the lock is kept, for messages. @default 'allocations/<platform>.json' */
  readonly allocationsFile?: string;
}

/**
 * The platform as it stands in one stage: patches applied, defaults filled, every check run, addresses and priorities
 * taken from the allocation lock.
 *
 * @throws PlatformError that lists every problem: path, what was given, what is allowed, what to do.
 */
export function resolve(definition: Definition, options: ResolveOptions): Platform {
  const platform = resolveUnallocated(definition, options.stage);
  const file = options.allocationsFile ?? `allocations/${platform.name}.json`;
  const lock = allocationsOf(options.allocations, options.stage);
  refuse(subject(definition, options.stage), missingAllocations(file, options.stage, lock, allocationRequests(platform)));
  return { ...platform, allocations: lock };
}

/** What a platform needs to have been given by the allocation lock. */
export function allocationRequests(platform: Platform): AllocationRequests {
  return {
    listenerPriorities: Object.entries(platform.services)
      .filter(([, { routes }]) => routes.length > 0)
      .map(([name]) => name),
    addresses: sitesOf(platform).flatMap((site) => (site.cloud === 'aws' ? subnetRequests(site) : [])),
  };
}

/** {@link resolve}, without the allocation lock: what the lock is made from. */
export function resolveUnallocated(definition: Definition, stageName: string): Platform {
  const stage = definition.stages[stageName];
  if (stage === undefined) {
    throw new PlatformError(`platform ${definition.name}`, [
      {
        path: 'stage',
        got: stageName,
        allowed: `one of ${Object.keys(definition.stages).join(', ')}`,
        remedy: 'choose a stage that the platform declares',
      },
    ]);
  }
  const input = patched(definition, stage);
  const parsed = schema.safeParse(input);
  const shape = parsed.success ? [] : problemsOf(input, parsed.error.issues).map((problem) => inStage(problem, stageName));
  refuse(subject(definition, stageName), [...unknownParts(definition, stageName, stage), ...shape]);
  const platform: Platform = {
    ...sortParts(schema.parse(input)),
    stageName,
    omitted: omissionsOf(stage).map(({ noun, name, reason }) => ({ part: `${noun}.${name}`, reason })),
    allocations: { listenerPriorities: {}, addresses: {} },
  };
  refuse(
    subject(definition, stageName),
    checks.flatMap((check) => check(platform)),
  );
  return platform;
}

const subject = (definition: Definition, stage: string): string => `platform ${definition.name}, stage ${stage}`;

const inStage = (problem: Problem, stage: string): Problem =>
  problem.path.startsWith('stage.') ? { ...problem, path: problem.path.replace('stage.', `stages.${stage}.`) } : problem;

/** The order in which parts are written down must not matter. */
function sortParts<T extends object>(platform: T): T {
  return Object.fromEntries(
    Object.entries(platform).map(([key, value]) => [
      key,
      key in parts ? Object.fromEntries(Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
    ]),
  ) as T;
}
