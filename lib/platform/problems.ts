import type { z } from 'zod';
import type { Problem } from './error';

type Issue = z.core.$ZodIssue;

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );

interface Expectation {
  readonly allowed: string;
  readonly remedy: string;
}

/** Of which measure a bound speaks. */
const measure: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

function expectation(issue: Issue): Expectation {
  switch (issue.code) {
    case 'invalid_type':
      return { allowed: `of type ${issue.expected}`, remedy: 'give a value of that type' };
    case 'too_small':
      return {
        allowed: `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${measure[issue.origin] ?? ''}`,
        remedy: 'raise it',
      };
    case 'too_big':
      return {
        allowed: `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${measure[issue.origin] ?? ''}`,
        remedy: 'lower it',
      };
    case 'invalid_value':
      return { allowed: `one of ${issue.values.map(String).join(', ')}`, remedy: 'choose one of them' };
    case 'invalid_union':
      return {
        allowed:
          'options' in issue && issue.options !== undefined
            ? `one of ${issue.options.map(String).join(', ')}`
            : 'one of the documented forms',
        remedy: 'choose one of them',
      };
    case 'invalid_format':
      return { allowed: issue.message.replace(/^Invalid /, 'a valid '), remedy: 'correct the text' };
    default:
      return { allowed: issue.message, remedy: 'correct it' };
  }
}

/** What the schema finds wrong with an input, each finding with the value that stands there. */
export function problemsOf(input: unknown, issues: readonly Issue[]): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const path = issue.path.join('.');
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          path: path === '' ? key : `${path}.${key}`,
          got: at(input, [...issue.path, key]),
          allowed: 'absent, there is no such property',
          remedy: 'correct its spelling or remove it',
        }));
      case 'invalid_key':
        return issue.issues.map((inner) => ({
          path,
          got: issue.path.at(-1),
          allowed: expectation(inner).allowed,
          remedy: 'rename the part',
        }));
      default:
        return [{ path, got: at(input, issue.path), ...expectation(issue) }];
    }
  });
}
