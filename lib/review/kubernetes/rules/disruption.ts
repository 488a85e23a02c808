import type { Finding } from '../../finding';
import { isObject, numberOf, objectOf, shown, textOf, type Json } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { ofKind } from '../find';
import { reporter, type Rule } from '../rule';
import { selects } from '../selectors';
import { named, replicasOf, workloadsOf, type Workload } from '../workloads';

const name = 'disruption';
const report = reporter(name);

/** Every workload of several pods has one budget of disruption, which never stops a node from being emptied. */
export const disruption: Rule = {
  name,
  judge: (cluster) => [
    ...ofKind(cluster, 'PodDisruptionBudget').flatMap((budget) =>
      selectedBy(budget, cluster).flatMap((workload) => roomProblems(budget, workload, cluster)),
    ),
    ...workloadsOf(cluster).flatMap((workload) => countProblems(workload, cluster)),
  ],
};

const selectedBy = ({ namespace, value }: KubernetesObject, cluster: Cluster): readonly Workload[] =>
  workloadsOf(cluster).filter(
    (each) => each.namespace === namespace && !each.ends && selects(objectOf(value.spec).selector, each.labels),
  );

/** A number of pods, or a share of all, which Kubernetes rounds up. */
function podsOf(value: Json | undefined, all: number): number | undefined {
  const percent = /^(\d+)%$/.exec(textOf(value) ?? '')?.[1];
  return percent === undefined ? numberOf(value) : Math.ceil((Number(percent) / 100) * all);
}

function roomProblems(budget: KubernetesObject, workload: Workload, cluster: Cluster): readonly Finding[] {
  const { maxUnavailable, minAvailable } = objectOf(budget.value.spec);
  const { least } = replicasOf(cluster, workload);
  const [gone, kept] = [podsOf(maxUnavailable, least), podsOf(minAvailable, least)];
  const room = gone ?? (kept === undefined ? undefined : least - kept);
  if (room !== undefined && room >= 1) return [];
  const at = maxUnavailable === undefined ? 'spec.minAvailable' : 'spec.maxUnavailable';
  const got = shown(maxUnavailable ?? minAvailable);
  const message = `must leave room for one of the ${least} pods that ${named(workload.object)} has at least, got ${got}: let one be gone`;
  return [report(budget, at, message)];
}

function countProblems(workload: Workload, cluster: Cluster): readonly Finding[] {
  if (workload.ends || workload.object.kind === 'DaemonSet') return [];
  const { least } = replicasOf(cluster, workload);
  const budgets = ofKind(cluster, 'PodDisruptionBudget', workload.namespace).filter(
    ({ value }) => isObject(value.spec) && selects(value.spec.selector, workload.labels),
  );
  if (budgets.length === 1 || (budgets.length === 0 && least < 2)) return [];
  const got = budgets.length === 0 ? 'none' : budgets.map(named).join(', ');
  return [
    report(
      workload.object,
      '',
      `must have one PodDisruptionBudget, got ${got}: an upgrade of nodes would ${budgets.length === 0 ? 'take all its pods at once' : 'be refused'}`,
    ),
  ];
}
