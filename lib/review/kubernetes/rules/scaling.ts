import type { Finding } from '../../finding';
import { objectOf } from '../../json';
import type { Cluster } from '../cluster';
import { namesOf, ofKind } from '../find';
import { placeIn } from '../place';
import { reporter, type Rule } from '../rule';
import { named, scalersFor, scalersOf, workloadsOf, type Scaler, type Workload } from '../workloads';

const name = 'scaling';
const report = reporter(name);

/** Whatever scales, scales something that is there, alone, within bounds, and nobody else says how many pods there are. */
export const scaling: Rule = {
  name,
  judge: (cluster) => [
    ...scalersOf(cluster).flatMap((scaler) => scalerProblems(scaler, cluster)),
    ...workloadsOf(cluster).flatMap((workload) => workloadProblems(workload, cluster)),
  ],
};

function scalerProblems({ least, most, object, target }: Scaler, cluster: Cluster): readonly Finding[] {
  const found = workloadsOf(cluster).some(
    ({ namespace, object: { apiVersion, kind, name: other } }) =>
      namespace === object.namespace &&
      kind === target.kind &&
      other === target.name &&
      apiVersion === target.apiVersion,
  );
  return [
    ...(!found && !isOfChart(target, object.namespace, cluster)
      ? [
          report(
            object,
            'spec.scaleTargetRef',
            `must name a workload of ${object.namespace}, got ${target.apiVersion} ${target.kind} ${target.name}; ` +
              `${target.kind} there: ${namesOf(cluster, target.kind, object.namespace)}: correct it`,
          ),
        ]
      : []),
    ...(least >= 1 && least <= most
      ? []
      : [
          report(
            object,
            'spec',
            `must scale from at least 1 to at most as many, got ${least} to ${most}: correct the bounds`,
          ),
        ]),
  ];
}

/** Whether a chart makes the deployment, which is then called as its values say. */
const isOfChart = ({ kind, name: target }: Scaler['target'], namespace: string, cluster: Cluster): boolean =>
  kind === 'Deployment' &&
  ofKind(cluster, 'Release').some(
    (release) => release.namespace === namespace && placeIn(release.value, 'spec.values.fullnameOverride') === target,
  );

function workloadProblems({ object }: Workload, cluster: Cluster): readonly Finding[] {
  const scalers = scalersFor(cluster, object);
  const names = scalers.map((each) => named(each.object)).join(', ');
  return [
    ...(scalers.length > 1
      ? [report(object, '', `must be scaled by one, got ${names}, which undo what the other does: leave one`)]
      : []),
    ...(scalers.length > 0 && objectOf(object.value.spec).replicas !== undefined
      ? [report(object, 'spec.replicas', `must be left out, since ${names} says how many there are: take it away`)]
      : []),
  ];
}
