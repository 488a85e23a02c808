import { thirdPartiesOf, type ThirdParty } from './messages';
import { scopeMembers, type Scope, type ScopedNoun } from './nouns/scope';
import type { AwsSite } from './nouns/site';
import { awsPorts } from './aws-ports';
import { callersOf, type Platform } from './platform';
import { migrationWord, scopeMigrationWord } from './names';
import { kubeletPort, meshPort } from './ports';

const distinct = (ports: readonly number[]): readonly number[] => [...new Set(ports)].sort((a, b) => a - b);

/** Tag of everything that stands in a scope. */
export const scopeTag = 'scope';

/** The scope that a part is in; nothing for a part that is in none. */
export const scopeOf = ({ scopes }: Pick<Platform, 'scopes'>, noun: ScopedNoun, name: string): string | undefined =>
  Object.entries(scopes).find(([, spec]) => spec[noun].includes(name))?.[0];

/** The scope that a service or a function is in; nothing for one that is in none. */
export const scopeOfMember = (platform: Pick<Platform, 'scopes'>, name: string): string | undefined =>
  scopeMembers.map((noun) => scopeOf(platform, noun, name)).find((scope) => scope !== undefined);

/** The scope in whose pods a word stands: that of a service, or of the job that brings databases of a scope up to date. */
export const scopeOfWord = (platform: Pick<Platform, 'scopes'>, word: string): string | undefined =>
  scopeOf(platform, 'services', word) ??
  Object.keys(platform.scopes).find((scope) => scopeMigrationWord(scope) === word);

/** The word of the job that brings a database up to date in a cluster: those of a scope have one of its own. */
export function migrationWordOf(platform: Pick<Platform, 'scopes'>, database: string): string {
  const scope = scopeOf(platform, 'databases', database);
  return scope === undefined ? migrationWord : scopeMigrationWord(scope);
}

/** Third parties that services and functions of a scope call, each host and port once. */
export function scopeThirdParties(
  platform: Platform,
  spec: Pick<Scope, (typeof scopeMembers)[number]>,
): readonly ThirdParty[] {
  const called = scopeMembers.flatMap((noun) =>
    spec[noun].flatMap((name) => {
      const uses = platform[noun][name]?.uses;
      return uses === undefined ? [] : thirdPartiesOf(platform, uses);
    }),
  );
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

/** What the nodes of everything else in a cluster are called among those who call. */
export const clusterCaller = 'cluster';

/** Ports at which the rest of a cluster reaches nodes of a scope whatever is declared: their kubelet, and figures of proxies. */
const nodePorts = { kubelet: kubeletPort, proxyFigures: 15_020 } as const;

/** Ports of pods outside of a scope that all pods of the mesh reach: its control plane, and the collector. */
export const meshedPorts = [4317, 15_012] as const;

const portsOfServices = ({ services }: Pick<Platform, 'services'>, names: readonly string[]): readonly number[] =>
  distinct(names.flatMap((name) => services[name]?.port ?? []));

/** Ports at which services of a scope are called in a cluster, by who calls; those that nobody calls are not among them. */
export function podPorts(platform: Pick<Platform, 'services'>, { services }: Pick<Scope, 'services'>) {
  const isCalled = (service: string, inside: boolean): boolean =>
    (!inside && (platform.services[service]?.routes.length ?? 0) > 0) ||
    callersOf(platform, service).some((caller) => services.includes(caller) === inside);
  const calledFrom = (inside: boolean) =>
    portsOfServices(
      platform,
      services.filter((each) => isCalled(each, inside)),
    );
  const called = services.flatMap((name) => platform.services[name]?.uses.calls ?? []);
  return {
    /** By the gateway and by services outside. */
    outside: calledFrom(false),
    /** By each other. */
    inside: calledFrom(true),
    /** Of services outside that services of the scope call. */
    calls: portsOfServices(
      platform,
      called.filter((name) => !services.includes(name)),
    ),
    /** By whatever runs and watches nodes. */
    nodes: Object.values(nodePorts),
  };
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

/** What goes into each scope of a platform and out of it, as its services say, by what runs them. */
export const scopeNetworks = (platform: Platform, runtime: AwsSite['runtime'] = 'ecs'): readonly ScopeNetwork[] =>
  Object.entries(platform.scopes).map(([name, spec]) => {
    const uses = spec.services.flatMap((service) => platform.services[service]?.uses ?? []);
    return {
      name,
      ...(runtime === 'ecs' ? tasksCalled(platform, spec) : podsCalled(platform, spec)),
      usesAt: uses.some(({ appends, follows }) => appends.length + follows.length > 0) ? [awsPorts.streams] : [],
      thirdParties: scopeThirdParties(platform, spec).map(({ host, port }) => ({ host, port })),
    };
  });

type Called = Pick<ScopeNetwork, 'calledAt' | 'calledInside' | 'calls'>;

function tasksCalled(platform: Platform, spec: Scope): Called {
  const inside = (service: string): boolean => spec.services.includes(service);
  const calls = spec.services.flatMap((service) => declaredCalls(platform, service));
  const portsOf = (some: readonly DeclaredCall[]) => distinct(some.map(({ port }) => port));
  const called = spec.services.flatMap((service) => platform.services[service]?.uses.calls ?? []);
  return {
    calledAt: portsOf(calls.filter(({ from }) => !inside(from))),
    calledInside: portsOf(calls.filter(({ from }) => inside(from))),
    calls: called.some((service) => !inside(service)) ? [meshPort] : [],
  };
}

/** Into the subnets of pods outside lead the ports of answers, which hold those of services as well. */
function podsCalled(platform: Platform, spec: Scope): Called {
  const { inside, nodes, outside } = podPorts(platform, spec);
  return { calledAt: distinct([...outside, ...nodes]), calledInside: inside, calls: [] };
}
