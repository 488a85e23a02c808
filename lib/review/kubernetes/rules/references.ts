import type { Finding } from '../../finding';
import { entriesOf, isObject, listOf, objectOf, shown, textOf, type Json } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { aKind, find, namesOf, ofKind } from '../find';
import { reporter, type Rule } from '../rule';
import { workloadsOf } from '../workloads';

const name = 'references';
const report = reporter(name);

/** A place that names another object. */
interface Named {
  readonly at: string;
  readonly kind: string;
  readonly name: Json | undefined;
  /** @default - the object's own */
  readonly namespace?: string;
}

/** Whatever an object names besides is there: analyses, services of a release, configuration, issuers, projects, folders. */
export const references: Rule = {
  name,
  judge: (cluster) => [
    ...cluster.objects.flatMap((object) =>
      (NAMING[object.kind]?.(object) ?? []).flatMap((named) => namedProblems(object, named, cluster)),
    ),
    ...workloadsOf(cluster).flatMap(({ at, object, spec }) =>
      configurationsIn(spec, at).flatMap((named) => namedProblems(object, named, cluster)),
    ),
    ...ofKind(cluster, 'Rollout').flatMap((object) => stepProblems(object)),
    ...ofKind(cluster, 'Application').flatMap((object) => folderProblems(object, cluster)),
  ],
};

const specOf = ({ value }: KubernetesObject) => objectOf(value.spec);

/** What each kind names. */
const NAMING: Readonly<Record<string, (object: KubernetesObject) => readonly Named[]>> = {
  Application: (object) => [{ at: 'spec.project', kind: 'AppProject', name: specOf(object).project }],
  Certificate: (object) => {
    const { kind, name: issuer } = objectOf(specOf(object).issuerRef);
    const type = textOf(kind) ?? 'Issuer';
    return [{ at: 'spec.issuerRef', kind: type, name: issuer, ...(type === 'Issuer' ? {} : { namespace: '' }) }];
  },
  Rollout: (object) => [
    ...entriesOf(specOf(object)).flatMap(({ at, key, value }): readonly Named[] =>
      key === 'templateName' ? [{ at: `spec.${at}`, kind: 'AnalysisTemplate', name: value }] : [],
    ),
    ...entriesOf(objectOf(specOf(object).strategy)).flatMap(({ at, key, value }): readonly Named[] => {
      const where = `spec.strategy.${at}`;
      if (['activeService', 'canaryService', 'previewService', 'stableService'].includes(key))
        return [{ at: where, kind: 'Service', name: value }];
      if (!isObject(value)) return [];
      if (key === 'destinationRule') return [{ at: where, kind: 'DestinationRule', name: value.name }];
      if (key === 'virtualService' || key === 'virtualServices')
        return [{ at: where, kind: 'VirtualService', name: value.name }];
      return [];
    }),
  ],
  ScaledObject: (object) =>
    listOf(specOf(object).triggers).flatMap((trigger, index): readonly Named[] => {
      const reference = objectOf(trigger).authenticationRef;
      const { kind, name: authentication } = objectOf(reference);
      const type = textOf(kind) ?? 'TriggerAuthentication';
      return reference === undefined
        ? []
        : [{ at: `spec.triggers[${index}].authenticationRef`, kind: type, name: authentication }];
    }),
};

/** What pods read besides secrets, and their rank. */
const configurationsIn = (spec: Json, prefix: string): readonly Named[] =>
  entriesOf(spec).flatMap(({ at, key, value }): readonly Named[] => {
    const where = `${prefix}.${at}`;
    if (key === 'priorityClassName' && !(textOf(value) ?? '').startsWith('system-'))
      return [{ at: where, kind: 'PriorityClass', name: value, namespace: '' }];
    if (!isObject(value)) return [];
    return ['configMap', 'configMapKeyRef', 'configMapRef'].includes(key)
      ? [{ at: where, kind: 'ConfigMap', name: value.name }]
      : [];
  });

function namedProblems(
  object: KubernetesObject,
  { at, kind, name: named, namespace = object.namespace }: Named,
  cluster: Cluster,
): readonly Finding[] {
  if (find(cluster, kind, textOf(named) ?? '', namespace) !== undefined) return [];
  const where = namespace === '' ? 'the cluster' : namespace;
  return [
    report(
      object,
      at,
      `must name ${aKind(kind)} of ${where}, got ${shown(named)}, of ${namesOf(cluster, kind, namespace)}: correct it`,
    ),
  ];
}

/** Steps of a release go up, and the routes that they change are there. */
function stepProblems(object: KubernetesObject): readonly Finding[] {
  const steps = listOf(objectOf(objectOf(specOf(object).strategy).canary).steps).map(objectOf);
  const weights = steps.flatMap(({ setWeight }) => (typeof setWeight === 'number' ? [setWeight] : []));
  const isRising = weights.every((weight, index) => weight > (weights[index - 1] ?? 0) && weight <= 100);
  if (isRising) return [];
  return [
    report(
      object,
      'spec.strategy.canary.steps',
      `must rise from step to step, up to 100 at most, got ${weights.join(', ')}: correct them`,
    ),
  ];
}

/** What Argo CD applies is a folder of this very output. */
function folderProblems(object: KubernetesObject, cluster: Cluster): readonly Finding[] {
  const path = textOf(objectOf(specOf(object).source).path);
  if (path === undefined) return [];
  const folders = new Set(cluster.objects.map(({ file }) => file.split('/').slice(0, -1).join('/')));
  if ([...folders].some((folder) => path === folder || path.endsWith(`/${folder}`))) return [];
  return [
    report(
      object,
      'spec.source.path',
      `must end in a folder of this output, such as ${[...folders][0]}, got ${path}: correct it`,
    ),
  ];
}
