import { removedIn5 } from '../data/removed-in-5';
import { reporter, type Rule } from '../rule';
import { valuesAt } from '../settings';

const NAME = 'both-majors';
const report = reporter(NAME);

/** Nothing is written that azurerm 5.0 takes away and for which version 4 already has the new name. */
export const bothMajors: Rule = {
  name: NAME,
  judge: ({ resources }) =>
    resources.flatMap((resource) => {
      const removed = Object.hasOwn(removedIn5, resource.type) ? (removedIn5[resource.type] ?? {}) : {};
      return Object.entries(removed)
        .filter(([at]) => valuesAt(resource.arguments, at).some((value) => value !== undefined))
        .map(([at, instead]) => report(resource, `${at} is no argument of azurerm 5.0: use ${instead}`));
    }),
};
