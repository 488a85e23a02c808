import { table } from './table';

/** A step of a move, as a person takes it. */
export interface MoveStep {
  readonly what: string;
  /** What is run, a line each. */
  readonly commands: readonly string[];
}

/** A way from one site to the other, by hand: steps in their order, each with the names that were synthesized. */
export interface Move {
  /** `the region is lost` */
  readonly name: string;
  readonly when: string;
  readonly steps: readonly MoveStep[];
}

/** Moves as a person reads them, in Markdown. */
export const movesReport = (moves: readonly Move[], of: string): string =>
  [
    `# From one region to the other: ${of}`,
    'Made from the names that were synthesized. What each step is for, and what to look at before and after, stands in docs/runbooks/azure-two-regions.md.',
    ...moves.flatMap(({ name, steps, when }) => [
      `## ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`,
      when,
      table(
        ['', 'step'],
        steps.map(({ what }, index) => [String(index + 1), what]),
      ),
      ['```sh', ...steps.flatMap(({ commands }, index) => [`# ${index + 1}`, ...commands]), '```'].join('\n'),
    ]),
    '',
  ].join('\n\n');
