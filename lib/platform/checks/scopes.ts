import type { UseKind } from '../definition';
import type { Problem } from '../error';
import { sitesOf, usersOn, type PlacedSite, type Platform } from '../platform';
import { parseRange } from '../address';
import { fleetOf, neededAddresses, roomForPods } from '../eks-nodes';
import { scopeOf, scopeOfMember, scopeThirdParties } from '../scopes';
import { scopeTiers } from '../subnets';
import { scopedNouns, scopeMembers as members, type Scope } from '../nouns/scope';
import { azureScopeProblems } from './azure-scopes';
import { stagePath, when, type Check } from './check';

const entriesOf = ({ scopes }: Platform): readonly (readonly [name: string, spec: Scope])[] => Object.entries(scopes);

/** A scope has subnets, what runs in them, and a way out of its own, and so stands where there are such things. */
export const scopeSites: Check = (platform) =>
  entriesOf(platform).flatMap(([scope, spec]) =>
    sitesOf(platform).flatMap((site) =>
      site.cloud === 'azure'
        ? azureScopeProblems(platform, scope, spec, site)
        : [
            ...memberProblems(scope, spec),
            ...wayOutProblems(platform, scope, spec, site),
            ...(site.runtime === 'eks' ? roomProblems(platform, scope, spec, site) : []),
          ],
    ),
  );

/** On AWS, what does the work of a scope are services. */
const memberProblems = (scope: string, { functions, services }: Scope): readonly Problem[] => [
  ...when(functions.length > 0, () => ({
    path: `scopes.${scope}.functions`,
    got: functions,
    allowed: 'absent on aws, where functions share roles of the network and subnets with others',
    remedy: 'make them services, or stand on azure',
  })),
  ...when(services.length === 0 && functions.length === 0, () => ({
    path: `scopes.${scope}.services`,
    got: services,
    allowed: 'at least one on aws: what does the work of the scope',
    remedy: 'name a service',
  })),
];

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
    scopedNouns.flatMap((noun) =>
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
    const own = scopeOfMember(platform, user);
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

/** What a service or a function of a scope has outside of it. */
function usesToOutside(platform: Platform): readonly Problem[] {
  return entriesOf(platform).flatMap(([scope, spec]) =>
    members.flatMap((member) =>
      spec[member].flatMap((name) => {
        const uses: Readonly<Partial<Record<UseKind, readonly string[]>>> = platform[member][name]?.uses ?? {};
        const problem = (kind: UseKind, used: string, remedy: string): Problem => ({
          path: `${member}.${name}.uses.${kind}`,
          got: used,
          allowed: `what is in scopes.${scope}, because ${name} is`,
          remedy,
        });
        return [
          ...(['databases', 'secrets'] as const).flatMap((noun) =>
            (uses[noun] ?? [])
              .filter((used) => scopeOf(platform, noun, used) === undefined)
              .map((used) => problem(noun, used, `add ${used} to scopes.${scope}.${noun}`)),
          ),
          ...keptOutside.flatMap((kind) =>
            (uses[kind] ?? []).map((used) =>
              problem(kind, used, 'keep it in a database of the scope, or let a service outside do it'),
            ),
          ),
        ];
      }),
    ),
  );
}
