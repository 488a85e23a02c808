import { systemNamespaces } from '../../../platform/system-namespaces';
import type { Finding } from '../../finding';
import { shown } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { ofKind } from '../find';
import { reporter, type Rule } from '../rule';

const name = 'namespaces';
const report = reporter(name);

const MODES = ['enforce', 'audit', 'warn'] as const;
const LEVELS = ['baseline', 'privileged'];

/** Every namespace holds its pods to the standard `restricted`, and to a quota and limits; systems of others may say less. */
export const namespaces: Rule = {
  name,
  judge: (cluster) =>
    ofKind(cluster, 'Namespace').flatMap((namespace) =>
      Object.hasOwn(systemNamespaces, namespace.name)
        ? levelProblems(namespace, ['restricted', ...LEVELS])
        : [...levelProblems(namespace, ['restricted']), ...guardProblems(namespace, cluster)],
    ),
};

const levelProblems = (namespace: KubernetesObject, levels: readonly string[]): readonly Finding[] =>
  MODES.flatMap((mode) => {
    const label = `pod-security.kubernetes.io/${mode}`;
    const got = namespace.labels[label];
    if (got !== undefined && levels.includes(got)) return [];
    return [report(namespace, `metadata.labels.${label}`, `must be ${levels.join(', ')}, got ${shown(got)}: label it`)];
  });

const guardProblems = (namespace: KubernetesObject, cluster: Cluster): readonly Finding[] =>
  ['ResourceQuota', 'LimitRange']
    .filter((kind) => ofKind(cluster, kind, namespace.name).length === 0)
    .map((kind) => report(namespace, '', `must have a ${kind}, got none: one mistake could take the whole cluster`));
