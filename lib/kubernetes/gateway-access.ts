import { gatewayOf } from '../platform/gateway/configuration';
import { gatewayWord, kubernetesNamespace } from '../platform/names';
import type { Platform } from '../platform/platform';
import { gatewayPort, gatewayStatusPort } from '../platform/ports';
import type { ClusterContext } from './context';
import type { IAuthorizationPolicy, IPeerAuthentication, ISidecar } from './custom-types';
import { gatewaySelector } from './gateway-values';
import { limitsPort, limitsSelector } from './limits-settings';
import { podsIn, tcp, type PolicySpec } from './peers';
import { gatewayPods, principalOf, servicePods } from './principals';
import { serviceHost } from './service-address';
import { systemPods } from './system-pods';

/** Ports that the edge calls: with the certificate of the domain, which is no certificate of the mesh. */
const edgePorts = [gatewayPort, gatewayStatusPort] as const;

/** Services that the gateway sends requests to, and their ports. */
export const routedServices = ({
  services,
}: Pick<Platform, 'services'>): readonly { readonly service: string; readonly port: number }[] =>
  Object.entries(services)
    .filter(([, { routes }]) => routes.length > 0)
    .map(([service, { port }]) => ({ service, port }));

/**
 * The network of the gateway's pods: the edge calls, and they reach the services that have routes and the counter of requests,
 * nothing else. Their figures are read from the proxies beside them, as everywhere.
 */
export function gatewayNetwork({ cloud, platform }: Pick<ClusterContext, 'cloud' | 'platform'>): PolicySpec {
  const namespace = kubernetesNamespace(platform, gatewayWord);
  const counts = gatewayOf(platform).kind === 'kong';
  return {
    podSelector: { matchLabels: gatewaySelector() },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: cloud.balancer().clients.map((cidr) => ({ ipBlock: { cidr } })), ports: tcp(...edgePorts) }],
    egress: [
      ...routedServices(platform).map(({ port, service }) => ({
        to: [podsIn(servicePods(platform, service))],
        ports: tcp(port),
      })),
      ...(counts ? [{ to: [podsIn({ namespace, labels: limitsSelector() })], ports: tcp(limitsPort) }] : []),
    ],
  };
}

/**
 * What the mesh asks of those who call the gateway: on the ports of the edge no certificate of its own, since the edge is not
 * in the mesh and verifies the domain's; everywhere else mutual TLS.
 */
export const gatewayPeers = (): NonNullable<IPeerAuthentication['spec']> => ({
  selector: { matchLabels: gatewaySelector() },
  mtls: { mode: 'STRICT' },
  portLevelMtls: Object.fromEntries(edgePorts.map((port) => [String(port), { mode: 'DISABLE' as const }])),
});

/** Whom the mesh lets through to the gateway: the edge, by address, since it has no name in the mesh. */
export const gatewayCallers = ({
  cloud,
}: Pick<ClusterContext, 'cloud'>): NonNullable<IAuthorizationPolicy['spec']> => ({
  selector: { matchLabels: gatewaySelector() },
  action: 'ALLOW',
  rules: [
    {
      from: [{ source: { ipBlocks: [...cloud.balancer().clients] } }],
      to: [{ operation: { ports: edgePorts.map(String) } }],
    },
  ],
});

/** What the proxies of the gateway know of the mesh: the services with routes, and what stands beside them. */
export const gatewayView = ({
  mesh,
  platform,
}: Pick<ClusterContext, 'mesh' | 'platform'>): NonNullable<ISidecar['spec']> => ({
  workloadSelector: { labels: gatewaySelector() },
  egress: [
    {
      hosts: [
        './*',
        `${mesh.rootNamespace}/*`,
        `${systemPods.collector.namespace}/*`,
        ...routedServices(platform).map(
          ({ service }) => `${kubernetesNamespace(platform, service)}/${serviceHost(platform, service)}`,
        ),
      ],
    },
  ],
});

/** The network of the counter: the gateway calls it, and it calls nobody. */
export const limitsNetwork = ({ platform }: Pick<ClusterContext, 'platform'>): PolicySpec => ({
  podSelector: { matchLabels: limitsSelector() },
  policyTypes: ['Ingress', 'Egress'],
  ingress: [
    {
      from: [podsIn(gatewayPods(platform))],
      ports: tcp(limitsPort),
    },
  ],
  egress: [],
});

/** Whom the mesh lets through to the counter. */
export const limitsCallers = ({
  platform,
}: Pick<ClusterContext, 'platform'>): NonNullable<IAuthorizationPolicy['spec']> => ({
  selector: { matchLabels: limitsSelector() },
  action: 'ALLOW',
  rules: [
    {
      from: [{ source: { principals: [principalOf(platform, gatewayWord)] } }],
      to: [{ operation: { ports: [String(limitsPort)] } }],
    },
  ],
});
