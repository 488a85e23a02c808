import type { z } from 'zod';
import type { Problem } from './error';
import { didYouMean } from './nearest';
import { choicesWith, propertiesAt, valueAt } from './properties';
import { insteadOf, otherwiseAt } from './words';

type Issue = z.core.$ZodIssue;

interface Expectation {
  readonly allowed: string;
  readonly remedy: string;
}

interface Measure {
  readonly unit: string;
  readonly more: string;
  readonly less: string;
}

const amount: Measure = { unit: '', more: 'raise it', less: 'lower it' };

/** Of what a bound speaks. */
const measures: Readonly<Record<string, Measure>> = {
  string: { unit: ' characters', more: 'write more', less: 'shorten it' },
  array: { unit: ' entries', more: 'add to it', less: 'take some away' },
};

/** The types of a union's members of which the value is none. */
const otherTypes = (member: readonly Issue[]): readonly string[] =>
  member.flatMap((issue) => (issue.code === 'invalid_type' && issue.path.length === 0 ? [issue.expected] : []));

/** What the one member of a union that has the value's type finds wrong with it. */
const closest = (issue: Issue): readonly Issue[] | undefined =>
  issue.code === 'invalid_union'
    ? issue.errors
        .find((member) => otherTypes(member).length === 0)
        ?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    : undefined;

/** What tells members of a union apart may be left out where one of them has a default. */
const isGiven = (option: unknown): boolean => option !== undefined && option !== null;

function expectation(issue: Issue): Expectation {
  switch (issue.code) {
    case 'invalid_type':
      return { allowed: `of type ${issue.expected}`, remedy: 'give a value of that type' };
    case 'too_small': {
      const { unit, more } = measures[issue.origin] ?? amount;
      const bound = issue.inclusive === false ? 'more than' : 'at least';
      return { allowed: `${bound} ${issue.minimum}${unit}`, remedy: more };
    }
    case 'too_big': {
      const { unit, less } = measures[issue.origin] ?? amount;
      const bound = issue.inclusive === false ? 'less than' : 'at most';
      return { allowed: `${bound} ${issue.maximum}${unit}`, remedy: less };
    }
    case 'invalid_value':
      return { allowed: `one of ${issue.values.map(String).join(', ')}`, remedy: 'choose one of them' };
    case 'invalid_union':
      return 'options' in issue && issue.options !== undefined
        ? { allowed: `one of ${issue.options.filter(isGiven).map(String).join(', ')}`, remedy: 'choose one of them' }
        : {
            allowed: `of type ${[...new Set(issue.errors.flatMap(otherTypes))].join(' or ')}`,
            remedy: 'give a value of one of these types',
          };
    case 'invalid_format':
      return { allowed: issue.message.replace(/^Invalid /, 'a valid '), remedy: 'correct the text' };
    default:
      return { allowed: issue.message, remedy: 'correct it' };
  }
}

/** A property that nobody understands where it stands: who would, what is there in its place, and what may have been meant. */
function unknownProperty(schema: z.core.$ZodType, input: unknown, at: readonly PropertyKey[], key: string): Problem {
  const path = at.join('.');
  const choices = choicesWith(schema, input, at, key).join(' or ');
  const [allowed, otherwise] =
    choices === '' ? ['', otherwiseAt(path)] : [` but with ${choices}`, `remove it, or choose ${choices}`];
  return {
    path: [...at, key].join('.'),
    got: valueAt(input, [...at, key]),
    allowed: `absent, there is no such property${allowed}`,
    remedy: insteadOf(path, key) ?? didYouMean(key, propertiesAt(schema, input, at), otherwise),
  };
}

/** What the schema finds wrong with an input, each finding with the value that stands there. */
export function problemsOf(schema: z.core.$ZodType, input: unknown, issues: readonly Issue[]): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const path = issue.path.join('.');
    const got = valueAt(input, issue.path);
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => unknownProperty(schema, input, issue.path, key));
      case 'invalid_key':
        return issue.issues.map((inner) => ({
          path,
          got: issue.path.at(-1),
          allowed: expectation(inner).allowed,
          remedy: 'rename it',
        }));
      default: {
        const inner = closest(issue);
        if (inner !== undefined && inner.length > 0) return problemsOf(schema, input, inner);
        const { allowed, remedy } = expectation(issue);
        return [{ path, got, allowed, remedy: got === undefined ? 'add it' : remedy }];
      }
    }
  });
}
