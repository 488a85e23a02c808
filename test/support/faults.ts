import { problemsOf, retailflowWith } from './platform';

/** A problem that a fault must be answered with; texts are parts of the message, `got` is the whole value. */
export interface Answer {
  readonly path: string;
  readonly got: unknown;
  readonly allowed: string;
  readonly remedy: string;
}

/** One thing changed in RetailFlow, and every problem that it must be answered with. */
export interface Fault {
  /** Completes "fails when …". */
  readonly when: string;
  readonly patch: unknown;
  /** @default 'production' */
  readonly stage?: string;
  readonly answers: readonly Answer[];
}

/** A test a fault: these problems, and no others. */
export function testFaults(faults: readonly Fault[]): void {
  test.each(faults)('fails when $when', ({ patch, stage, answers }) => {
    expect(problemsOf(retailflowWith(patch), stage)).toEqual(
      answers.map(({ path, got, allowed, remedy }) => ({
        path,
        got,
        allowed: expect.stringContaining(allowed),
        remedy: expect.stringContaining(remedy),
      })),
    );
  });
}

/** One thing changed in RetailFlow that is nobody's problem. */
export interface Variation {
  /** Completes "accepts …". */
  readonly accepts: string;
  readonly patch: unknown;
  readonly stage?: string;
}

/** A test a variation: no problem. */
export function testVariations(variations: readonly Variation[]): void {
  test.each(variations)('accepts $accepts', ({ patch, stage }) => {
    expect(problemsOf(retailflowWith(patch), stage)).toEqual([]);
  });
}
