import { shown } from '../../json';
import { nameRules } from '../data/names';
import { reporter, type Rule } from '../rule';
import type { Resource } from '../stack';

const NAME = 'names';
const report = reporter(NAME);

/** Every name is one that Azure takes for its type. */
export const names: Rule = {
  name: NAME,
  strict: 'Azure refuses it',
  judge: ({ resources }) =>
    resources.flatMap((resource) => problemsOf(resource).map((problem) => report(resource, `name ${problem}`))),
};

function problemsOf({ arguments: { name }, type }: Resource): readonly string[] {
  const rule = Object.hasOwn(nameRules, type) ? nameRules[type] : undefined;
  if (rule === undefined || typeof name !== 'string' || name.includes('${')) return [];
  const { max, min, pattern, such } = rule;
  return [
    ...(name.length >= min && name.length <= max
      ? []
      : [`must have ${min} to ${max} characters, got ${name.length} in ${shown(name)}: choose another`]),
    ...(pattern.test(name) ? [] : [`must be ${such}, got ${shown(name)}: choose another`]),
  ];
}
