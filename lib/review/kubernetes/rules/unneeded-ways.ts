import type { Finding } from '../../finding';
import { listOf, objectOf } from '../../json';
import { behind, toldOf } from '../addresses';
import type { Cluster, KubernetesObject } from '../cluster';
import { ofKind } from '../find';
import { endpointsOf, means, shownEndpoint, type Way } from '../network';
import { reporter, type Rule } from '../rule';
import { selects } from '../selectors';
import { workloadsOf, type Workload } from '../workloads';

const name = 'unneeded-ways';
const report = reporter(name);

/** What the names of policies begin with that are a namespace's own: they are for what stands beside its pods, such as proxies. */
const OWN = 'namespace-';

/** Policies of the network open no way between pods of the platform that nobody was told to go. */
export const unneededWays: Rule = {
  name,
  judge: (cluster) =>
    ofKind(cluster, 'NetworkPolicy')
      .filter((policy) => !policy.name.startsWith(OWN))
      .flatMap((policy) => policyProblems(policy, cluster)),
};

function policyProblems(policy: KubernetesObject, cluster: Cluster): readonly Finding[] {
  const { egress, podSelector } = objectOf(policy.value.spec);
  const callers = workloadsOf(cluster).filter(
    ({ labels, namespace }) => namespace === policy.namespace && selects(podSelector, labels),
  );
  const reached = new Set<Workload | undefined>([...callers, ...callers.flatMap((caller) => toldBy(cluster, caller))]);
  if (callers.length === 0) return [];
  return listOf(egress)
    .map(objectOf)
    .flatMap((rule, index) =>
      listOf(rule.to).flatMap((peer, position) => {
        const at = `spec.egress[${index}].to[${position}]`;
        const way: Way = { policy, at, rule };
        return endpointsOf(cluster)
          .filter((to) => to.workload !== undefined && means(cluster, way, objectOf(peer), to))
          .filter(({ workload }) => !reached.has(workload))
          .map((to) =>
            report(
              policy,
              at,
              `lets pods of ${policy.namespace} out to ${shownEndpoint(to)}, which none of them was told of: take it away`,
            ),
          );
      }),
    );
}

const toldBy = (cluster: Cluster, caller: Workload): readonly Workload[] =>
  (toldOf(cluster).get(caller) ?? []).flatMap((address) => behind(cluster, address)?.workloads ?? []);
