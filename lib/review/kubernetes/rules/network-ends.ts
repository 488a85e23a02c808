import type { Finding } from '../../finding';
import type { Cluster } from '../cluster';
import {
  endpointsOf,
  EVERY_PORT,
  isOpen,
  means,
  peersOf,
  portsOf,
  shownEndpoint,
  waysOf,
  type Direction,
  type Endpoint,
  type Way,
} from '../network';
import { reporter, type Rule } from '../rule';

const name = 'network-ends';
const report = reporter(name);

const other: Readonly<Record<Direction, Direction>> = { egress: 'ingress', ingress: 'egress' };

/** A way that policies open at one end inside the cluster is open at the other, and leads to pods that there are. */
export const networkEnds: Rule = {
  name,
  judge: (cluster) => {
    const endpoints = endpointsOf(cluster);
    return unique(
      endpoints.flatMap((endpoint) =>
        (['egress', 'ingress'] as const).flatMap((direction) =>
          (waysOf(cluster, endpoint, direction) ?? []).flatMap((way) =>
            wayProblems(cluster, way, direction, endpoint, endpoints),
          ),
        ),
      ),
    );
  },
};

function wayProblems(
  cluster: Cluster,
  way: Way,
  direction: Direction,
  own: Endpoint,
  endpoints: readonly Endpoint[],
): readonly Finding[] {
  return (peersOf(way, direction) ?? []).flatMap((peer, index) => {
    if (peer.ipBlock !== undefined) return [];
    const at = `${way.at}.${direction === 'egress' ? 'to' : 'from'}[${index}]`;
    const isAll = peer.podSelector === undefined && peer.namespaceSelector !== undefined;
    const meant = endpoints.filter((each) => means(cluster, way, peer, each));
    if (meant.length === 0 && !isAll) {
      return [report(way.policy, at, `must mean pods that there are, got ${JSON.stringify(peer)}: correct the labels`)];
    }
    return meant.flatMap((far) => farProblems(cluster, { way, at, direction, own, far }));
  });
}

function farProblems(
  cluster: Cluster,
  { at, direction, far, own, way }: { way: Way; at: string; direction: Direction; own: Endpoint; far: Endpoint },
): readonly Finding[] {
  const [from, to] = direction === 'egress' ? [own, far] : [far, own];
  if (from === to) return [];
  return portsOf(way, to)
    .filter((port) => !isOpen(cluster, { direction: other[direction], from, to, port }))
    .map((port) => {
      const says = direction === 'egress' ? 'lets nobody in from' : 'lets nobody out to';
      const what = port === EVERY_PORT ? port : `port ${port}`;
      return report(
        way.policy,
        at,
        `opens ${what} between ${shownEndpoint(own)} and ${shownEndpoint(far)}, and the other end ${says} there: open both ends, or neither`,
      );
    });
}

/** One finding where several pods give the same. */
const unique = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((each) => [JSON.stringify(each), each])).values(),
];
