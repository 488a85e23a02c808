import { isTrue, numberOf, shown } from '../../json';
import { namedBy } from '../private-dns';
import { reporter, type Rule } from '../rule';
import { resourcesOf, type Resource, type Site } from '../stack';

const NAME = 'origins';
const report = reporter(NAME);

/**
 * Where Front Door asks several sites, one is asked before the next, it is found out which of them serves, each has a name of its own,
 * and all are reached by private link or none, which Azure asks for.
 */
export const origins: Rule = {
  name: NAME,
  judge: (stack, site) =>
    resourcesOf(stack, 'azurerm_cdn_frontdoor_origin_group').flatMap((group) =>
      problemsOf(group, site).map((problem) => report(group, problem)),
    ),
};

function problemsOf(group: Resource, site: Site): readonly string[] {
  const asked = resourcesOf(site, 'azurerm_cdn_frontdoor_origin').filter(
    (origin) =>
      namedBy(origin, origin.arguments.cdn_frontdoor_origin_group_id, site) === group &&
      (origin.arguments.enabled === undefined || isTrue(origin.arguments.enabled)),
  );
  if (asked.length < 2) return [];
  const priorities = asked.map((origin) => numberOf(origin.arguments.priority) ?? 1);
  const hosts = asked.map((origin) => origin.arguments.host_name);
  const linked = asked.filter((origin) => origin.arguments.private_link !== undefined).length;
  return [
    ...(new Set(priorities).size === asked.length
      ? []
      : [
          `has origins of the priorities ${priorities.join(', ')}: give each another, or a site that waits takes requests`,
        ]),
    ...(new Set(hosts.map(shown)).size === asked.length
      ? []
      : [`has two origins of one host_name, ${hosts.map(shown).join(', ')}: name each site by a name of its own`]),
    ...(group.arguments.health_probe === undefined
      ? ['must have a health_probe, got none: nobody finds out that the first of its origins does not serve']
      : []),
    ...(linked === 0 || linked === asked.length
      ? []
      : [`reaches ${linked} of its ${asked.length} origins by private link: reach all of them so`]),
  ];
}
