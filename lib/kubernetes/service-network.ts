import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { gatewayWord, kubernetesNamespace } from '../platform/names';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';
import { mergedReach, outsideOf, thirdPartiesOf } from './outside';
import { podsIn, reachRule, tcp, type EgressRule, type PolicySpec } from './peers';
import { podSelector } from './pod';
import { callersOn, callingPods, gatewayPods, servicePods } from './principals';

type Network = Pick<ClusterContext, 'cloud' | 'platform' | 'siteName'>;

const specOf = ({ platform }: Pick<Network, 'platform'>, service: string) => {
  const spec = platform.services[service];
  if (spec === undefined) throw new Error(`no service ${service} in ${Object.keys(platform.services).join(', ')}`);
  return spec;
};

/** Who may open a connection to the pods of a service: its callers, at its port. Its probes come from its own node. */
export function ingressPolicy(context: Network, service: string): PolicySpec {
  const { platform, siteName } = context;
  const callers = callersOn(platform, siteName, service);
  const pods = (caller: string) => (caller === gatewayWord ? gatewayPods(platform) : callingPods(platform, caller));
  return {
    podSelector: { matchLabels: podSelector(service, 'service') },
    policyTypes: ['Ingress'],
    ingress:
      callers.length === 0
        ? []
        : [{ from: callers.map((caller) => podsIn(pods(caller))), ports: tcp(specOf(context, service).port) }],
  };
}

/**
 * Whom the pods of a service may reach, those that bring its tables up to date among them: the services it calls, what it uses
 * outside of the cluster, where it gets its tokens, and its third parties. The network knows addresses and no names, so a third
 * party opens its port to the whole internet; the mesh, which knows names, opens it to that host alone.
 */
export function egressPolicy(context: Network, service: string): PolicySpec {
  const { cloud, platform } = context;
  const calls = specOf(context, service).uses.calls.map((called): EgressRule => ({
    to: [podsIn(servicePods(platform, called))],
    ports: tcp(specOf(context, called).port),
  }));
  const outside = mergedReach([
    ...outsideOf(context, service).reach,
    ...thirdPartiesOf(context, service).map(({ port }) => cloud.internet([port])),
  ]);
  return {
    // Every pod of the namespace is the service's own.
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [...calls, ...outside.map(reachRule)],
  };
}

export interface ServiceNetworkArgs {
  readonly context: ClusterContext;
  /** Name of the service. */
  readonly service: string;
}

/** The ways through the network to a service and from it. Whatever is not named here stays closed. */
export class ServiceNetwork extends ComponentResource {
  public readonly ingress: NetworkPolicy;
  public readonly egress: NetworkPolicy;

  public constructor(name: string, args: ServiceNetworkArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:ServiceNetwork', name, {}, opts);
    const { context, service } = args;
    const { platform } = context;
    const policy = (word: string, spec: PolicySpec): NetworkPolicy =>
      new NetworkPolicy(
        `${name}-${word}`,
        {
          metadata: {
            name: `${service}-${word}`,
            namespace: kubernetesNamespace(platform, service),
            labels: labelsOf({ platform, name: service, team: platform.services[service]?.team }),
          },
          spec,
        },
        { parent: this },
      );
    this.ingress = policy('callers', ingressPolicy(context, service));
    this.egress = policy('uses', egressPolicy(context, service));
    this.registerOutputs({});
  }
}
