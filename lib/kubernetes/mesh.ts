import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { correlationHeader } from '../platform/gateway/correlation';
import type { Platform } from '../platform/platform';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { IAuthorizationPolicy, IPeerAuthentication, ITelemetry } from './custom-types';
import { labelsOf } from './labels';
import { meshConfig, tracesProvider } from './mesh-config';

export interface MeshArgs {
  readonly context: Pick<ClusterContext, 'kubernetes' | 'mesh' | 'platform'>;
}

/**
 * Share of requests that are traced from end to end, in percent, where the definition says none: enough to see where time goes, and
 * little enough to be paid for. A request that the edge chose to trace is traced whatever this says.
 */
export const tracedPercent = 5;

/**
 * What proxies tell of requests: a line for each, and some of them as traces. The proxy beside the gateway begins them, and whoever
 * is called does as its caller.
 */
export const telemetrySpec = ({ telemetry }: Pick<Platform, 'telemetry'>): NonNullable<ITelemetry['spec']> => ({
  accessLogging: [{ providers: [{ name: 'envoy' }] }],
  tracing: [
    {
      providers: [{ name: tracesProvider }],
      randomSamplingPercentage: telemetry?.tracedPercent ?? tracedPercent,
      customTags: { correlation_id: { header: { name: correlationHeader.toLowerCase() } } },
    },
  ],
});

/**
 * What holds for the whole mesh, in its root namespace: pods speak mutual TLS with each other and nothing else, nobody may
 * call anybody until a policy says so, and proxies tell of every request.
 */
export class Mesh extends ComponentResource {
  public constructor(name: string, args: MeshArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Mesh', name, {}, opts);
    const { kubernetes, mesh, platform } = args.context;
    const inside = { parent: this };
    const metadata = (object: string) => ({
      name: object,
      namespace: mesh.rootNamespace,
      labels: labelsOf({ platform, name: 'mesh' }),
    });
    customResource<IPeerAuthentication>(
      `${name}-mutual-tls`,
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'PeerAuthentication',
        metadata: metadata('default'),
        spec: { mtls: { mode: 'STRICT' } },
      },
      inside,
    );
    customResource<IAuthorizationPolicy>(
      `${name}-nothing-allowed`,
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        // Without a rule, it lets nobody in.
        metadata: metadata('allow-nothing'),
        spec: {},
      },
      inside,
    );
    customResource<ITelemetry>(
      `${name}-telemetry`,
      {
        apiVersion: 'telemetry.istio.io/v1',
        kind: 'Telemetry',
        metadata: metadata('mesh'),
        spec: telemetrySpec(platform),
      },
      inside,
    );
    if (kubernetes.mesh.flavor === 'aks-addon') {
      // Azure merges it into its own settings: https://learn.microsoft.com/azure/aks/istio-meshconfig
      new ConfigMap(
        `${name}-config`,
        {
          metadata: metadata(`istio-shared-configmap-${kubernetes.mesh.revision}`),
          // JSON is YAML, in which Azure reads it.
          data: { mesh: `${JSON.stringify(meshConfig, undefined, 2)}\n` },
        },
        inside,
      );
    }
    this.registerOutputs({});
  }
}
