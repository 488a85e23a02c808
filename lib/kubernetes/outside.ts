import { usesNoun, type UseKind } from '../platform/definition';
import type { Source } from '../platform/contract';
import { isHosted, thirdPartiesOf as allThirdParties, type ThirdParty } from '../platform/messages';
import { standsOn, workflowsOf } from '../platform/platform';
import type { Outside, OutsideHost, Reach } from './cloud';
import type { ClusterContext } from './context';
import { warehouseOutside } from './warehouse-access';

type Parts = Pick<ClusterContext, 'cloud' | 'platform' | 'siteName'>;

/** Nouns that lie outside of the cluster. */
const outsideNouns = [
  'databases',
  'caches',
  'searches',
  'documents',
  'buckets',
  'queues',
  'topics',
  'streams',
  'flags',
  'messages',
  'workflows',
] as const;
type OutsideNoun = (typeof outsideNouns)[number];

const liesOutside = (noun: string): noun is OutsideNoun => outsideNouns.some((each) => each === noun);

/** The parts outside of the cluster that a service uses and that stand on the site, each once. */
export function partsUsed({ platform, siteName }: Parts, service: string): readonly Pick<Source, 'name' | 'noun'>[] {
  const uses = platform.services[service]?.uses;
  const parts = (Object.entries(uses ?? {}) as [UseKind, readonly string[]][]).flatMap(([kind, names]) => {
    const noun = usesNoun[kind];
    return liesOutside(noun) ? names.map((name) => ({ noun, name })) : [];
  });
  const steps = workflowsOf(platform, service).map((name) => ({ noun: 'workflows' as const, name }));
  return distinct([...parts, ...steps]).filter(
    ({ name, noun }) =>
      standsOn(platform, siteName, noun, name) && (noun !== 'messages' || isHosted(platform.messages[name] ?? {})),
  );
}

/** Everything outside of the cluster that a service may reach: what it uses, and where it gets its tokens. Third parties apart. */
export function outsideOf(context: Parts, service: string): Outside {
  const all = [
    context.cloud.tokens,
    ...partsUsed(context, service).map((part) => context.cloud.outside(part, service)),
    warehouseOutside(context, service),
  ];
  return { reach: distinct(all.flatMap(({ reach }) => reach)), hosts: distinct(all.flatMap(({ hosts }) => hosts)) };
}

/** The third parties that a service calls, each host and port once. */
export function thirdPartiesOf({ platform }: Pick<Parts, 'platform'>, service: string): readonly ThirdParty[] {
  const uses = platform.services[service]?.uses;
  return eachOnce(uses === undefined ? [] : allThirdParties(platform, uses));
}

const isTimed = (host: OutsideHost): host is OutsideHost & ThirdParty => host.timeoutMilliseconds !== undefined;

/** Whom a service may not wait for in vain: third parties, and what of the cloud is called as one. */
export const sparedBy = (context: Parts, service: string): readonly ThirdParty[] =>
  eachOnce([...outsideOf(context, service).hosts.filter(isTimed), ...thirdPartiesOf(context, service)]);

/** Each host and port once; of several times the longest holds. */
const eachOnce = (called: readonly ThirdParty[]): readonly ThirdParty[] =>
  distinct(called.map(({ host, port }) => ({ host, port }))).map((party) => ({
    ...party,
    timeoutMilliseconds: Math.max(
      ...called
        .filter(({ host, port }) => host === party.host && port === party.port)
        .map(({ timeoutMilliseconds }) => timeoutMilliseconds),
    ),
  }));

/** Ways out that lead to the same addresses, as one with all their ports. */
export function mergedReach(ways: readonly Reach[]): readonly Reach[] {
  const byAddresses = new Map<string, Reach>();
  for (const way of ways) {
    const key = JSON.stringify([way.ranges, way.except]);
    const ports = distinct([...(byAddresses.get(key)?.ports ?? []), ...way.ports]);
    byAddresses.set(key, { ...way, ports: [...ports].sort((a, b) => firstOf(a) - firstOf(b)) });
  }
  return [...byAddresses.values()];
}

const firstOf = (port: Reach['ports'][number]): number => (typeof port === 'number' ? port : port.first);

/** Each of the values once, in the order of their first. */
function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
