import { approvedIn, factsOf, type Journal, type JournalEvent } from './journal';
import { Refusal, type Clock, type Context, type Facts, type Step } from './step';

/** Somebody who may say yes. */
export interface Approver {
  /** Who agreed to it, or nothing if they did not. */
  ask(question: string): Promise<string | undefined>;
}

/** A run of a plan. */
export interface RunInput {
  /** Chosen by whoever starts it; the same to take it up again. */
  readonly run: string;
  readonly steps: readonly Step[];
  readonly journal: Journal;
  /** What the journal holds already. */
  readonly history: readonly JournalEvent[];
  readonly approver: Approver;
  readonly clock: Clock;
}

/** How a run came out. */
export type Outcome =
  | { readonly ended: 'all' }
  | { readonly ended: 'not approved'; readonly step: string }
  | { readonly ended: 'failed'; readonly step: string; readonly error: Error };

/**
 * Runs a plan, or takes one up again: a step that is done is passed over, any other one is run and verified, and every event
 * is in the journal before the next thing happens. The first step that fails ends the run; the steps before it stay done.
 *
 * @throws Error if two steps have one name, or the journal cannot be written.
 */
export async function runPlan({ approver, clock, history, journal, run, steps }: RunInput): Promise<Outcome> {
  refuseRepeated(steps);
  const facts = new Map(factsOf(history, run));
  const context: Context = { run, clock, facts: (step) => facts.get(step) };
  const tell = async (event: Omit<JournalEvent, 'at' | 'run'>): Promise<void> =>
    journal.append(JSON.stringify({ at: new Date(clock.now()).toISOString(), run, ...event }));

  await tell({ what: 'began' });
  for (const step of steps) {
    const { name } = step;
    try {
      const { because, facts: seen, state } = await step.check(context, facts.get(name));
      if (state === 'done') {
        if (seen !== undefined) facts.set(name, seen);
        await tell({ step: name, what: 'passed', because, ...(seen === undefined ? {} : { facts: seen }) });
        continue;
      }
      const question = step.approval?.(context);
      if (question !== undefined && !approvedIn(history, run, name)) {
        await tell({ step: name, what: 'asked', because: question });
        const by = await approver.ask(question);
        if (by === undefined) return { ended: 'not approved', step: name };
        await tell({ step: name, what: 'approved', by });
      }
      await tell({ step: name, what: 'started', because });
      const did = await step.run(context);
      facts.set(name, did);
      await tell({ step: name, what: 'ran', facts: did });
      await step.verify(context, did);
      await tell({ step: name, what: 'verified' });
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      await tell({ step: name, what: 'failed', because: failure.message });
      return { ended: 'failed', step: name, error: failure };
    }
  }
  await tell({ what: 'ended' });
  return { ended: 'all' };
}

/** A step of a plan, as a dry run tells it. */
export interface PlannedStep {
  readonly name: string;
  readonly does: string;
  readonly state: 'due' | 'done' | 'refused' | 'unknown';
  readonly because: string;
  readonly asks: boolean;
}

/**
 * What a run would do, without doing any of it: every step is checked as the world is now. A step that cannot be checked yet,
 * because it depends on one before it, is `unknown`.
 */
export async function dryRun(
  input: Pick<RunInput, 'clock' | 'history' | 'run' | 'steps'>,
): Promise<readonly PlannedStep[]> {
  const { clock, history, run, steps } = input;
  refuseRepeated(steps);
  const facts: ReadonlyMap<string, Facts> = factsOf(history, run);
  const context: Context = { run, clock, facts: (step) => facts.get(step) };
  const planned: PlannedStep[] = [];
  for (const step of steps) {
    const { does, name } = step;
    const asks = step.approval !== undefined;
    try {
      const { because, state } = await step.check(context, facts.get(name));
      planned.push({ name, does, asks, state, because });
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error);
      planned.push({ name, does, asks, state: error instanceof Refusal ? 'refused' : 'unknown', because });
    }
  }
  return planned;
}

function refuseRepeated(steps: readonly Step[]): void {
  const names = steps.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) throw new Error(`each step of a plan must have a name of its own, got ${repeated} twice`);
}
