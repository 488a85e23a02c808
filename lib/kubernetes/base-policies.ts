import type { Cloud } from './cloud';
import type { MeshFlavor } from './mesh-flavor';
import { podsIn, tcp, udp, type PolicyPeer, type PolicySpec } from './peers';
import { meshControlPlane, systemPods, systemPorts } from './system-pods';

/** What the names of policies begin with that belong to a namespace itself, and not to what runs in it. */
export const basePolicyPrefix = 'namespace-';

const everyPod = {};

/** Who answers names of the cluster. */
const answersNames = (nameServers: Cloud['nameServers']): PolicyPeer[] =>
  nameServers === undefined ? [podsIn(systemPods.dns)] : nameServers.map((cidr) => ({ ipBlock: { cidr } }));

/**
 * Policies of the network that every namespace has, by name: nothing comes in or goes out, but names can be asked for. In the
 * mesh, proxies also reach their control plane and the collector of traces, and their figures can be read. Whatever else a pod
 * needs is let through by a policy of its own.
 */
export const basePolicies = (
  mesh: Pick<MeshFlavor, 'rootNamespace'> | undefined,
  { nameServers }: Pick<Cloud, 'nameServers'> = {},
): Readonly<Record<string, PolicySpec>> => ({
  [`${basePolicyPrefix}deny`]: { podSelector: everyPod, policyTypes: ['Ingress', 'Egress'] },
  [`${basePolicyPrefix}dns`]: {
    podSelector: everyPod,
    policyTypes: ['Egress'],
    egress: [{ to: answersNames(nameServers), ports: [...udp(systemPorts.dns), ...tcp(systemPorts.dns)] }],
  },
  ...(mesh === undefined
    ? {}
    : {
        [`${basePolicyPrefix}mesh`]: {
          podSelector: everyPod,
          policyTypes: ['Ingress', 'Egress'],
          ingress: [{ from: [podsIn(systemPods.prometheus)], ports: tcp(...systemPorts.proxyMetrics) }],
          egress: [
            { to: [podsIn(meshControlPlane(mesh))], ports: tcp(systemPorts.meshControl) },
            { to: [podsIn(systemPods.collector)], ports: tcp(systemPorts.traces) },
          ],
        } satisfies PolicySpec,
      }),
});
