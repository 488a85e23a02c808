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
