import type { Finding } from '../../finding';
import { entriesOf, isObject, listOf, objectOf, stringsOf, textOf, type Json } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { aKind, find, namesOf, ofKind } from '../find';
import { madeSecret, madeSecrets } from '../made-secrets';
import { reporter, type Rule } from '../rule';
import { workloadsOf } from '../workloads';

const name = 'secret-references';
const report = reporter(name);

/** A place that names a secret, and the keys that it takes of it. */
interface Reference {
  readonly at: string;
  readonly secret: string;
  readonly keys: readonly string[];
}

/** Every secret that is read is made in its namespace, with the keys that are read, from a store or generator that is there. */
export const secretReferences: Rule = {
  name,
  judge: (cluster) => [
    ...workloadsOf(cluster).flatMap(({ at, object, spec }) =>
      referencesIn(spec, at).flatMap((reference) => referenceProblems(object, reference, cluster)),
    ),
    ...ofKind(cluster, 'TriggerAuthentication').flatMap((object) =>
      listOf(objectOf(object.value.spec).secretTargetRef)
        .map(objectOf)
        .flatMap(({ key, name: secret }, index) =>
          referenceProblems(
            object,
            { at: `spec.secretTargetRef[${index}]`, secret: textOf(secret) ?? '', keys: [textOf(key) ?? ''] },
            cluster,
          ),
        ),
    ),
    ...ofKind(cluster, 'Release').flatMap((object) =>
      referencesIn(objectOf(object.value.spec).values ?? {}, 'spec.values').flatMap((reference) =>
        referenceProblems(object, reference, cluster),
      ),
    ),
    ...ofKind(cluster, 'ExternalSecret').flatMap((object) => sourceProblems(object, cluster)),
    ...ofKind(cluster, 'Secret').map((object) =>
      report(object, '', 'must not be rendered, since manifests are read by many: let an ExternalSecret make it'),
    ),
    ...twice(cluster),
  ],
};

/** Every place of a pod, or of values that a chart puts into one, that names a secret. */
const referencesIn = (spec: Json, prefix: string): readonly Reference[] =>
  entriesOf(spec).flatMap(({ at, key, value }): readonly Reference[] => {
    if (!isObject(value)) return [];
    const where = `${prefix}.${at}`;
    const named = textOf(value.name) ?? '';
    // Elements of a list bear its name, and so does the list itself.
    switch (key) {
      case 'secretKeyRef':
        return [{ at: where, secret: named, keys: stringsOf(value.key) }];
      case 'secretRef':
      case 'imagePullSecrets':
        return [{ at: where, secret: named, keys: [] }];
      case 'secret': {
        const secret = textOf(value.secretName) ?? named;
        // Charts call settings of a secret by the same word.
        return secret === '' ? [] : [{ at: where, secret, keys: itemsOf(value.items) }];
      }
      default:
        return [];
    }
  });

const itemsOf = (items: Json | undefined): readonly string[] =>
  listOf(items).map((item) => textOf(objectOf(item).key) ?? '');

function referenceProblems(
  object: KubernetesObject,
  { at, keys, secret }: Reference,
  cluster: Cluster,
): readonly Finding[] {
  const made = madeSecret(cluster, object.namespace, secret);
  if (made === undefined) {
    const known = madeSecrets(cluster).filter(({ namespace }) => namespace === object.namespace);
    const names = known.map((each) => each.name).join(', ') || 'none';
    return [
      report(
        object,
        at,
        `must name a secret that an ExternalSecret of ${object.namespace} makes, got ${secret}, of ${names}: add it, or correct the name`,
      ),
    ];
  }
  return keys
    .filter((key) => made.keys?.includes(key) === false)
    .map((key) =>
      report(
        object,
        at,
        `must name a key of the secret ${secret}, got ${key}, of ${(made.keys ?? []).join(', ')}: correct it, or let its ExternalSecret read it`,
      ),
    );
}

/** Where an external secret reads, or what makes it. */
function sourceProblems(object: KubernetesObject, cluster: Cluster): readonly Finding[] {
  const spec = objectOf(object.value.spec);
  const sources = [
    ...(spec.secretStoreRef === undefined ? [] : [['spec.secretStoreRef', objectOf(spec.secretStoreRef)] as const]),
    ...listOf(spec.dataFrom).flatMap((each, index) => {
      const { generatorRef, storeRef } = objectOf(objectOf(each).sourceRef);
      const reference = generatorRef ?? storeRef;
      return reference === undefined ? [] : [[`spec.dataFrom[${index}].sourceRef`, objectOf(reference)] as const];
    }),
  ];
  if (sources.length === 0)
    return [
      report(object, 'spec', 'must name a store or a generator, got none: name the SecretStore of its namespace'),
    ];
  return sources.flatMap(([at, { kind = 'SecretStore', name: source }]) => {
    const [type, named] = [textOf(kind) ?? '', textOf(source) ?? ''];
    if (find(cluster, type, named, type.startsWith('Cluster') ? '' : object.namespace) !== undefined) return [];
    const known = namesOf(cluster, type, object.namespace);
    return [
      report(object, at, `must name ${aKind(type)} of ${object.namespace}, got ${named}, of ${known}: correct it`),
    ];
  });
}

/** Two that make one secret overwrite each other. */
const twice = (cluster: Cluster): readonly Finding[] =>
  ofKind(cluster, 'ExternalSecret').flatMap((object) => {
    const target = textOf(objectOf(objectOf(object.value.spec).target).name) ?? object.name;
    const all = madeSecrets(cluster).filter((each) => each.namespace === object.namespace && each.name === target);
    return all.length < 2
      ? []
      : [report(object, 'spec.target.name', `must be made by one, got ${target} from ${all.length}: rename it`)];
  });
