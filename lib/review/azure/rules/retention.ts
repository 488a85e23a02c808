import { oncePer } from '../../../platform/once';
import { isTrue, shown } from '../../json';
import { namedBy } from '../private-dns';
import { reporter, type Rule } from '../rule';
import { resourcesOf, type Resource, type Site } from '../stack';
import { statefulType } from '../stateful-types';

const NAME = 'retention';
const report = reporter(NAME);

const LEVELS = ['CanNotDelete', 'ReadOnly'];

/** What locks of a site keep from being deleted. */
const locked = oncePer(
  (site: Site): ReadonlySet<Resource> =>
    new Set(
      resourcesOf(site, 'azurerm_management_lock')
        .filter(({ arguments: { lock_level: level } }) => LEVELS.some((each) => each === level))
        .flatMap((lock) => namedBy(lock, lock.arguments.scope, site) ?? []),
    ),
);

/** Whether a lock keeps a resource: its own, that of what it stands in, or that of its resource group. */
function isLocked(resource: Resource, site: Site): boolean {
  if (locked(site).has(resource)) return true;
  const { arguments: given } = resource;
  const parent = statefulType(resource)?.lockedWith;
  return [...(parent === undefined ? [] : [parent]), 'resource_group_name'].some((argument) => {
    const holder = namedBy(resource, given[argument], site);
    return holder !== undefined && isLocked(holder, site);
  });
}

/** Everything that holds data is neither destroyed nor replaced by Terraform, nor deleted by anybody else. */
export const retention: Rule = {
  name: NAME,
  judge: ({ resources }, site) =>
    resources.flatMap((resource) => {
      const held = statefulType(resource);
      if (held === undefined) return [];
      const { prevent_destroy: prevents } = resource.lifecycle;
      return [
        ...(isTrue(prevents)
          ? []
          : [`lifecycle.prevent_destroy must be true, got ${shown(prevents)}, which loses ${held.loses}: keep it`]),
        ...(held.lockedWith === 'none' || isLocked(resource, site)
          ? []
          : [`must have a management lock (CanNotDelete), got none, which loses ${held.loses}: keep it`]),
      ].map((message) => report(resource, message));
    }),
};
