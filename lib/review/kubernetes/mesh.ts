import { objectOf } from '../json';
import type { Cluster, KubernetesObject } from './cluster';
import { find, ofKind } from './find';
import type { Workload } from './workloads';

/** Kinds of Istio, where their control plane has its root, and the label by which a namespace asks for it. */
export const FLAVORS = [
  { root: 'istio-system', label: 'istio-injection', value: /^enabled$/ },
  { root: 'aks-istio-system', label: 'istio.io/rev', value: /^asm-\d+-\d+$/ },
] as const;

export type Flavor = (typeof FLAVORS)[number];

/** Kinds of Istio that hold for the whole mesh when they stand in its root and select nothing. */
export const MESH_KINDS = ['AuthorizationPolicy', 'PeerAuthentication', 'Sidecar', 'Telemetry'];

/** Whether an object holds for every pod of its namespace, or of the mesh. */
export const isWide = ({ value }: KubernetesObject): boolean => {
  const spec = objectOf(value.spec);
  return spec.selector === undefined && spec.workloadSelector === undefined && spec.targetRefs === undefined;
};

/** What holds for the whole mesh. */
export const meshWide = (cluster: Cluster, root: string): readonly KubernetesObject[] =>
  MESH_KINDS.flatMap((kind) => ofKind(cluster, kind, root)).filter(isWide);

/** The kinds of Istio whose root holds something for the whole mesh. */
export const flavorsOf = (cluster: Cluster): readonly Flavor[] =>
  FLAVORS.filter(({ root }) => meshWide(cluster, root).length > 0);

/** Whether the pods of a namespace get a proxy of the mesh. */
export const isMeshed = (cluster: Cluster, namespace: string): boolean => {
  const labels = find(cluster, 'Namespace', namespace)?.labels ?? {};
  return FLAVORS.some(({ label }) => labels[label] !== undefined && labels[label] !== 'disabled');
};

/** Whether the pods of a workload get a proxy of the mesh. */
export const isInMesh = (cluster: Cluster, { annotations, labels, namespace }: Workload): boolean =>
  isMeshed(cluster, namespace) &&
  (labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject']) !== 'false';

/** How the mesh knows an account: `cluster.local/ns/shop-order/sa/order`. */
export const principalOf = ({ account, namespace }: Pick<Workload, 'account' | 'namespace'>): string =>
  `cluster.local/ns/${namespace}/sa/${account}`;
