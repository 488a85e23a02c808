import { oncePer } from '../../platform/once';
import type { Cluster, KubernetesObject } from './cluster';

const index = oncePer(({ objects }: Cluster) => {
  const byKind = new Map<string, KubernetesObject[]>();
  for (const object of objects) byKind.set(object.kind, [...(byKind.get(object.kind) ?? []), object]);
  return byKind;
});

/** The objects of some kinds, of a namespace if one is named. */
export const ofKind = (cluster: Cluster, kind: string, namespace?: string): readonly KubernetesObject[] =>
  (index(cluster).get(kind) ?? []).filter((object) => namespace === undefined || object.namespace === namespace);

/** The object of a name, if it is there. */
export const find = (cluster: Cluster, kind: string, name: string, namespace = ''): KubernetesObject | undefined =>
  ofKind(cluster, kind, namespace).find((object) => object.name === name);

/** Names of the objects of a kind in a namespace, as an error lists them. */
export function namesOf(cluster: Cluster, kind: string, namespace?: string): string {
  const names = ofKind(cluster, kind, namespace).map(({ name }) => name);
  return names.length === 0 ? 'none' : names.join(', ');
}

/** A kind with its article: `an ExternalSecret`. */
export const aKind = (kind: string): string => `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind}`;
