import { isObject, listOf, objectOf, textOf, type Json, type JsonObject } from '../json';
import { oncePer } from '../../platform/once';
import type { Cluster, KubernetesObject } from './cluster';
import { ofKind } from './find';
import { selects } from './selectors';
import { named, textsOf, workloadsOf, type Workload } from './workloads';

/** Pods that policies of the network tell apart: those of a workload, or those that a policy names in a namespace of others. */
export interface Endpoint {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly workload?: Workload;
}

/** `UDP/53`, `TCP/8500-8599`, or every port. */
export type Port = string;
export const EVERY_PORT: Port = 'every port';

export type Direction = 'egress' | 'ingress';

/** A namespace's label that Kubernetes itself sets. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** Labels of the namespaces of a cluster. */
const namespacesOf = oncePer(
  (cluster: Cluster): ReadonlyMap<string, Readonly<Record<string, string>>> =>
    new Map([
      ['kube-system', { [NAME_LABEL]: 'kube-system' }],
      ...ofKind(cluster, 'Namespace').map(({ labels, name }) => [name, { ...labels, [NAME_LABEL]: name }] as const),
    ]),
);

/** A rule of a policy: one way that is open. */
export interface Way {
  readonly policy: KubernetesObject;
  /** Where it stands: `spec.egress[0]`. */
  readonly at: string;
  readonly rule: JsonObject;
}

const policiesFor = (
  cluster: Cluster,
  { labels, namespace }: Endpoint,
  direction: Direction,
): readonly KubernetesObject[] =>
  ofKind(cluster, 'NetworkPolicy', namespace).filter(({ value }) => {
    const spec = objectOf(value.spec);
    return concerns(spec, direction) && selects(spec.podSelector, labels);
  });

/** Whether a policy closes a direction: without a word about it, it closes the way in, and the way out if it opens one. */
function concerns({ egress, policyTypes }: JsonObject, direction: Direction): boolean {
  if (policyTypes !== undefined) return listOf(policyTypes).includes(direction === 'egress' ? 'Egress' : 'Ingress');
  return direction === 'ingress' || egress !== undefined;
}

/** Every way that is open from pods, or to them; nothing where no policy closes anything. */
export function waysOf(cluster: Cluster, endpoint: Endpoint, direction: Direction): readonly Way[] | undefined {
  const policies = policiesFor(cluster, endpoint, direction);
  if (policies.length === 0) return undefined;
  return policies.flatMap((policy) =>
    listOf(objectOf(policy.value.spec)[direction]).map((rule, index) => ({
      policy,
      at: `spec.${direction}[${index}]`,
      rule: objectOf(rule),
    })),
  );
}

/** Who is at the other end of a way. */
export const peersOf = ({ rule }: Way, direction: Direction): readonly JsonObject[] | undefined => {
  const peers = rule[direction === 'egress' ? 'to' : 'from'];
  return peers === undefined ? undefined : listOf(peers).map(objectOf);
};

/** Whether a peer of a policy means these pods. */
export function means(cluster: Cluster, way: Way, peer: JsonObject, other: Endpoint): boolean {
  if (peer.ipBlock !== undefined) return false;
  const inNamespace = isObject(peer.namespaceSelector)
    ? selects(peer.namespaceSelector, namespacesOf(cluster).get(other.namespace) ?? { [NAME_LABEL]: other.namespace })
    : way.policy.namespace === other.namespace;
  return inNamespace && selects(peer.podSelector, other.labels);
}

/** Ports of a way, as the pods at its far end number them. */
export function portsOf({ rule }: Way, target: Endpoint): readonly Port[] {
  if (rule.ports === undefined) return [EVERY_PORT];
  return listOf(rule.ports)
    .map(objectOf)
    .map(({ endPort, port, protocol }) => {
      const last = typeof endPort === 'number' ? `-${endPort}` : '';
      return `${textOf(protocol) ?? 'TCP'}/${numbered(port, target)}${last}`;
    });
}

const numbered = (port: Json | undefined, { workload }: Endpoint): string => {
  const named = (workload?.containers ?? [])
    .flatMap(({ value }) => listOf(value.ports).map(objectOf))
    .find(({ name }) => textOf(name) === port);
  const found = named?.containerPort ?? port;
  return typeof found === 'number' ? String(found) : (textOf(found) ?? '*');
};

/** Whether pods may talk to others at a port, as far as one end has a say. */
export function isOpen(
  cluster: Cluster,
  { direction, from, port, to }: { direction: Direction; from: Endpoint; to: Endpoint; port: Port },
): boolean {
  const [own, other] = direction === 'egress' ? [from, to] : [to, from];
  const ways = waysOf(cluster, own, direction);
  if (ways === undefined) return true;
  return ways.some((way) => {
    const peers = peersOf(way, direction);
    const ports = portsOf(way, to);
    const isPort = ports.includes(EVERY_PORT) || ports.includes(port);
    return isPort && (peers === undefined || peers.some((peer) => means(cluster, way, peer, other)));
  });
}

/**
 * Every pod that policies tell apart: those of workloads, and in namespaces whose pods nobody sees, those that policies name. A
 * Helm release makes pods that nobody sees beside those that are rendered.
 */
export const endpointsOf = oncePer((cluster: Cluster): readonly Endpoint[] => {
  const rendered = workloadsOf(cluster).map((workload): Endpoint => ({
    namespace: workload.namespace,
    labels: workload.labels,
    workload,
  }));
  const others = ofKind(cluster, 'NetworkPolicy').flatMap(({ namespace, value }) => {
    const spec = objectOf(value.spec);
    const peers = [...listOf(spec.egress), ...listOf(spec.ingress)].flatMap((rule) =>
      [...listOf(objectOf(rule).to), ...listOf(objectOf(rule).from)].map(objectOf),
    );
    return [
      { namespace, labels: labelsIn(spec.podSelector) },
      ...peers.flatMap(({ namespaceSelector, podSelector }) => {
        const name = textsOf(objectOf(namespaceSelector).matchLabels)[NAME_LABEL];
        return name === undefined ? [] : [{ namespace: name, labels: labelsIn(podSelector) }];
      }),
    ];
  });
  const installed = ofKind(cluster, 'Release').map(({ namespace }) => namespace);
  const unseen = others.filter(({ labels, namespace }) => {
    const seen = rendered.filter((each) => each.namespace === namespace);
    const isRendered = seen.some((each) => Object.entries(labels).every(([key, value]) => each.labels[key] === value));
    return Object.keys(labels).length > 0 && (seen.length === 0 || (installed.includes(namespace) && !isRendered));
  });
  const known = new Map(unseen.map((each) => [JSON.stringify(each), each]));
  return [...rendered, ...known.values()];
});

const labelsIn = (selector: Json | undefined): Readonly<Record<string, string>> =>
  textsOf(objectOf(selector).matchLabels);

/** Pods as a person reads of them. */
export const shownEndpoint = ({ labels, namespace, workload }: Endpoint): string =>
  workload === undefined ? `${JSON.stringify(labels)} in ${namespace}` : `${named(workload.object)} in ${namespace}`;
