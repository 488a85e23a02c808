/** One thing that is wrong with a definition, a lock or an input. */
export interface Problem {
  /** Where, as a path from the definition's root: `databases.store.readReplicas`. */
  readonly path: string;
  /** What was found there. */
  readonly got: unknown;
  /** What may stand there, as the rest of a sentence that begins "must be …". */
  readonly allowed: string;
  /** What to do about it, in the imperative. */
  readonly remedy: string;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** `path must be allowed, got value: remedy`. */
export function formatProblem({ path, got, allowed, remedy }: Problem): string {
  return `${path} must be ${allowed}, got ${shown(got)}: ${remedy}`;
}

/** Thrown once for all problems of an input; its message lists every one once, sorted by path. */
export class PlatformError extends Error {
  public override readonly name = 'PlatformError';
  public readonly problems: readonly Problem[];

  public constructor(subject: string, problems: readonly Problem[]) {
    // What two sites have in common is found on each.
    const distinct = new Map(problems.map((problem) => [formatProblem(problem), problem]));
    const sorted = [...distinct.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
    super(`${subject}: ${count}\n${sorted.map((problem) => `  ${formatProblem(problem)}`).join('\n')}`);
    this.problems = sorted;
  }
}

/** Throws one {@link PlatformError} if there is any problem. */
export function refuse(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new PlatformError(subject, problems);
}

/** Closes a switch over a union: a new member that has no case does not compile. */
export function assertNever(value: never): never {
  throw new Error(`no case handles ${JSON.stringify(value)}`);
}
