import { breaker } from '../platform/breaker';
import type { ThirdParty } from '../platform/messages';
import type { OutsideHost, PortRange, Reach } from './cloud';
import type { ClusterContext } from './context';
import type { IDestinationRule, IServiceEntry } from './custom-types';
import { outsideOf, sparedBy, thirdPartiesOf } from './outside';

type Spec<Kind extends { spec?: unknown }> = NonNullable<Kind['spec']>;

const entry = (
  hosts: readonly string[],
  ports: readonly number[],
  rest: Pick<Spec<IServiceEntry>, 'addresses' | 'resolution'> & { readonly protocol: 'TCP' | 'TLS' },
): Spec<IServiceEntry> => {
  const { protocol, ...how } = rest;
  return {
    hosts: [...hosts],
    location: 'MESH_EXTERNAL',
    // Nobody else learns of it.
    exportTo: ['.'],
    ports: ports.map((number) => ({ name: `${protocol.toLowerCase()}-${number}`, number, protocol })),
    ...how,
  };
};

/** A host that speaks TLS is known by the name in its greeting, and the proxy looks up by itself where that is. */
const byName = ({ host, port }: Pick<OutsideHost, 'host' | 'port'>): Spec<IServiceEntry> =>
  entry([host], [port], { protocol: 'TLS', resolution: 'DNS' });

/** Every port of a row; Istio has no rows of ports. */
const inRow = ({ first, last }: PortRange): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/**
 * Hosts whose name does not tell where a connection goes are known by their addresses: two by name on one port would be the same
 * to a proxy, and all connections would go to the first.
 */
function byAddresses(
  hosts: readonly OutsideHost[],
  ways: readonly Reach[],
): Readonly<Record<string, Spec<IServiceEntry>>> {
  const ports = [...new Set(hosts.map(({ port }) => port))];
  return Object.fromEntries(
    ports.map((port) => {
      const ranges = ways.filter((way) => way.ports.includes(port)).flatMap((way) => way.ranges);
      if (ranges.length === 0) throw new Error(`port ${port} must be reached by some range of addresses, got none`);
      const named = hosts.filter((each) => each.port === port);
      const further = new Set(named.flatMap(({ sendsOnTo }) => (sendsOnTo === undefined ? [] : inRow(sendsOnTo))));
      return [
        `tcp-${port}`,
        entry(
          named.map(({ host }) => host),
          [port, ...further],
          { protocol: 'TCP', resolution: 'NONE', addresses: [...new Set(ranges)] },
        ),
      ];
    }),
  );
}

/** Hosts outside of the mesh that a service may reach, by the name of the entry: all that it uses, and no other. */
export function outsideEntries(
  context: Pick<ClusterContext, 'cloud' | 'platform' | 'siteName'>,
  service: string,
): Readonly<Record<string, Spec<IServiceEntry>>> {
  const { hosts, reach } = outsideOf(context, service);
  const named = [...hosts.filter(({ protocol }) => protocol === 'tls'), ...thirdPartiesOf(context, service)];
  return {
    ...Object.fromEntries(named.map((each) => [entryName(each), byName(each)])),
    ...byAddresses(
      hosts.filter(({ protocol }) => protocol === 'tcp'),
      reach,
    ),
  };
}

const https = 443;

/** Name of the entry of a host. */
const entryName = ({ host, port }: Pick<OutsideHost, 'host' | 'port'>): string =>
  port === https ? host : `${host}.${port}`;

/** Connections that one pod may have to a third party at once; ours. */
const mostConnections = 100;

/** A connection that takes longer than this is not coming, in milliseconds. */
const mostConnectMilliseconds = 5000;

const thirdPartyRule = ({ host, timeoutMilliseconds }: ThirdParty): Spec<IDestinationRule> => ({
  host,
  exportTo: ['.'],
  trafficPolicy: {
    connectionPool: {
      tcp: {
        maxConnections: mostConnections,
        connectTimeout: `${Math.min(mostConnectMilliseconds, timeoutMilliseconds)}ms`,
      },
    },
    outlierDetection: {
      splitExternalLocalOriginErrors: true,
      consecutiveLocalOriginFailures: breaker.failures,
      interval: '10s',
      baseEjectionTime: `${breaker.restSeconds}s`,
      maxEjectionPercent: 100,
    },
  },
});

/**
 * How a service's proxies spare a third party that does not answer, and what of the cloud is called as one, and the service's own connections: after five failures in a
 * row an address is left out for a while, and a call to it fails at once instead of after its time.
 */
export const thirdPartyRules = (
  context: Pick<ClusterContext, 'cloud' | 'platform' | 'siteName'>,
  service: string,
): Readonly<Record<string, Spec<IDestinationRule>>> =>
  Object.fromEntries(sparedBy(context, service).map((party) => [entryName(party), thirdPartyRule(party)]));
