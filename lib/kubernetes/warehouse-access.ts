import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import {
  clusterAudience,
  credentialConfiguration,
  eventsHost,
  googleCredentials,
  googleOf,
  rowsHost,
  tokensHost,
  warehouseUsers,
} from '../platform/google';
import { kubernetesNamespace } from '../platform/names';
import type { Outside } from './cloud';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';

/** How long a token of the cluster is good for, in seconds; the node has a new one long before. */
const tokenSeconds = 3600;

/** Name of the volume and of what it is made of. */
const word = 'warehouse';

const https = 443;

type Context = Pick<ClusterContext, 'cloud' | 'platform' | 'siteName'>;

const uses = ({ platform }: Pick<Context, 'platform'>, service: string): boolean =>
  warehouseUsers(platform).includes(service);

/** The token that a service shows Google, and what tells Google's libraries where: nothing for services without a warehouse. */
export const warehouseVolumes = ({ platform, siteName }: Context, service: string) =>
  uses({ platform }, service)
    ? [
        {
          name: word,
          projected: {
            // Read by the one user of the process.
            defaultMode: 0o440,
            sources: [
              {
                serviceAccountToken: {
                  audience: clusterAudience(googleOf(platform), siteName),
                  expirationSeconds: tokenSeconds,
                  path: googleCredentials.token,
                },
              },
              { configMap: { name: word } },
            ],
          },
        },
      ]
    : [];

/** Where they are found. */
export const warehouseMounts = (context: Context, service: string) =>
  uses(context, service) ? [{ name: word, mountPath: googleCredentials.directory, readOnly: true }] : [];

/** What of Google a service may reach: where tokens are exchanged, and what it does with warehouses. */
export function warehouseOutside({ cloud, platform }: Pick<Context, 'cloud' | 'platform'>, service: string): Outside {
  if (!uses({ platform }, service)) return { reach: [], hosts: [] };
  const { feeds = [], queries = [] } = platform.services[service]?.uses ?? {};
  const hosts = [
    tokensHost,
    ...(feeds.length === 0 ? [] : [eventsHost(googleOf(platform))]),
    ...(queries.length === 0 ? [] : [rowsHost]),
  ];
  return {
    reach: [cloud.internet([https])],
    hosts: hosts.map((host) => ({ host, port: https, protocol: 'tls' })),
  };
}

export interface WarehouseAccessArgs {
  readonly context: ClusterContext;
  /** Name of the service. */
  readonly service: string;
}

/** What a service reads to act in a warehouse as itself. Without a warehouse, there is nothing. */
export class WarehouseAccess extends ComponentResource {
  public readonly configuration: ConfigMap | undefined;

  public constructor(name: string, args: WarehouseAccessArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:WarehouseAccess', name, {}, opts);
    const { context, service } = args;
    const { platform, siteName } = context;
    this.configuration = uses(context, service)
      ? new ConfigMap(
          `${name}-${word}`,
          {
            metadata: {
              name: word,
              namespace: kubernetesNamespace(platform, service),
              labels: labelsOf({ platform, name: service, team: platform.services[service]?.team }),
            },
            data: {
              [googleCredentials.configuration]: JSON.stringify(
                credentialConfiguration(googleOf(platform), siteName),
                undefined,
                2,
              ),
            },
          },
          { parent: this },
        )
      : undefined;
    this.registerOutputs({});
  }
}
