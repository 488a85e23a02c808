import type { Finding } from '../../finding';
import { objectOf } from '../../json';
import { behind, toldOf } from '../addresses';
import type { Cluster } from '../cluster';
import { endpointsOf, means, peersOf, shownEndpoint, waysOf, type Endpoint, type Way } from '../network';
import { reporter, type Rule } from '../rule';
import type { Workload } from '../workloads';

const name = 'unneeded-ways';
const report = reporter(name);

/** Policies of the network open no way between pods of the platform that one end was not told to go. */
export const unneededWays: Rule = {
  name,
  judge: (cluster) =>
    endpointsOf(cluster).flatMap((from) =>
      from.workload === undefined ? [] : wayProblems(cluster, from, from.workload),
    ),
};

function wayProblems(cluster: Cluster, from: Endpoint, caller: Workload): readonly Finding[] {
  const told = new Set(
    (toldOf(cluster).get(caller) ?? []).flatMap((address) => behind(cluster, address)?.workloads ?? []),
  );
  return (waysOf(cluster, from, 'egress') ?? []).filter(isOfSome).flatMap((way) =>
    (peersOf(way, 'egress') ?? []).flatMap((peer, index) => {
      const meant = endpointsOf(cluster).filter((to) => means(cluster, way, peer, to));
      const rendered = meant.flatMap(({ workload }) => (workload === undefined ? [] : [workload]));
      if (rendered.length === 0 || rendered.some((each) => told.has(each) || each === caller)) return [];
      const [first] = meant;
      return first === undefined
        ? []
        : [
            report(
              way.policy,
              `${way.at}.to[${index}]`,
              `lets ${shownEndpoint(from)} out to ${shownEndpoint(first)}, which it was not told of: take it away`,
            ),
          ];
    }),
  );
}

/** A policy of every pod of its namespace is for what stands beside all of them, such as the proxy of the mesh. */
const isOfSome = ({ policy }: Way): boolean => JSON.stringify(objectOf(policy.value.spec).podSelector ?? {}) !== '{}';
