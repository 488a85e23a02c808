import type { Finding } from '../../finding';
import { listOf, objectOf, shown, textOf } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { aKind, find, namesOf, ofKind } from '../find';
import { placeIn } from '../place';
import { reporter, type Rule } from '../rule';
import { workloadsOf, type Workload } from '../workloads';

const name = 'accounts';
const report = reporter(name);

/** Label and annotation by which a pod gets tokens of an identity on Azure. */
const IDENTITY_LABEL = 'azure.workload.identity/use';
const IDENTITY_ANNOTATION = 'azure.workload.identity/client-id';

/** Label by which an object says of which platform it is; names of namespaces begin with it. */
const PART_OF = 'app.kubernetes.io/part-of';

/** Every pod runs as an account of its own that is there, and has the cluster's credentials only if a role is given to it. */
export const accounts: Rule = {
  name,
  judge: (cluster) => [
    ...workloadsOf(cluster).flatMap((workload) => podProblems(workload, cluster)),
    ...ofKind(cluster, 'SecretStore').flatMap((object) => storeProblems(object, cluster)),
    ...ofKind(cluster, 'SecretStore').flatMap(roleProblems),
    ...['RoleBinding', 'ClusterRoleBinding']
      .flatMap((kind) => ofKind(cluster, kind))
      .flatMap((object) => bindingProblems(object, cluster)),
  ],
};

function podProblems({ account, at, labels, namespace, object, spec }: Workload, cluster: Cluster): readonly Finding[] {
  const where = `${at}.serviceAccountName`;
  if (account === 'default') {
    return [
      report(
        object,
        where,
        'must be an account of its own, got default: whoever is given something there gives it to all',
      ),
    ];
  }
  const found = find(cluster, 'ServiceAccount', account, namespace);
  if (found === undefined) {
    const known = namesOf(cluster, 'ServiceAccount', namespace);
    return [report(object, where, `must be a ServiceAccount of ${namespace}, got ${account}, of ${known}: correct it`)];
  }
  const mounts = (spec.automountServiceAccountToken ?? found.value.automountServiceAccountToken) !== false;
  return [
    ...(mounts && !isBound(cluster, namespace, account)
      ? [
          report(
            object,
            `${at}.automountServiceAccountToken`,
            'must be false, since no role is given to its account, got true: whoever breaks in has nothing to log in with',
          ),
        ]
      : []),
    ...(labels[IDENTITY_LABEL] === 'true' && found.annotations[IDENTITY_ANNOTATION] === undefined
      ? [
          report(
            object,
            where,
            `must have an identity on Azure, since its pods ask for tokens, got ${account} without ${IDENTITY_ANNOTATION}: annotate it`,
          ),
        ]
      : []),
  ];
}

const bindingsOf = (cluster: Cluster): readonly KubernetesObject[] => [
  ...ofKind(cluster, 'RoleBinding'),
  ...ofKind(cluster, 'ClusterRoleBinding'),
];

/** Whether a role of the cluster is given to an account. */
const isBound = (cluster: Cluster, namespace: string, account: string): boolean =>
  bindingsOf(cluster).some((binding) =>
    listOf(binding.value.subjects)
      .map(objectOf)
      .some(
        (each) =>
          each.kind === 'ServiceAccount' &&
          each.name === account &&
          (each.namespace ?? binding.namespace) === namespace,
      ),
  );

/** A store logs in as an account of its namespace. */
function storeProblems(object: KubernetesObject, cluster: Cluster): readonly Finding[] {
  const at = 'spec.provider.azurekv.serviceAccountRef';
  const reference = placeIn(object.value, at);
  const account = textOf(objectOf(reference).name) ?? '';
  if (reference === undefined || find(cluster, 'ServiceAccount', account, object.namespace) !== undefined) return [];
  const known = namesOf(cluster, 'ServiceAccount', object.namespace);
  return [
    report(object, at, `must be a ServiceAccount of ${object.namespace}, got ${account}, of ${known}: correct it`),
  ];
}

/** A store on AWS takes on the reader of its own namespace: AWS would let it take on another's. */
function roleProblems(object: KubernetesObject): readonly Finding[] {
  const at = 'spec.provider.aws.role';
  const role = placeIn(object.value, at);
  if (placeIn(object.value, 'spec.provider.aws') === undefined) return [];
  const word = object.namespace.slice((object.labels[PART_OF] ?? '').length + 1);
  if ((textOf(role) ?? '').endsWith(`-${word}-secrets`) && word !== '') return [];
  return [
    report(
      object,
      at,
      `must be the reader of ${object.namespace}, whose name ends in -${word}-secrets, got ${shown(role)}: name that`,
    ),
  ];
}

/** Roles are given by those that are there, to accounts that are there. */
function bindingProblems(object: KubernetesObject, cluster: Cluster): readonly Finding[] {
  const { kind, name: role } = objectOf(object.value.roleRef);
  const type = textOf(kind) ?? '';
  const namespace = type === 'Role' ? object.namespace : '';
  const isBuiltIn =
    ['view', 'edit', 'admin', 'cluster-admin'].includes(textOf(role) ?? '') ||
    (textOf(role) ?? '').startsWith('system:');
  return [
    ...(isBuiltIn || find(cluster, type, textOf(role) ?? '', namespace) !== undefined
      ? []
      : [
          report(
            object,
            'roleRef',
            `must name ${aKind(type)} that there is, got ${shown(role)}, of ${namesOf(cluster, type, namespace)}: correct it`,
          ),
        ]),
    ...listOf(object.value.subjects).flatMap((subject, index) => {
      const { kind: of, name: account, namespace: other } = objectOf(subject);
      const where = textOf(other) ?? object.namespace;
      if (of !== 'ServiceAccount' || ofKind(cluster, 'Release', where).length > 0) return [];
      if (find(cluster, 'ServiceAccount', textOf(account) ?? '', where) !== undefined) return [];
      return [
        report(
          object,
          `subjects[${index}]`,
          `must be a ServiceAccount of ${where}, got ${shown(account)}, of ${namesOf(cluster, 'ServiceAccount', where)}: correct it`,
        ),
      ];
    }),
  ];
}
