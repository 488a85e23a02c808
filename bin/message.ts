import { mapped } from './mapped';

/** What a person is told of an error. Only a mistake of the program itself is told with the place where it happened. */
export function messageOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // Node.js gives a code to what it refuses, such as an unknown option.
  if ('code' in error) return error.message;
  return [TypeError, RangeError, ReferenceError].some((mistake) => error instanceof mistake)
    ? mapped(error.stack ?? error.message)
    : error.message;
}
