import type { Finding } from '../../finding';
import type { Cluster, KubernetesObject } from '../cluster';
import { ofKind } from '../find';
import { FLAVORS, flavorsOf, meshWide, type Flavor } from '../mesh';
import { reporter, type Rule } from '../rule';

const name = 'mesh-root';
const report = reporter(name);

/** What holds for the whole mesh stands in the root of its kind of Istio, and namespaces ask for that kind: elsewhere it does nothing. */
export const meshRoot: Rule = {
  name,
  strict: 'the mesh would do nothing, and say nothing',
  judge: (cluster) => {
    const [flavor, ...others] = flavorsOf(cluster);
    if (flavor === undefined) {
      const roots = FLAVORS.map(({ root }) => root).join(' or ');
      return ofKind(cluster, 'Namespace')
        .filter(({ labels }) => FLAVORS.some(({ label }) => labels[label] !== undefined))
        .map((namespace) =>
          report(
            namespace,
            'metadata.labels',
            `must be of a mesh with policies in ${roots}, got none there: put them there`,
          ),
        );
    }
    return [
      ...others.flatMap(({ root }) => rootProblems(root, flavor, cluster)),
      ...ofKind(cluster, 'Namespace').flatMap((namespace) => labelProblems(namespace, flavor)),
    ];
  },
};

const rootProblems = (root: string, flavor: Flavor, cluster: Cluster): readonly Finding[] =>
  meshWide(cluster, root).map((object) =>
    report(
      object,
      'metadata.namespace',
      `must be ${flavor.root}, as the rest of the mesh has it, got ${root}: take one kind of Istio`,
    ),
  );

function labelProblems(namespace: KubernetesObject, flavor: Flavor): readonly Finding[] {
  return FLAVORS.flatMap(({ label, value }) => {
    const got = namespace.labels[label];
    if (got === undefined || got === 'disabled') return [];
    const at = `metadata.labels.${label}`;
    if (label !== flavor.label) {
      return [
        report(
          namespace,
          at,
          `must be left out, since the mesh with its root in ${flavor.root} goes by ${flavor.label}, got ${got}: its pods would get no proxy`,
        ),
      ];
    }
    return value.test(got)
      ? []
      : [report(namespace, at, `must be like ${value.source}, got ${got}: its pods would get no proxy`)];
  });
}
