import type { UseKind } from '../definition';
import type { Problem } from '../error';
import { sitesOf, usersOn, type PlacedSite, type Platform } from '../platform';
import { parseRange } from '../address';
import { fleetOf, neededAddresses, roomForPods } from '../eks-nodes';
import { scopeOf, scopeThirdParties, type ScopedNoun } from '../scopes';
import { scopeTiers } from '../subnets';
import type { Scope } from '../nouns/scope';
import { stagePath, when, type Check } from './check';

const nouns = ['services', 'databases', 'secrets'] as const satisfies readonly ScopedNoun[];

const entriesOf = ({ scopes }: Platform): readonly (readonly [name: string, spec: Scope])[] => Object.entries(scopes);

/** A scope has subnets, tasks or nodes, and a way out of its own, and so stands where there are such things. */
export const scopeSites: Check = (platform) =>
  entriesOf(platform).flatMap(([scope, spec]) =>
    sitesOf(platform).flatMap((site) => [
      ...when(site.cloud !== 'aws', () => ({
        path: `scopes.${scope}`,
        got: site.cloud,
        allowed: `a site on aws; ${site.siteName} is on ${site.cloud}, whose pods share nodes and subnets`,
        remedy: `stand on aws alone, or omit the scope from the stage with a reason: omits: { scopes: { ${scope}: { reason } } }`,
      })),
      ...(site.cloud === 'aws' ? wayOutProblems(platform, scope, spec, site) : []),
      ...(site.runtime === 'eks' ? roomProblems(platform, scope, spec, site) : []),
    ]),
  );

/** Pods of a scope have addresses of its subnets, when everything is at its most and a zone is lost. */
function roomProblems(
  platform: Platform,
  scope: string,
  { services }: Scope,
  { network, siteName, zones }: PlacedSite & { readonly runtime: 'eks' },
): readonly Problem[] {
  const room = roomForPods(network.cidr, zones.length, scopeTiers.services);
  const needed = neededAddresses(fleetOf(platform, services));
  return when(parseRange(network.cidr) !== undefined && room < needed, () => ({
    path: stagePath(platform, `sites.${siteName}.network.cidr`),
    got: network.cidr,
    allowed: `a range in which the subnets of scopes.${scope} have ${needed} addresses for its pods and nodes when a zone is lost, and these have ${room}`,
    remedy: 'choose a shorter prefix, three zones, or lower the most of services of the scope',
  }));
}

function wayOutProblems(
  platform: Platform,
  scope: string,
  spec: Scope,
  site: PlacedSite & { readonly cloud: 'aws' },
): readonly Problem[] {
  const { interfaceEndpoints, nat } = site.network;
  const path = (field: string) => stagePath(platform, `sites.${site.siteName}.network.${field}`);
  return [
    ...when(!interfaceEndpoints, () => ({
      path: path('interfaceEndpoints'),
      got: interfaceEndpoints,
      allowed: `true with scopes.${scope}, whose way out leads to its third parties alone, and so not to AWS`,
      remedy: 'turn it on, or omit the scope from the stage with a reason',
    })),
    ...when(scopeThirdParties(platform, spec).length > 0 && nat !== 'per-zone' && nat !== 'single', () => ({
      path: path('nat'),
      got: nat,
      allowed: `per-zone or single with scopes.${scope}: answers of third parties come back through its firewall by the routes of a gateway's subnet`,
      remedy: "write 'per-zone'",
    })),
  ];
}

/** A part is in one scope at most. */
export const scopeMembers: Check = (platform) =>
  entriesOf(platform).flatMap(([scope, spec]) =>
    nouns.flatMap((noun) =>
      spec[noun].flatMap((name) => {
        const first = scopeOf(platform, noun, name);
        return when(first !== scope, () => ({
          path: `scopes.${scope}.${noun}`,
          got: name,
          allowed: `a part that is in no other scope; ${name} is in ${first}`,
          remedy: 'take it out of one of them',
        }));
      }),
    ),
  );

/** What a service of a scope may use: what is in the scope, and what carries messages. Whatever keeps data for others is outside. */
const keptOutside = [
  'caches',
  'searches',
  'documents',
  'readsDocuments',
  'reads',
  'writes',
  'feeds',
  'queries',
] as const satisfies readonly UseKind[];

/** What is in a scope is used by it alone, and what is in it keeps nothing outside. */
export const scopeUses: Check = (platform) => [...usesFromOutside(platform), ...usesToOutside(platform)];

/** Databases and secrets of a scope that somebody outside has. */
function usesFromOutside(platform: Platform): readonly Problem[] {
  const problem = (path: string, name: string, scope: string): Problem => ({
    path,
    got: name,
    allowed: `a part of no scope; ${name} is in scopes.${scope}, and this is not`,
    remedy: 'call a service of the scope instead, or take both in',
  });
  const users = Object.entries(usersOn(platform, 'primary')).flatMap(([user, { uses }]) => {
    const own = scopeOf(platform, 'services', user);
    const path = user in platform.services ? `services.${user}` : `functions.${user}`;
    return (['databases', 'secrets'] as const).flatMap((noun) =>
      (uses[noun] ?? []).flatMap((name) => {
        const scope = scopeOf(platform, noun, name);
        return scope === undefined || scope === own ? [] : [problem(`${path}.uses.${noun}`, name, scope)];
      }),
    );
  });
  const token = platform.gateway?.tokens.secret;
  const tokenScope = token === undefined ? undefined : scopeOf(platform, 'secrets', token);
  return [
    ...users,
    ...(token === undefined || tokenScope === undefined ? [] : [problem('gateway.tokens.secret', token, tokenScope)]),
  ];
}

/** What a service of a scope has outside of it. */
function usesToOutside(platform: Platform): readonly Problem[] {
  return entriesOf(platform).flatMap(([scope, spec]) =>
    spec.services.flatMap((service) => {
      const uses = platform.services[service]?.uses;
      if (uses === undefined) return [];
      const problem = (kind: UseKind, name: string, remedy: string): Problem => ({
        path: `services.${service}.uses.${kind}`,
        got: name,
        allowed: `what is in scopes.${scope}, because ${service} is`,
        remedy,
      });
      return [
        ...(['databases', 'secrets'] as const).flatMap((noun) =>
          uses[noun]
            .filter((name) => scopeOf(platform, noun, name) === undefined)
            .map((name) => problem(noun, name, `add ${name} to scopes.${scope}.${noun}`)),
        ),
        ...keptOutside.flatMap((kind) =>
          uses[kind].map((name) =>
            problem(kind, name, 'keep it in a database of the scope, or let a service outside do it'),
          ),
        ),
      ];
    }),
  );
}
