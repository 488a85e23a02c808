import { listOf, numberOf, objectOf, textOf, type Json, type JsonObject } from '../json';
import { oncePer } from '../../platform/once';
import type { Cluster, KubernetesObject } from './cluster';
import { placeIn } from './place';

/** What of a kind makes pods: the way to their template, of each element where it says `*`, and whether they end by themselves. */
const KINDS: Readonly<Record<string, { readonly template: string; readonly ends: boolean }>> = {
  'apps/v1 DaemonSet': { template: 'spec.template', ends: false },
  'apps/v1 Deployment': { template: 'spec.template', ends: false },
  'apps/v1 StatefulSet': { template: 'spec.template', ends: false },
  // A measurement may be a job; one of figures has no pods.
  'argoproj.io/v1alpha1 AnalysisTemplate': { template: 'spec.metrics.*.provider.job.spec.template', ends: true },
  'argoproj.io/v1alpha1 Rollout': { template: 'spec.template', ends: false },
  'batch/v1 CronJob': { template: 'spec.jobTemplate.spec.template', ends: true },
  'batch/v1 Job': { template: 'spec.template', ends: true },
};

/** An object that makes pods, and the pods. */
export interface Workload {
  readonly object: KubernetesObject;
  readonly namespace: string;
  /** Labels of the pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Where the pods are described: `spec.template.spec`. */
  readonly at: string;
  readonly spec: JsonObject;
  /** Whether its pods end by themselves. */
  readonly ends: boolean;
  readonly containers: readonly Container[];
  readonly account: string;
}

/** A container of a pod. */
export interface Container {
  /** Where it stands in the object: `spec.template.spec.containers[0]`. */
  readonly at: string;
  readonly name: string;
  readonly value: JsonObject;
  /** `init` ends before the pod starts; `sidecar` starts before and stays. */
  readonly kind: 'init' | 'main' | 'sidecar';
}

/** Everything in a cluster that makes pods, as far as it is rendered. */
export const workloadsOf = oncePer((cluster: Cluster): readonly Workload[] =>
  cluster.objects.flatMap((object) => {
    const kind = KINDS[`${object.apiVersion} ${object.kind}`];
    return kind === undefined
      ? []
      : templatesIn(object, kind.template)
          .filter((template) => placeIn(object.value, template) !== undefined)
          .map((template) => workloadFrom(object, { ...kind, template }));
  }),
);

/** The way to each template of an object: as many as the list has elements that stands at `*`. */
function templatesIn({ value }: KubernetesObject, way: string): readonly string[] {
  const [list = way, rest] = way.split('.*.');
  return rest === undefined ? [way] : listOf(placeIn(value, list)).map((_, index) => `${list}.${index}.${rest}`);
}

function workloadFrom(object: KubernetesObject, { ends, template }: { template: string; ends: boolean }): Workload {
  const pod = objectOf(placeIn(object.value, template));
  const metadata = objectOf(pod.metadata);
  const spec = objectOf(pod.spec);
  const at = `${template}.spec`;
  return {
    object,
    namespace: object.namespace,
    labels: textsOf(metadata.labels),
    annotations: textsOf(metadata.annotations),
    at,
    spec,
    ends,
    containers: [...containersIn(spec, 'initContainers', at), ...containersIn(spec, 'containers', at)],
    account: textOf(spec.serviceAccountName) ?? 'default',
  };
}

const containersIn = (spec: JsonObject, key: 'containers' | 'initContainers', at: string): readonly Container[] =>
  listOf(spec[key])
    .map(objectOf)
    .map((value, index) => ({
      at: `${at}.${key}[${index}]`,
      name: textOf(value.name) ?? '',
      value,
      kind: key === 'containers' ? 'main' : value.restartPolicy === 'Always' ? 'sidecar' : 'init',
    }));

/** Texts by name, as labels and annotations are. */
export const textsOf = (texts: Json | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(objectOf(texts)).map(([key, value]) => [key, textOf(value) ?? '']));

/** Name of a workload for a person: `Rollout order`. */
export const named = ({ kind, name }: KubernetesObject): string => `${kind} ${name}`;

/** What scales a workload: its least and most replicas. */
export interface Scaler {
  readonly object: KubernetesObject;
  readonly target: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  readonly least: number;
  readonly most: number;
}

/** Everything that scales in a cluster. */
export const scalersOf = oncePer((cluster: Cluster): readonly Scaler[] =>
  cluster.objects.flatMap((object) => {
    const spec = objectOf(object.value.spec);
    const target = objectOf(spec.scaleTargetRef);
    const by = (least: Json | undefined, most: Json | undefined, otherwise: number): Scaler => ({
      object,
      target: {
        apiVersion: textOf(target.apiVersion) ?? 'apps/v1',
        kind: textOf(target.kind) ?? 'Deployment',
        name: textOf(target.name) ?? '',
      },
      least: numberOf(least) ?? otherwise,
      most: numberOf(most) ?? 100,
    });
    if (object.kind === 'HorizontalPodAutoscaler') return [by(spec.minReplicas, spec.maxReplicas, 1)];
    if (object.kind === 'ScaledObject') return [by(spec.minReplicaCount, spec.maxReplicaCount, 0)];
    return [];
  }),
);

/** What scales a workload, if anything does. */
export const scalersFor = (cluster: Cluster, { kind, name, namespace }: KubernetesObject): readonly Scaler[] =>
  scalersOf(cluster).filter(
    ({ object, target }) => object.namespace === namespace && target.kind === kind && target.name === name,
  );

/** How many pods of a workload there are, at least and at most. */
export function replicasOf(cluster: Cluster, { ends, object }: Workload): { least: number; most: number } {
  const [scaler] = scalersFor(cluster, object);
  if (scaler !== undefined) return { least: scaler.least, most: scaler.most };
  const spec = objectOf(object.value.spec);
  const given = numberOf(ends ? spec.parallelism : spec.replicas) ?? 1;
  return { least: given, most: given };
}
