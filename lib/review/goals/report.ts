import { table } from '../recovery/table';
import type { ComputeCost } from './compute';
import { fargate } from './figures';
import type { GoalReview } from './review';
import type { Timed } from './timed';

/** A review of goals as a person reads it, in Markdown. */
export const goalsReport = (review: GoalReview): string => `${sections(review).join('\n\n')}\n`;

/** A review of goals as a program reads it, in JSON. */
export const goalsJson = ({ findings: _, ...review }: GoalReview): string =>
  `${JSON.stringify(review, undefined, 2)}\n`;

/** What the command line says of things that take a time: the slowest of those of which something is promised. */
export function worst(all: readonly Timed[], what: string, unit: string, factor: number): readonly string[] {
  const [slowest] = all.filter(({ goalSeconds }) => goalSeconds !== undefined).sort((a, b) => b.seconds - a.seconds);
  return slowest === undefined
    ? []
    : [`${what} ${Math.round(slowest.seconds * factor)} ${unit} of ${(slowest.goalSeconds ?? 0) * factor} ${unit}`];
}

/** What the command line says of a review of goals: what is promised, at its worst. */
export function goalsLines({ capacity, growths, starts, undoings, unproved }: GoalReview): readonly string[] {
  return [
    ...worst(starts, 'a new task serves in', 's', 1),
    ...worst(growths, 'from the least tasks to the most in', 's', 1),
    ...worst(undoings, 'undone in', 'ms', 1000),
    ...(capacity.length === 0 ? [] : [`${capacity.length} sizes hold the peak`]),
    ...unproved.map((each) => `not proved: ${each}`),
  ];
}

function sections({
  capacity,
  compute,
  growths,
  planned,
  platform,
  stage,
  starts,
  undoings,
  unproved,
  watched,
}: GoalReview): readonly string[] {
  const some = (rows: readonly unknown[], title: string, text: () => string): readonly string[] =>
    rows.length === 0 ? [] : [title, text()];
  return [
    `# Goals of ${platform} ${stage}`,
    'Made from the files that were synthesized. What is wrong would have refused them.',
    ...some(starts, '## From a task that is asked for to one that serves', () => timedTable(starts)),
    ...some(growths, '## From a rush to as many tasks as there may be', () => timedTable(growths)),
    ...some(planned, '## Tasks that are planned', () =>
      table(
        ['service', 'begins', 'tasks', 'all serve after, s', 'at'],
        planned.map(({ about, at, begins, serveAfterSeconds, tasks }) => [
          about,
          begins,
          String(tasks),
          String(serveAfterSeconds ?? ''),
          at,
        ]),
      ),
    ),
    ...some(undoings, '## From a failed step to the end of undoing another', () => timedTable(undoings)),
    ...some(capacity, '## The peak', () =>
      table(
        ['what', 'needs', 'has at most', 'because'],
        capacity.map(({ because, has, needs, what }) => [what, String(needs), String(has), because]),
      ),
    ),
    ...some(unproved, '## Not proved', () => unproved.map((each) => `- ${each}`).join('\n')),
    ...some(watched, '## Watched, not proved', () => watched.map((each) => `- ${each}`).join('\n')),
    ...(compute === undefined ? [] : ['## Tasks, dollars a month', reckoned, costTable(compute)]),
    ...some([...starts, ...growths, ...undoings], '## Where the figures are from', () =>
      sources([...starts, ...growths, ...undoings]),
    ),
  ];
}

/** Things that take a time as a table: what is promised, and what they are made of. */
export const timedTable = (all: readonly Timed[]): string =>
  table(
    ['about', 'seconds', 'promised', 'made of'],
    all.map(({ about, goalSeconds, parts, seconds }) => [
      about,
      String(seconds),
      String(goalSeconds ?? ''),
      parts.map((each) => `${each.part} ${each.seconds}`).join(' + '),
    ]),
  );

const percentBelow = (dollars: number, of: number): string => `${Math.round(100 - (100 * dollars) / of)}% less`;

const reckoned = `On demand and around the clock, by the ${fargate.ARM64.source}. Commitments and all that is no task are not reckoned.`;

const costTable = ({ fixed, least, most }: ComputeCost): string =>
  table(
    ['tasks', 'dollars', 'than a fleet that never changes'],
    [
      ['as few as there may be', String(least), percentBelow(least, fixed)],
      ['as many as there may be', String(most), percentBelow(most, fixed)],
      ['as many as there may be, without ARM', String(fixed), ''],
    ],
  );

const sources = (all: readonly Timed[]): string =>
  table(
    ['about', 'part', 'seconds', 'source'],
    all.flatMap(({ about, parts }) => parts.map(({ part, seconds, source }) => [about, part, String(seconds), source])),
  );
