/**
 * Runs what asks for a stack trace of every value that it makes, which nobody reads and which costs a third of a synth. What
 * is thrown has its own trace all the same, once it is looked at.
 */
export function withoutTraces<Result>(run: () => Result): Result {
  const before = Reflect.get<ErrorConstructor, 'prepareStackTrace'>(Error, 'prepareStackTrace');
  Error.prepareStackTrace = () => '';
  try {
    return run();
  } finally {
    Error.prepareStackTrace = before;
  }
}

/**
 * The same for what takes its time, and asks for so many that even a list of frames is too much: what is thrown keeps the
 * frame where it was. Nothing else may run meanwhile that reads a trace.
 */
export async function withoutTracesUntil<Result>(run: () => Promise<Result>): Promise<Result> {
  const before = Reflect.get<ErrorConstructor, 'prepareStackTrace'>(Error, 'prepareStackTrace');
  const limit = Error.stackTraceLimit;
  Error.prepareStackTrace = () => '';
  Error.stackTraceLimit = 1;
  try {
    return await run();
  } finally {
    Error.prepareStackTrace = before;
    Error.stackTraceLimit = limit;
  }
}
