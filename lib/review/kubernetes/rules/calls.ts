import type { Finding } from '../../finding';
import { listOf, objectOf, stringsOf } from '../../json';
import { behind, toldOf, type Address } from '../addresses';
import type { Cluster, KubernetesObject } from '../cluster';
import { find, ofKind } from '../find';
import { isInMesh, principalOf } from '../mesh';
import { isOpen, type Endpoint } from '../network';
import { reporter, type Rule } from '../rule';
import { selects } from '../selectors';
import { named, workloadsOf, type Workload } from '../workloads';

const name = 'calls';
const report = reporter(name);

/**
 * Pods reach what they are told to call, and nothing else among the platform's own: the network lets them at both ends, and
 * the mesh of the called lets their account in. Whoever is let in without being told is a way that nobody needs.
 */
export const calls: Rule = {
  name,
  judge: (cluster) => [
    ...[...toldOf(cluster)].flatMap(([caller, told]) =>
      told.flatMap((address) => toldProblems(cluster, caller, address)),
    ),
    ...workloadsOf(cluster).flatMap((caller) => untoldProblems(cluster, caller)),
  ],
};

const endpoint = (workload: Workload): Endpoint => ({
  namespace: workload.namespace,
  labels: workload.labels,
  workload,
});

function toldProblems(cluster: Cluster, caller: Workload, address: Address): readonly Finding[] {
  const { at, object, port: asked } = address;
  const target = behind(cluster, address);
  const says = (message: string): Finding => report(object, at, message);
  const host = `${address.service}.${address.namespace}`;
  if (target === undefined) {
    // Pods of others are seen by nobody, and so are their services.
    if (ofKind(cluster, 'Release', address.namespace).length > 0) return [];
    if (['kube-system', 'default'].includes(address.namespace)) return [];
    return [says(`must name a Service of the cluster, got ${host}: correct it`)];
  }
  const port = target.port(asked);
  if (port === undefined) return [says(`must name a port of Service ${host}, got ${asked ?? 'none'}: correct it`)];
  return target.workloads
    .filter((callee) => callee.object !== caller.object)
    .flatMap((callee) => {
      const way = { from: endpoint(caller), to: endpoint(callee), port: `TCP/${port}` };
      return [
        ...(['egress', 'ingress'] as const)
          .filter((direction) => !isOpen(cluster, { ...way, direction }))
          .map((direction) =>
            says(
              `calls ${host} at ${port}, and no NetworkPolicy of ${direction === 'egress' ? caller.namespace : callee.namespace} lets ` +
                `${named(caller.object)} ${direction === 'egress' ? 'out to' : 'in to'} ${named(callee.object)}: open both ends`,
            ),
          ),
        ...(isInMesh(cluster, callee) && !isLetIn(cluster, caller, callee, port)
          ? [
              says(
                `calls ${host} at ${port}, and no AuthorizationPolicy of ${callee.namespace} lets ${principalOf(caller)} in: name it there`,
              ),
            ]
          : []),
      ];
    });
}

/** The policies of the mesh that let somebody in to pods. */
const allowing = (cluster: Cluster, { labels, namespace }: Workload): readonly KubernetesObject[] =>
  ofKind(cluster, 'AuthorizationPolicy', namespace).filter(({ value }) => {
    const { action, selector } = objectOf(value.spec);
    return (action ?? 'ALLOW') === 'ALLOW' && selects(selector, labels);
  });

/** Whether a policy of the mesh lets an account in at a port. */
const isLetIn = (cluster: Cluster, caller: Workload, callee: Workload, port: number): boolean =>
  allowing(cluster, callee).some(({ value }) =>
    listOf(objectOf(value.spec).rules).some((rule) => {
      const { from, to } = objectOf(rule);
      const sources = listOf(from).map((each) => objectOf(objectOf(each).source));
      const operations = listOf(to).map((each) => objectOf(objectOf(each).operation));
      return (
        sources.some(({ principals }) => stringsOf(principals).includes(principalOf(caller))) &&
        (operations.length === 0 ||
          operations.some(({ ports }) => ports === undefined || stringsOf(ports).includes(String(port))))
      );
    }),
  );

/** Everybody who is let in to pods by name is there, and was told of them. */
function untoldProblems(cluster: Cluster, callee: Workload): readonly Finding[] {
  return allowing(cluster, callee).flatMap((policy) =>
    listOf(objectOf(policy.value.spec).rules).flatMap((rule, index) =>
      listOf(objectOf(rule).from)
        .flatMap((each) => stringsOf(objectOf(objectOf(each).source).principals))
        .flatMap((principal) =>
          principalProblems(cluster, { principal, policy, callee, at: `spec.rules[${index}].from` }),
        ),
    ),
  );
}

function principalProblems(
  cluster: Cluster,
  { at, callee, policy, principal }: { principal: string; policy: KubernetesObject; callee: Workload; at: string },
): readonly Finding[] {
  const [, namespace = '', account = ''] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(principal) ?? [];
  if (ofKind(cluster, 'Release', namespace).length > 0) return [];
  if (find(cluster, 'ServiceAccount', account, namespace) === undefined) {
    return [report(policy, at, `must name an account of the cluster, got ${principal}: correct it`)];
  }
  const isTold = workloadsOf(cluster)
    .filter((each) => each.namespace === namespace && each.account === account)
    .some((caller) =>
      (toldOf(cluster).get(caller) ?? []).some(
        (address) => behind(cluster, address)?.workloads.includes(callee) === true,
      ),
    );
  if (isTold || namespace === callee.namespace) return [];
  return [
    report(
      policy,
      at,
      `lets ${principal} in, which nobody told of ${named(callee.object)}: take it away, or let it be called`,
    ),
  ];
}
