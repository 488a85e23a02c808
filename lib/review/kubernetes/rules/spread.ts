import { listOf, objectOf, textOf } from '../../json';
import { reporter, type Rule } from '../rule';
import { selects } from '../selectors';
import { replicasOf, workloadsOf } from '../workloads';

const name = 'spread';
const report = reporter(name);

/** Labels of nodes over which pods are spread. */
const KEYS = ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'] as const;

/** Pods of one workload stand in several zones and on several nodes. */
export const spread: Rule = {
  name,
  judge: (cluster) =>
    workloadsOf(cluster)
      .filter(
        (workload) => !workload.ends && workload.object.kind !== 'DaemonSet' && replicasOf(cluster, workload).most > 1,
      )
      .flatMap(({ at, labels, object, spec }) => {
        const constraints = listOf(spec.topologySpreadConstraints).map(objectOf);
        const own = constraints.filter(
          ({ labelSelector }) => labelSelector !== undefined && selects(labelSelector, labels),
        );
        return KEYS.filter((key) => !own.some(({ topologyKey }) => textOf(topologyKey) === key)).map((key) =>
          report(
            object,
            `${at}.topologySpreadConstraints`,
            `must spread its own pods over ${key}, got ${own.map(({ topologyKey }) => textOf(topologyKey)).join(', ') || 'nothing'}: one of them may go at once`,
          ),
        );
      }),
};
