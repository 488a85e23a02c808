import { allocationProblems, allocationsOf, type AllocationRequests, type Allocations } from './allocation';
import { checks } from './checks';
import { unheardProblems } from './checks/unheard';
import type { Definition } from './definition';
import { PlatformError, refuse, type Problem } from './error';
import { withTokenKeys } from './gateway/token-keys';
import { linkSubnetRequests } from './link-network';
import { sorted } from './order';
import { sitesOf, type Platform } from './platform';
import { problemsOf } from './problems';
import { platform as schema } from './schema';
import { changeProblems, omissionsOf, patched } from './stage';
import { apiManagementRequests, azureSubnetRequests, subnetRequests } from './subnets';

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
  refuse(
    subject(definition, options.stage),
    allocationProblems({ file, stage: options.stage, lock }, allocationRequests(platform)),
  );
  return { ...platform, allocations: lock };
}

/** What a platform needs to have been given by the allocation lock. */
export function allocationRequests(platform: Platform): AllocationRequests {
  const scopes = Object.keys(platform.scopes);
  return {
    listenerPriorities: Object.entries(platform.services)
      .filter(([, { routes }]) => routes.length > 0)
      .map(([name]) => name),
    addresses: [
      ...sitesOf(platform).flatMap((site) =>
        site.cloud === 'aws' ? subnetRequests(site, scopes) : azureSubnetRequests(site, scopes),
      ),
      ...linkSubnetRequests(platform),
      ...apiManagementRequests(platform, sitesOf(platform)),
    ],
  };
}

/** {@link resolve}, without the allocation lock: what the lock is made from. */
export function resolveUnallocated(definition: Definition, stageName: string): Platform {
  const stage = Object.hasOwn(definition.stages, stageName) ? definition.stages[stageName] : undefined;
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
  const shape = parsed.success
    ? []
    : problemsOf(schema, input, parsed.error.issues).map((problem) => inStage(problem, stageName));
  refuse(subject(definition, stageName), [...changeProblems(definition, stageName, stage), ...shape]);
  if (!parsed.success) throw parsed.error;
  const platform: Platform = withTokenKeys({
    ...sorted(parsed.data),
    stageName,
    omitted: omissionsOf(stage).map(({ noun, name, reason }) => ({ part: `${noun}.${name}`, reason })),
    allocations: { listenerPriorities: {}, addresses: {} },
  });
  refuse(subject(definition, stageName), [
    ...checks.flatMap((check) => check(platform)),
    ...unheardProblems(definition, input, platform),
  ]);
  return platform;
}

const subject = (definition: Definition, stage: string): string => `platform ${definition.name}, stage ${stage}`;

const inStage = (problem: Problem, stage: string): Problem =>
  problem.path.startsWith('stage.')
    ? { ...problem, path: problem.path.replace('stage.', `stages.${stage}.`) }
    : problem;
