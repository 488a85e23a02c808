import type { Finding } from '../../finding';
import { listOf, objectOf, textOf } from '../../json';
import type { Cluster, KubernetesObject } from '../cluster';
import { ofKind } from '../find';
import { endpointsOf, isOpen, peersOf, portsOf, waysOf, type Endpoint } from '../network';
import { reporter, type Rule } from '../rule';
import { named } from '../workloads';

const name = 'default-deny';
const report = reporter(name);

/** What answers names in a cluster, and where. */
const dns: Endpoint = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
const dnsPorts = ['UDP/53', 'TCP/53'] as const;

/** Every namespace closes all ways of all its pods, so that policies only open some; and its pods find names. */
export const defaultDeny: Rule = {
  name,
  judge: (cluster) => [
    ...ofKind(cluster, 'Namespace').flatMap((namespace) => namespaceProblems(namespace, cluster)),
    ...endpointsOf(cluster).flatMap((endpoint) => dnsProblems(endpoint, cluster)),
  ],
};

function namespaceProblems(namespace: KubernetesObject, cluster: Cluster): readonly Finding[] {
  const closing = ofKind(cluster, 'NetworkPolicy', namespace.name)
    .map(({ value }) => objectOf(value.spec))
    .filter((spec) => JSON.stringify(spec.podSelector ?? {}) === '{}')
    .flatMap(({ egress, ingress, policyTypes }) =>
      listOf(policyTypes).filter((type) => listOf(type === 'Egress' ? egress : ingress).length === 0),
    );
  return ['Ingress', 'Egress']
    .filter((type) => !closing.includes(type))
    .map((type) =>
      report(
        namespace,
        '',
        `must have a NetworkPolicy that closes ${type} of all its pods, got none: whatever no policy names is open`,
      ),
    );
}

/** Whether pods may ask one address for names, as where no pods answer them but every node does. */
const asksAddress = (from: Endpoint, cluster: Cluster, port: (typeof dnsPorts)[number]): boolean =>
  (waysOf(cluster, from, 'egress') ?? []).some(
    (way) =>
      portsOf(way, dns).includes(port) &&
      (peersOf(way, 'egress') ?? []).some(({ ipBlock }) => textOf(objectOf(ipBlock).cidr)?.endsWith('/32') === true),
  );

function dnsProblems(from: Endpoint, cluster: Cluster): readonly Finding[] {
  const { workload } = from;
  if (workload === undefined) return [];
  return dnsPorts
    .filter(
      (port) => !isOpen(cluster, { direction: 'egress', from, to: dns, port }) && !asksAddress(from, cluster, port),
    )
    .map((port) =>
      report(
        workload.object,
        workload.at,
        `must reach kube-dns in kube-system at ${port}, which no NetworkPolicy of ${workload.namespace} lets ${named(workload.object)} out to: it finds no host by its name`,
      ),
    );
}
