import { isList, isObject, shown } from '../../json';
import type { Json } from '../../json';
import { retiredArguments, retiredTypes, type Retired, type RetiredArgument } from '../data/retired';
import { reporter, type Rule } from '../rule';
import { plain, valuesAt } from '../settings';

const NAME = 'retired';
const report = reporter(NAME);

/** Nothing is made that Azure ends. */
export const retired: Rule = {
  name: NAME,
  judge: ({ resources }) =>
    resources.flatMap((resource) => {
      const type = retirementOf(resource.type);
      const given = Object.hasOwn(retiredArguments, resource.type) ? (retiredArguments[resource.type] ?? []) : [];
      return [
        ...(type === undefined ? [] : [`${resource.type} is retired (${type.ends}): use ${type.instead}`]),
        ...given.flatMap((argument) =>
          valuesAt(resource.arguments, argument.at)
            .filter((value) => value !== undefined)
            .filter((value) => isRetired(value, argument))
            .map((value) => `${argument.at} ${said(value)} is retired (${argument.ends}): use ${argument.instead}`),
        ),
      ].map((message) => report(resource, message));
    }),
};

function retirementOf(type: string): Retired | undefined {
  const name = Object.keys(retiredTypes).find((each) =>
    each.endsWith('*') ? type.startsWith(each.slice(0, -1)) : type === each,
  );
  return name === undefined ? undefined : retiredTypes[name];
}

function isRetired(value: Json, { values }: RetiredArgument): boolean {
  if (values === undefined) return value !== false && value !== null && !(isList(value) && value.length === 0);
  return values instanceof RegExp ? values.test(plain(value)) : values.includes(plain(value));
}

const said = (value: Json): string => (isObject(value) || isList(value) ? '(the block)' : shown(value));
