/** What a step found out or did, for people and for later steps. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Time, as the failover control knows it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** What a step has at hand. */
export interface Context {
  /** Name of the run; the same when it is taken up again. */
  readonly run: string;
  readonly clock: Clock;
  /** What a step of this run did, by its name, or nothing if it did not run. */
  readonly facts: (step: string) => Facts | undefined;
}

/** Whether a step has anything to do. */
export interface Check {
  readonly state: 'due' | 'done';
  readonly because: string;
  /** What a step that is done did, where the world tells it and the journal may not. */
  readonly facts?: Facts;
}

/**
 * One step of a plan. It may be interrupted anywhere and begun anew: `check` looks at the world, `run` bears with what an
 * earlier try did, and `verify` believes nothing that it cannot see.
 */
export interface Step {
  /** Unique in its plan: `fence store`. */
  readonly name: string;
  /** What it will do, for the plan that people read before. */
  readonly does: string;
  /** What a person agrees to before it runs. @default - nobody is asked */
  approval?(context: Context): string;
  /**
   * Reads, and changes nothing.
   *
   * @param before What the step did in an earlier try of this run.
   * @throws Refusal if the plan must not go on.
   */
  check(context: Context, before: Facts | undefined): Promise<Check>;
  run(context: Context): Promise<Facts>;
  /** @throws Refusal if what the step did is not there. */
  verify(context: Context, facts: Facts): Promise<void>;
}

/** A plan must not go on. Nothing that the step would have done is done. */
export class Refusal extends Error {
  public override readonly name = 'Refusal';

  /**
   * @param what What is wrong, with values.
   * @param remedy What to do about it, in the imperative.
   */
  public constructor(what: string, remedy: string) {
    super(`${what}: ${remedy}`);
  }
}
