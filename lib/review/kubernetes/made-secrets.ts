import { listOf, objectOf, textOf, type Json } from '../json';
import { oncePer } from '../../platform/once';
import type { Cluster, KubernetesObject } from './cluster';
import { find, ofKind } from './find';

/** A secret that something in the cluster makes. */
export interface MadeSecret {
  readonly namespace: string;
  readonly name: string;
  /** Its keys; nothing where they are known only when it is made. */
  readonly keys: readonly string[] | undefined;
}

/** What cert-manager writes into the secret of a certificate. */
const CERTIFICATE = ['ca.crt', 'tls.crt', 'tls.key'];

/** What each generator of External Secrets makes. */
const GENERATED: Readonly<Record<string, readonly string[]>> = { Password: ['password'], UUID: ['uuid'] };

/** Every secret that External Secrets or cert-manager makes. */
export const madeSecrets = oncePer((cluster: Cluster): readonly MadeSecret[] => [
  ...ofKind(cluster, 'ExternalSecret').map((object) => ({
    namespace: object.namespace,
    name: textOf(objectOf(objectOf(object.value.spec).target).name) ?? object.name,
    keys: keysOf(object, cluster),
  })),
  ...ofKind(cluster, 'Certificate').map(({ namespace, value }) => ({
    namespace,
    name: textOf(objectOf(value.spec).secretName) ?? '',
    keys: CERTIFICATE,
  })),
]);

/** A secret of a name in a namespace, if something makes it. */
export const madeSecret = (cluster: Cluster, namespace: string, name: string): MadeSecret | undefined =>
  madeSecrets(cluster).find((each) => each.namespace === namespace && each.name === name);

function keysOf({ namespace, value }: KubernetesObject, cluster: Cluster): readonly string[] | undefined {
  const spec = objectOf(value.spec);
  const template = objectOf(objectOf(spec.target).template);
  const written = Object.keys(objectOf(template.data));
  const isMerged = template.mergePolicy === 'Merge';
  if (written.length > 0 && !isMerged) return written;
  if (template.templateFrom !== undefined) return undefined;
  const read = listOf(spec.data).map((each) => textOf(objectOf(each).secretKey) ?? '');
  const many = listOf(spec.dataFrom).map((each) => generatedBy(each, namespace, cluster));
  if (many.some((keys) => keys === undefined)) return undefined;
  return [...written, ...read, ...many.flatMap((keys) => keys ?? [])];
}

function generatedBy(source: Json, namespace: string, cluster: Cluster): readonly string[] | undefined {
  const { kind, name } = objectOf(objectOf(objectOf(source).sourceRef).generatorRef);
  const generator = find(cluster, textOf(kind) ?? '', textOf(name) ?? '', namespace);
  const keys = objectOf(generator?.value.spec).secretKeys;
  return keys === undefined ? GENERATED[textOf(kind) ?? ''] : listOf(keys).map((key) => textOf(key) ?? '');
}
