import { gatewayWord, kubernetesAccount, kubernetesNamespace } from '../platform/names';
import { callersOf, hasGateway, type Platform, type SiteName } from '../platform/platform';
import { selectorOf } from './labels';
import type { PodsIn } from './pods-in';
import { podSelector } from './pod';
import { clusterDomain } from './service-address';

/** How the mesh names whoever runs under an account of the platform: a service, or the gateway. */
export const principalOf = (platform: Pick<Platform, 'name'>, word: string): string =>
  `${clusterDomain}/ns/${kubernetesNamespace(platform, word)}/sa/${kubernetesAccount(word)}`;

/** The pods of the gateway. */
export const gatewayPods = (platform: Pick<Platform, 'name'>): PodsIn => ({
  namespace: kubernetesNamespace(platform, gatewayWord),
  labels: selectorOf({ name: gatewayWord, component: 'app' }),
});

/** The pods of a service, but for those that bring its tables up to date. */
export const servicePods = (platform: Pick<Platform, 'name'>, service: string): PodsIn => ({
  namespace: kubernetesNamespace(platform, service),
  labels: podSelector(service, 'service'),
});

/** Every pod that runs as a service, those that bring its tables up to date among them: they are told what it is told. */
export const callingPods = (platform: Pick<Platform, 'name'>, service: string): PodsIn => ({
  namespace: kubernetesNamespace(platform, service),
  labels: selectorOf({ name: service }),
});

/** Whether the gateway sends requests to a service on a site. */
export const isRouted = (
  platform: Pick<Platform, 'gateway' | 'services' | 'stage'>,
  site: SiteName,
  service: string,
): boolean => hasGateway(platform, site) && (platform.services[service]?.routes.length ?? 0) > 0;

/** Who sends requests to a service on a site: services that call it, and the gateway where it has routes. */
export const callersOn = (platform: Platform, site: SiteName, service: string): readonly string[] => [
  ...callersOf(platform, service),
  ...(isRouted(platform, site, service) ? [gatewayWord] : []),
];
