import { ComponentResource, type ComponentResourceOptions, type CustomResource } from '@pulumi/pulumi';
import { kubernetesNamespace } from '../platform/names';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { IAuthorizationPolicy, IDestinationRule, IServiceEntry, ISidecar } from './custom-types';
import { labelsOf } from './labels';
import { outsideEntries, thirdPartyRules } from './mesh-hosts';
import { podSelector } from './pod';
import { callersOn, principalOf } from './principals';
import { serviceHost } from './service-address';
import { systemPods } from './system-pods';

/**
 * Whom the mesh lets through to a service: its callers, by the certificate of their account, at its port. Without a caller
 * nobody is. Probes come from the node and figures are read beside the proxy, so neither is named.
 */
export function authorizationPolicy(
  { platform, siteName }: Pick<ClusterContext, 'platform' | 'siteName'>,
  service: string,
): NonNullable<IAuthorizationPolicy['spec']> {
  const callers = callersOn(platform, siteName, service);
  return {
    selector: { matchLabels: podSelector(service, 'service') },
    action: 'ALLOW',
    ...(callers.length === 0
      ? {}
      : {
          rules: [
            {
              from: [{ source: { principals: callers.map((caller) => principalOf(platform, caller)) } }],
              to: [{ operation: { ports: [String(platform.services[service]?.port)] } }],
            },
          ],
        }),
  };
}

/**
 * What the proxies of a service's namespace know: the services it calls, its own hosts outside, and the collector of traces.
 * Whatever they do not know, they refuse.
 */
export const sidecar = (
  { platform }: Pick<ClusterContext, 'platform'>,
  service: string,
): NonNullable<ISidecar['spec']> => ({
  outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
  egress: [
    {
      hosts: [
        './*',
        `${systemPods.collector.namespace}/*`,
        ...(platform.services[service]?.uses.calls ?? []).map(
          (called) => `${kubernetesNamespace(platform, called)}/${serviceHost(platform, called)}`,
        ),
      ],
    },
  ],
});

export interface ServiceMeshArgs {
  readonly context: ClusterContext;
  /** Name of the service. */
  readonly service: string;
}

/** What the mesh knows of a service: who may call it, and whom it may reach. */
export class ServiceMesh extends ComponentResource {
  public readonly resources: readonly CustomResource[];

  public constructor(name: string, args: ServiceMeshArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:ServiceMesh', name, {}, opts);
    const { context, service } = args;
    const { platform } = context;
    const child = { parent: this };
    const metadata = (object: string) => ({
      name: object,
      namespace: kubernetesNamespace(platform, service),
      labels: labelsOf({ platform, name: service, team: platform.services[service]?.team }),
    });
    this.resources = [
      customResource<IAuthorizationPolicy>(
        name,
        {
          apiVersion: 'security.istio.io/v1',
          kind: 'AuthorizationPolicy',
          metadata: metadata(service),
          spec: authorizationPolicy(context, service),
        },
        child,
      ),
      customResource<ISidecar>(
        name,
        {
          apiVersion: 'networking.istio.io/v1',
          kind: 'Sidecar',
          metadata: metadata(service),
          spec: sidecar(context, service),
        },
        child,
      ),
      ...Object.entries(outsideEntries(context, service)).map(([host, spec]) =>
        customResource<IServiceEntry>(
          `${name}-${host}`,
          { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: metadata(host), spec },
          child,
        ),
      ),
      ...Object.entries(thirdPartyRules(context, service)).map(([host, spec]) =>
        customResource<IDestinationRule>(
          `${name}-${host}`,
          { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: metadata(host), spec },
          child,
        ),
      ),
    ];
    this.registerOutputs({});
  }
}
