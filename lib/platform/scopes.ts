import { thirdPartiesOf, type ThirdParty } from './messages';
import type { Scope } from './nouns/scope';
import { awsPorts } from './aws-ports';
import { callersOf, type Platform } from './platform';
import { meshPort } from './ports';

/** What can be in a scope. */
export type ScopedNoun = keyof Pick<Scope, 'databases' | 'secrets' | 'services'>;

/** The scope that a part is in; nothing for a part that is in none. */
export const scopeOf = ({ scopes }: Pick<Platform, 'scopes'>, noun: ScopedNoun, name: string): string | undefined =>
  Object.entries(scopes).find(([, spec]) => spec[noun].includes(name))?.[0];

/** Third parties that services of a scope call, each host and port once. */
export function scopeThirdParties(platform: Platform, { services }: Pick<Scope, 'services'>): readonly ThirdParty[] {
  const called = services.flatMap((name) => {
    const spec = platform.services[name];
    return spec === undefined ? [] : thirdPartiesOf(platform, spec.uses);
  });
  return [...new Map(called.map((party) => [`${party.host}:${party.port}`, party])).values()];
}

/** Somebody whom the definition lets in to a service: the gateway by its balancer, or a service that calls it. */
export interface DeclaredCall {
  /** `balancer`, or the name of a service. */
  readonly from: string;
  readonly port: number;
}

/** What the balancer before the gateway is called among those who call. */
export const balancerCaller = 'balancer';

/** Who may reach a service, as its definition and those of others say. Whoever is not here stays outside. */
export function declaredCalls(platform: Pick<Platform, 'services'>, service: string): readonly DeclaredCall[] {
  const spec = platform.services[service];
  if (spec === undefined) return [];
  return [
    ...(spec.routes.length > 0 ? [{ from: balancerCaller, port: spec.port }] : []),
    ...callersOf(platform, service).map((from) => ({ from, port: meshPort })),
  ];
}

/** What of a scope its network on AWS must know. */
export interface ScopeNetwork {
  readonly name: string;
  /** Ports at which services of the scope are called from outside of it. */
  readonly calledAt: readonly number[];
  /** Ports at which they call each other. */
  readonly calledInside: readonly number[];
  /** Ports of services outside that services of the scope call. */
  readonly calls: readonly number[];
  /** Ports of parts in the data subnets outside that services of the scope use. */
  readonly usesAt: readonly number[];
  readonly thirdParties: readonly Pick<ThirdParty, 'host' | 'port'>[];
}

const distinct = (ports: readonly number[]): readonly number[] => [...new Set(ports)].sort((a, b) => a - b);

/** What goes into each scope of a platform and out of it, as its services say. */
export const scopeNetworks = (platform: Platform): readonly ScopeNetwork[] =>
  Object.entries(platform.scopes).map(([name, spec]) => {
    const uses = spec.services.flatMap((service) => platform.services[service]?.uses ?? []);
    const inside = (service: string): boolean => spec.services.includes(service);
    const calls = spec.services.flatMap((service) => declaredCalls(platform, service));
    const portsOf = (some: readonly DeclaredCall[]) => distinct(some.map(({ port }) => port));
    return {
      name,
      calledAt: portsOf(calls.filter(({ from }) => !inside(from))),
      calledInside: portsOf(calls.filter(({ from }) => inside(from))),
      calls: uses.some(({ calls }) => calls.some((service) => !inside(service))) ? [meshPort] : [],
      usesAt: uses.some(({ appends, follows }) => appends.length + follows.length > 0) ? [awsPorts.streams] : [],
      thirdParties: scopeThirdParties(platform, spec).map(({ host, port }) => ({ host, port })),
    };
  });
