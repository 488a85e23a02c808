import { kubernetesNamespace } from '../platform/names';
import type { Platform } from '../platform/platform';

/** Domain of the cluster, which its own names end in and its identities begin with. */
export const clusterDomain = 'cluster.local';

/** Host of a service inside the cluster: whole, so that no search path is tried before it is found. */
export const serviceHost = (platform: Pick<Platform, 'name'>, service: string): string =>
  `${service}.${kubernetesNamespace(platform, service)}.svc.${clusterDomain}`;

/** Address of a service inside the cluster. Plain: the caller's own proxy encrypts. */
export function serviceUrl(platform: Pick<Platform, 'name' | 'services'>, service: string): string {
  const port = platform.services[service]?.port;
  if (port === undefined) throw new Error(`no service ${service} in ${Object.keys(platform.services).join(', ')}`);
  return `http://${serviceHost(platform, service)}:${port}`;
}
