import { byName } from '../stateful-lock';
import type { Held } from '../stateful-lock';
import { kindOf, type Site } from './stack';
import { statefulType, statefulTypes } from './stateful-types';

/** Under which key a lock has what a stage's site on Azure holds. */
export const siteKey = (stage: string): string => `${stage}/azure`;

/**
 * What holds data in a site.
 *
 * @param stage `<platform>-<stage>`
 */
export function heldIn({ stacks }: Site, stage: string): Held {
  const entries = stacks.flatMap(({ resources }) =>
    resources
      .filter((resource) => statefulType(resource) !== undefined)
      .map((resource) => {
        const { address, path, stack } = resource;
        return { stack, logicalId: address, type: kindOf(resource), path };
      }),
  );
  return {
    entries: [[siteKey(stage), entries.sort(byName)]],
    loses: (type) => statefulTypes[type]?.loses ?? 'what it holds',
  };
}
