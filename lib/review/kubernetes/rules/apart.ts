import { listOf, objectOf, textOf, type JsonObject } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { placeIn } from '../place';
import { reporter, type Rule } from '../rule';
import { workloadsOf, type Workload } from '../workloads';

const name = 'apart';
const report = reporter(name);

/** Label of namespaces and nodes of a scope, key of the taint of those nodes, and tag of their groups and subnets. */
const SCOPE = 'mainstay/scope';

/**
 * What is judged apart stands apart: pods of namespaces of a scope on nodes of the scope alone, and no other pod there; nodes of a
 * scope in its own subnets and groups, with disks under its own key, closed to all others by a taint; and no other nodes there.
 */
export const apart: Rule = {
  name,
  strict: 'whatever reaches into what is judged apart is judged with it',
  judge: (cluster) => [...podProblems(cluster), ...nodeProblems(cluster)],
};

/** Scopes of a cluster by namespace. */
const scopesOf = ({ objects }: Cluster): Readonly<Record<string, string>> =>
  Object.fromEntries(
    objects.flatMap(({ kind, labels, name: namespace }) => {
      const scope = labels[SCOPE];
      return kind === 'Namespace' && scope !== undefined ? [[namespace, scope]] : [];
    }),
  );

const podProblems = (cluster: Cluster) => {
  const scopes = scopesOf(cluster);
  return workloadsOf(cluster).flatMap((workload) => {
    const scope = scopes[workload.namespace];
    const { at, object } = workload;
    const selected = textOf(objectOf(workload.spec.nodeSelector)[SCOPE]);
    const whose = scope === undefined ? 'in no scope' : `in the scope ${scope}`;
    return [
      ...(selected === scope
        ? []
        : [
            report(
              object,
              `${at}.nodeSelector`,
              `must name ${scope ?? 'nothing'} as ${SCOPE}, got ${selected ?? 'nothing'}: the pods are ${whose}`,
            ),
          ]),
      ...toleratedBy(workload)
        .filter((each) => each !== scope)
        .map((each) =>
          report(object, `${at}.tolerations`, `must bear no taint of ${each}, whose nodes are for its own pods alone`),
        ),
    ];
  });
};

/** Scopes whose taint a pod bears; `every scope` where it bears any. */
const toleratedBy = ({ spec }: Workload): readonly string[] =>
  listOf(spec.tolerations)
    .map(objectOf)
    .filter(({ key }) => key === undefined || key === SCOPE)
    .map(({ operator, value }) => (operator === 'Exists' ? 'every scope' : (textOf(value) ?? 'every scope')));

function nodeProblems(cluster: Cluster) {
  const objects = (kind: string) => cluster.objects.filter((each) => each.kind === kind);
  const scopes = new Set(Object.values(scopesOf(cluster)));
  const pools = objects('NodePool');
  // Where the cloud has pools of nodes, none is an object of the cluster, and the review of the cloud's own files sees them.
  const missing = (pools.length === 0 ? [] : [...scopes])
    .filter((scope) => !pools.some((pool) => scopeOfPool(pool) === scope))
    .flatMap((scope) =>
      objects('Namespace')
        .filter(({ labels }) => labels[SCOPE] === scope)
        .slice(0, 1)
        .map((namespace) => report(namespace, 'metadata.labels', `must have nodes of the scope ${scope}, got none`)),
    );
  return [...missing, ...pools.flatMap((pool) => poolProblems(pool, objects('NodeClass'), cluster.name))];
}

const scopeOfPool = ({ value }: KubernetesObject): string | undefined =>
  textOf(objectOf(placeIn(value, 'spec.template.metadata.labels'))[SCOPE]);

function poolProblems(pool: KubernetesObject, classes: readonly KubernetesObject[], cluster: string) {
  const scope = scopeOfPool(pool);
  const ref = textOf(objectOf(placeIn(pool.value, 'spec.template.spec.nodeClassRef')).name);
  const nodeClass = classes.find((each) => each.name === ref);
  if (nodeClass === undefined) return [];
  const spec = objectOf(nodeClass.value.spec);
  const expected = scope === undefined ? undefined : `${cluster}-${scope}`;
  const taints = listOf(placeIn(pool.value, 'spec.template.spec.taints')).map(objectOf);
  const closed = taints.some(({ effect, key, value }) => key === SCOPE && value === scope && effect === 'NoSchedule');
  const key = textOf(objectOf(spec.ephemeralStorage).kmsKeyID) ?? '';
  return [
    ...(scope === undefined || closed
      ? []
      : [report(pool, 'spec.template.spec.taints', `must keep all pods away but those of the scope ${scope}`)]),
    ...(['subnetSelectorTerms', 'securityGroupSelectorTerms'] as const)
      .filter((terms) => tagsOf(spec, terms).some((tag) => tag !== expected))
      .map((terms) =>
        report(
          nodeClass,
          `spec.${terms}`,
          `must be those of ${expected ?? 'no scope'}, got ${tagsOf(spec, terms)
            .map((tag) => tag ?? 'others')
            .join(', ')}`,
        ),
      ),
    ...(scope === undefined || key.includes(`-${scope}/`)
      ? []
      : [report(nodeClass, 'spec.ephemeralStorage.kmsKeyID', `must be a key of the scope ${scope}, got ${key}`)]),
  ];
}

/** By which scope's tag each term finds something. */
const tagsOf = (spec: JsonObject, terms: string): readonly (string | undefined)[] =>
  listOf(spec[terms]).map((term) => textOf(objectOf(objectOf(term).tags)[SCOPE]));
