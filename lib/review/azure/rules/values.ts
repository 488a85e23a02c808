import { didYouMean } from '../../../platform/nearest';
import { listOf, numberOf, shown } from '../../json';
import type { Json } from '../../json';
import type { Values } from '../data/allowed';
import { values } from '../data/values';
import { reporter, type Rule } from '../rule';
import { plain, valuesAt } from '../settings';

const NAME = 'values';
const report = reporter(NAME);

/** Every argument of which the table knows the values has one of them: SKUs, modes, ranges of days. */
export const valuesRule: Rule = {
  name: NAME,
  judge: ({ resources }) =>
    resources.flatMap((resource) => {
      const known = Object.hasOwn(values, resource.type) ? (values[resource.type] ?? {}) : {};
      return Object.entries(known).flatMap(([at, allowed]) =>
        valuesAt(resource.arguments, at)
          .flatMap((value) => listOf(value))
          .flatMap((value) => problemOf(value, allowed) ?? [])
          .map((problem) => report(resource, `${at} ${problem}`)),
      );
    }),
};

function problemOf(value: Json, allowed: Values): string | undefined {
  if (typeof value === 'string' && value.includes('${')) return undefined;
  const text = plain(value);
  if ('oneOf' in allowed) {
    const known = allowed.oneOf.map(String);
    if (known.includes(text)) return undefined;
    return `must be one of ${known.join(', ')}, got ${shown(value)}: ${didYouMean(text, known, 'take one of them')}`;
  }
  if ('pattern' in allowed) {
    return allowed.pattern.test(text) ? undefined : `must be ${allowed.such}, got ${shown(value)}: correct it`;
  }
  const { max, min } = allowed;
  const number = numberOf(value);
  return number !== undefined && number >= min && number <= max
    ? undefined
    : `must be ${min} to ${max}, got ${shown(value)}: choose a number of the range`;
}
