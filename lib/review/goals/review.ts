import type { Platform } from '../../platform/platform';
import { findingAt, sortFindings, type Finding } from '../finding';
import { problemAt, type Problem } from '../recovery/problem';
import { capacityFigures, capacityProblems } from './capacity';
import type { CapacityFigure } from './capacity-figure';
import { computeCost, costProblems, type ComputeCost } from './compute';
import { growthsOf, plannedIn, type Planned } from './growths';
import type { GoalOutputs } from './outputs';
import { startsOf } from './starts';
import { lateProblems, type Timed } from './timed';
import { undoingsOf } from './undoings';
import { unprovedGoals } from './unproved';
import { watchedGoals } from './watched';

/** What a stage's outputs say of the goals of its tasks. */
export interface GoalReview {
  readonly platform: string;
  readonly stage: string;
  /** Everything that is wrong, sorted; none where the output keeps what the definition promises. */
  readonly findings: readonly Finding[];
  /** From a task that is asked for to one that serves. */
  readonly starts: readonly Timed[];
  /** From a rush to as many tasks as there may be. */
  readonly growths: readonly Timed[];
  readonly planned: readonly Planned[];
  /** From a failed step to the end of undoing another. */
  readonly undoings: readonly Timed[];
  readonly capacity: readonly CapacityFigure[];
  /** What is promised and held by nothing, each with what is missing to prove it. */
  readonly unproved: readonly string[];
  /** What is promised, no output can prove, and somebody is called for, each with where. */
  readonly watched: readonly string[];
  readonly compute: ComputeCost | undefined;
}

/** Starts that are promised, and stand in no output. */
const unknown = (starts: readonly Timed[], { services }: Platform): readonly Problem[] =>
  Object.entries(services)
    .filter(([name]) => !starts.some(({ about }) => about === `services.${name}`))
    .flatMap(
      ([
        name,
        {
          health: { servesWithinSeconds },
          scale: { growsWithinSeconds },
        },
      ]) =>
        servesWithinSeconds === undefined && growsWithinSeconds === undefined
          ? []
          : [
              problemAt(
                'serves',
                `services.${name}`,
                'has promises and no task or pod in any output: synthesize every part',
              ),
            ],
    );

/** Computes from what was synthesized whether a stage keeps what it promises of starts, growth, undoing, its peak and its spend. */
export function reviewGoals(outputs: GoalOutputs, platform: Platform): GoalReview {
  const stage = `${platform.name}-${platform.stageName}`;
  const starts = startsOf(outputs, platform);
  const growths = growthsOf(outputs, platform, starts);
  const undoings = undoingsOf(outputs, platform);
  const capacity = outputs.whole ? capacityFigures(outputs, platform) : [];
  const compute = computeCost(outputs.aws);
  const watched = watchedGoals(outputs, platform);
  const problems: readonly Problem[] = [
    ...lateProblems('serves', starts, 'make the image or the start smaller, or ask more often whether it is ready'),
    ...lateProblems(
      'grows',
      growths,
      'take larger steps or shorter ones, let starts be faster, or begin with more tasks',
    ),
    ...lateProblems('undoes', undoings, 'take away what stands before it'),
    ...(outputs.whole ? unknown(starts, platform) : []),
    ...capacityProblems(capacity),
    ...costProblems(compute, platform),
    ...watched.problems,
  ];
  return {
    platform: platform.name,
    stage: platform.stageName,
    findings: sortFindings(
      problems.map(({ about, message, rule }) => findingAt(`${stage}/goals/${about}`, rule, message)),
    ),
    starts,
    growths,
    planned: plannedIn(outputs, platform, starts),
    undoings,
    capacity,
    unproved: unprovedGoals(platform),
    watched: watched.lines,
    compute,
  };
}
