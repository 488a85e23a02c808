import type { Finding } from '../../finding';
import { numberOf, objectOf, shown, textOf, type Json, type JsonObject } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { ofKind } from '../find';
import { isInMesh } from '../mesh';
import { amount } from '../quantity';
import { reporter, type Rule } from '../rule';
import { replicasOf, workloadsOf, type Workload } from '../workloads';

const name = 'quotas';
const report = reporter(name);

/** What a proxy of the mesh asks for, unless its pod says so: as the control plane's chart has it. */
const PROXY: Readonly<Record<string, readonly [annotation: string, usual: number]>> = {
  'requests.cpu': ['sidecar.istio.io/proxyCPU', 0.1],
  'requests.memory': ['sidecar.istio.io/proxyMemory', 128 * 2 ** 20],
  'limits.memory': ['sidecar.istio.io/proxyMemoryLimit', 2 ** 30],
};

/** Room for rounding: what is asked for is written in thousandths. */
const NEARLY = 1e-6;

/** A namespace may hold all of its pods at their most, with one more of each while it is replaced, each within its bounds. */
export const quotas: Rule = {
  name,
  judge: (cluster) => [
    ...ofKind(cluster, 'ResourceQuota').flatMap((quota) => quotaProblems(quota, cluster)),
    ...ofKind(cluster, 'LimitRange').flatMap((range) => rangeProblems(range, cluster)),
  ],
};

const podsIn = (cluster: Cluster, namespace: string): readonly Workload[] =>
  workloadsOf(cluster).filter((each) => each.namespace === namespace);

function quotaProblems(quota: KubernetesObject, cluster: Cluster): readonly Finding[] {
  const hard = objectOf(objectOf(quota.value.spec).hard);
  const pods = podsIn(cluster, quota.namespace);
  const needs: Readonly<Record<string, number>> = {
    pods: sum(pods, (each) => atOnce(cluster, each)),
    ...Object.fromEntries(
      Object.keys(PROXY).map((key) => [key, sum(pods, (each) => atOnce(cluster, each) * neededBy(cluster, each, key))]),
    ),
  };
  return Object.entries(needs)
    .filter(([key, needed]) => hard[key] !== undefined && amount(hard[key]) + NEARLY < needed)
    .map(([key, needed]) =>
      report(
        quota,
        `spec.hard.${key}`,
        `must hold what its pods need at their most, ${shownAmount(key, needed)}, got ${shown(hard[key])}: raise it`,
      ),
    );
}

const sum = (pods: readonly Workload[], of: (pod: Workload) => number): number =>
  pods.reduce((total, pod) => total + of(pod), 0);

/** The most pods of a workload that there are at once, while new ones take the place of old ones. */
function atOnce(cluster: Cluster, workload: Workload): number {
  const { most } = replicasOf(cluster, workload);
  if (workload.ends) return most;
  const strategy = objectOf(objectOf(workload.object.value.spec).strategy);
  const { maxSurge } = objectOf(objectOf(strategy.rollingUpdate));
  const canary = objectOf(strategy.canary);
  return (
    most +
    surgeOf(maxSurge ?? canary.maxSurge, most, strategy.blueGreen !== undefined || canary.trafficRouting !== undefined)
  );
}

/** Where traffic moves from one version to the other, both stand side by side. */
function surgeOf(maxSurge: Json | undefined, most: number, isBeside: boolean): number {
  if (isBeside) return most;
  const percent = /^(\d+)%$/.exec(textOf(maxSurge) ?? '')?.[1];
  return percent === undefined ? (numberOf(maxSurge) ?? 1) : Math.ceil((Number(percent) / 100) * most);
}

/** What one pod needs: the sum of its containers, or an init container that needs more; and the proxy of the mesh. */
function neededBy(cluster: Cluster, workload: Workload, key: string): number {
  const [kind = '', resource = ''] = key.split('.');
  const of = ({ resources }: JsonObject): number => amount(objectOf(objectOf(resources)[kind])[resource]);
  const staying = workload.containers.filter((each) => each.kind !== 'init').map(({ value }) => of(value));
  const before = workload.containers.filter((each) => each.kind === 'init').map(({ value }) => of(value));
  const own = Math.max(
    staying.reduce((total, each) => total + each, 0),
    ...before,
    0,
  );
  const proxy = PROXY[key];
  if (proxy === undefined || !isInMesh(cluster, workload)) return own;
  const [annotation, usual] = proxy;
  return own + (annotation in workload.annotations ? amount(workload.annotations[annotation]) : usual);
}

const shownAmount = (key: string, needed: number): string =>
  key.endsWith('memory') ? `${Math.ceil(needed / 2 ** 20)}Mi` : String(Math.ceil(needed * 1000) / 1000);

/** Each container keeps to the bounds of its namespace. */
function rangeProblems(range: KubernetesObject, cluster: Cluster): readonly Finding[] {
  const limits = objectOf(range.value.spec).limits;
  const bounds = (Array.isArray(limits) ? limits : [])
    .map((each: Json) => objectOf(each))
    .filter(({ type }) => type === 'Container');
  return podsIn(cluster, range.namespace).flatMap(({ containers, object }) =>
    containers.flatMap(({ at, value }) => {
      const { limits: given, requests } = objectOf(value.resources);
      return bounds.flatMap(({ max, min }) => [
        ...beyond(objectOf(given), objectOf(max), (got, bound) => got > bound).map((key) =>
          report(
            object,
            `${at}.resources.limits.${key}`,
            `must be ${shown(objectOf(max)[key])} at most, as LimitRange ${range.name} says, got ${shown(objectOf(given)[key])}: its pods would be refused`,
          ),
        ),
        ...beyond(objectOf(requests), objectOf(min), (got, bound) => got < bound).map((key) =>
          report(
            object,
            `${at}.resources.requests.${key}`,
            `must be ${shown(objectOf(min)[key])} at least, as LimitRange ${range.name} says, got ${shown(objectOf(requests)[key])}: its pods would be refused`,
          ),
        ),
      ]);
    }),
  );
}

const beyond = (
  given: JsonObject,
  bounds: JsonObject,
  is: (got: number, bound: number) => boolean,
): readonly string[] =>
  Object.keys(bounds).filter((key) => given[key] !== undefined && is(amount(given[key]), amount(bounds[key])));
