import type { Finding } from '../../finding';
import { shown } from '../../json';
import { reporter, type Rule } from '../rule';
import { workloadsOf, type Workload } from '../workloads';
import type { Cluster, KubernetesObject } from '../cluster';

const name = 'identity';
const report = reporter(name);

/** What Kubernetes takes for a name of most kinds: RFC 1123, at most 253 characters. */
const subdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A name that is one part of a host's name: RFC 1123, at most 63 characters. */
const part = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** The same, but beginning with a letter: RFC 1035. */
const host = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Kinds whose names are narrower, and how they must be. */
const NARROWER: Readonly<Record<string, readonly [pattern: RegExp, says: string]>> = {
  Namespace: [part, 'at most 63 lower-case letters, digits and hyphens'],
  Service: [host, 'at most 63 lower-case letters, digits and hyphens, a letter first'],
};

const KEY =
  /^((?=.{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

/** Namespaces that the cloud makes, so that nobody registers them. */
const BY_THE_CLOUD = ['aks-istio-system', 'kube-system'];

/** Bytes that all annotations of an object may have together. */
const ANNOTATIONS = 256 * 1024;

/** Every object has a name, labels and annotations that Kubernetes takes, and stands in its namespace's folder under its name. */
export const identity: Rule = {
  name,
  strict: 'the cluster refuses it',
  judge: (cluster) => [
    ...cluster.objects.flatMap((object) => [
      ...nameProblems(object),
      ...placeProblems(object, cluster),
      ...labelProblems(object, 'metadata', object.labels, object.annotations),
    ]),
    ...workloadsOf(cluster).flatMap((workload) => [
      ...labelProblems(
        workload.object,
        `${workload.at.replace(/\.spec$/, '')}.metadata`,
        workload.labels,
        workload.annotations,
      ),
      ...containerProblems(workload),
    ]),
  ],
};

function nameProblems(object: KubernetesObject): readonly Finding[] {
  const [pattern, says] = NARROWER[object.kind] ?? [subdomain, 'lower-case letters, digits, hyphens and dots'];
  if (pattern.test(object.name)) return [];
  return [report(object, 'metadata.name', `must be ${says}, got ${object.name}: rename it`)];
}

function placeProblems(object: KubernetesObject, { objects }: Cluster): readonly Finding[] {
  const folder = object.kind === 'Namespace' ? object.name : object.namespace || 'cluster';
  const expected = `${object.cluster}/${folder}/${object.kind.toLowerCase()}-${object.name}.yaml`;
  const known = objects.some(({ kind, name: other }) => kind === 'Namespace' && other === object.namespace);
  return [
    ...(object.file === expected ? [] : [report(object, '', `must stand in ${expected}: render it again`)]),
    ...(object.namespace === '' || known || BY_THE_CLOUD.includes(object.namespace)
      ? []
      : [
          report(
            object,
            'metadata.namespace',
            `must be a namespace of this cluster, got ${object.namespace}: register the namespace, or correct the name`,
          ),
        ]),
  ];
}

function labelProblems(
  object: KubernetesObject,
  at: string,
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
): readonly Finding[] {
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + key.length + Buffer.byteLength(value),
    0,
  );
  return [
    ...[
      ...Object.keys(labels).map((key) => ['labels', key]),
      ...Object.keys(annotations).map((key) => ['annotations', key]),
    ]
      .filter(([, key = '']) => !KEY.test(key))
      .map(([of, key]) =>
        report(
          object,
          `${at}.${of}`,
          `must have keys of at most 63 letters, digits, -, _ and ., got ${shown(key)}: rename it`,
        ),
      ),
    ...Object.entries(labels)
      .filter(([, value]) => !VALUE.test(value))
      .map(([key, value]) =>
        report(
          object,
          `${at}.labels.${key}`,
          `must be at most 63 letters, digits, -, _ and ., got ${shown(value)}: shorten it, or make it an annotation`,
        ),
      ),
    ...(size <= ANNOTATIONS
      ? []
      : [report(object, `${at}.annotations`, `must be at most ${ANNOTATIONS} bytes, got ${size}: keep less there`)]),
  ];
}

const containerProblems = ({ containers, object }: Workload): readonly Finding[] =>
  containers.flatMap((container, index) => [
    ...(part.test(container.name)
      ? []
      : [
          report(
            object,
            `${container.at}.name`,
            `must be at most 63 lower-case letters, digits and hyphens, got ${shown(container.name)}: rename it`,
          ),
        ]),
    ...(containers.findIndex((other) => other.name === container.name) === index
      ? []
      : [report(object, `${container.at}.name`, `must be one of its own, got ${container.name} twice: rename it`)]),
  ]);
