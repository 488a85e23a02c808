import type { Workflow } from '../platform/nouns/service';

/** A step of a saga. */
export type Step = Workflow['steps'][number];

/** What a service says, as the error of `SendTaskFailure`, when it did nothing and would do nothing at another try. */
export const refused = 'Refused';

/**
 * How a try that failed is repeated. Waits double, up to the longest, and are spread at random below that, so that sagas
 * which failed together do not come back together.
 */
export interface Repetition {
  readonly attempts: number;
  readonly firstWaitSeconds: number;
  readonly longestWaitSeconds: number;
}

/** Repetition of a step, whose number of further tries is the platform's data. */
export const stepRepetition = (retries: number): Repetition => ({
  attempts: retries,
  firstWaitSeconds: 2,
  longestWaitSeconds: 60,
});

/** Undoing is tried for longer than doing: there is no way back from it. */
export const undoRepetition: Repetition = { attempts: 10, firstWaitSeconds: 5, longestWaitSeconds: 300 };

/** From this length on a step tells that it is alive, at least every third of its time. */
const heartbeatFromSeconds = 600;

/** How often a step must tell that it is alive, in seconds; nothing for a short one. */
export const heartbeatSeconds = (timeoutSeconds: number): number | undefined =>
  timeoutSeconds >= heartbeatFromSeconds ? Math.ceil(timeoutSeconds / 3) : undefined;

/** How a step ended that did not pass. */
export type Failure = 'refused' | 'unknown';

/** The command that undoes a step, nothing for one that cannot be undone. */
export const undoOf = ({ compensation }: Step): string | undefined =>
  typeof compensation === 'string' ? compensation : undefined;

/** The step that promises how fast it is undone, if any does. */
export const promisedStep = ({ steps }: Workflow): Step | undefined =>
  steps.find(({ compensates }) => compensates !== undefined);

/**
 * The commands that run when a step fails, in order: the compensations of the steps done so far, last first, but for that of the
 * step which promises a time and is undone before all others. A step
 * that refused did nothing. One that failed in any other way, by silence too, may have done its work all the same, so
 * it is undone with the others.
 *
 * @param failed index of the failed step
 */
export function compensations(spec: Workflow, failed: number, failure: Failure): readonly string[] {
  const touched = spec.steps.slice(0, failure === 'refused' ? failed : failed + 1);
  const isFirst = ({ compensates }: Step): number => (compensates === undefined ? 0 : 1);
  return touched
    .reverse()
    .sort((a, b) => isFirst(b) - isFirst(a))
    .flatMap((step) => undoOf(step) ?? []);
}

/** How long the worst run takes: every try of every step used up, then every try of undoing them, in seconds. */
export function worstSeconds(spec: Workflow): number {
  return spec.steps.reduce((sum, step) => {
    const forward = worstOf(step.timeoutSeconds, stepRepetition(step.retries));
    const back = undoOf(step) === undefined ? 0 : worstOf(step.timeoutSeconds, undoRepetition);
    return sum + forward + back;
  }, 0);
}

function worstOf(timeoutSeconds: number, { attempts, firstWaitSeconds, longestWaitSeconds }: Repetition): number {
  const waits = Array.from({ length: attempts }, (_, index) =>
    Math.min(firstWaitSeconds * 2 ** index, longestWaitSeconds),
  );
  return waits.reduce((sum, wait) => sum + wait, (attempts + 1) * timeoutSeconds);
}
