import { parseRange } from '../address';
import { largestEksPod, mostNodes, mostPods, neededAddresses, roomForPods, sharedFleet } from '../eks-nodes';
import {
  gatewayWord,
  kubernetesNamespace,
  migrationWord,
  observabilityWord,
  releasesWord,
  scalerWord,
  scopeMigrationWord,
  secretsWord,
} from '../names';
import { clusterSitesOf, type Platform, type SiteName } from '../platform';
import type { EksSite } from '../nouns/site';
import { systemNamespaces } from '../system-namespaces';
import { stagePath, when, type Check } from './check';

const sitesOnEks = (platform: Platform): readonly (EksSite & { readonly siteName: SiteName })[] =>
  clusterSitesOf(platform).filter((site) => site.cloud === 'aws');

/** A check of every site whose services are pods of EKS. */
const onEks =
  (check: (platform: Platform, site: EksSite & { readonly siteName: SiteName }) => ReturnType<Check>): Check =>
  (platform) =>
    sitesOnEks(platform).flatMap((site) => check(platform, site));

const pathOf = (platform: Platform, { siteName }: { readonly siteName: SiteName }, rest: string): string =>
  stagePath(platform, `sites.${siteName}.${rest}`);

/** Every pod finds room on a node of some size. */
export const eksPodSizes = onEks((platform) =>
  [
    ...Object.entries(platform.services).map(([name, { capacity }]) => ({
      path: `services.${name}.capacity`,
      capacity,
    })),
    ...(platform.gateway === undefined ? [] : [{ path: 'gateway.capacity', capacity: platform.gateway.capacity }]),
  ].flatMap(({ capacity, path }) =>
    when(capacity.vcpu > largestEksPod.vcpu || capacity.memoryGiB > largestEksPod.memoryGiB, () => ({
      path,
      got: capacity,
      allowed: `what a node on aws has room for, at most ${largestEksPod.vcpu} vcpu and ${largestEksPod.memoryGiB} memoryGiB`,
      remedy: 'make the pods smaller, and more of them',
    })),
  ),
);

/** Pods have addresses of the network itself: they find them when everything is at its most and a zone is lost. */
export const eksAddresses = onEks((platform, site) => {
  const room = roomForPods(site.network.cidr, site.zones.length);
  const shared = sharedFleet(platform);
  const needed = neededAddresses(shared);
  return when(parseRange(site.network.cidr) !== undefined && room < needed, () => ({
    path: pathOf(platform, site, 'network.cidr'),
    got: site.network.cidr,
    allowed: `a range with ${needed} addresses for ${mostPods(shared)} pods on ${mostNodes(shared)} nodes when a zone is lost, and this has ${room}`,
    remedy: 'choose a shorter prefix, three zones, or lower the most of some services',
  }));
});

/** Prefixes that EKS takes for the addresses of services. */
export const eksServices = onEks((platform, site) => {
  const range = parseRange(site.kubernetes.services);
  return when(range !== undefined && (range.prefix < 12 || range.prefix > 24), () => ({
    path: pathOf(platform, site, 'kubernetes.services'),
    got: site.kubernetes.services,
    allowed: 'a range of prefix /12 to /24 on aws',
    remedy: 'a /16 has room for 65,000 services',
  }));
});

/** Words that the cluster has for something of its own, by what it is. */
const taken: Readonly<Record<string, string>> = {
  [gatewayWord]: 'the gateway',
  [migrationWord]: 'the job that brings databases up to date',
  [observabilityWord]: 'what watches the cluster',
  [scalerWord]: 'what counts pods by queues',
  [secretsWord]: 'what makes secrets of the cluster',
  [releasesWord]: 'what takes new versions step by step',
};

/** Namespaces of systems, those of Amazon's add-ons among them. */
const ownNamespaces: readonly string[] = [...Object.keys(systemNamespaces), 'amazon-cloudwatch', 'kube-state-metrics'];

/** Nothing is called as the cluster calls something of its own, and no namespace as one of a system in it. */
export const eksTakenNames = onEks((platform) =>
  Object.keys(platform.services).flatMap((name) => [
    ...when(Object.keys(platform.scopes).map(scopeMigrationWord).includes(name), () => ({
      path: `services.${name}`,
      got: name,
      allowed: "another with runtime 'eks': this is the name of the job that brings databases of a scope up to date",
      remedy: 'rename it, or the scope',
    })),
    ...when(Object.hasOwn(taken, name), () => ({
      path: `services.${name}`,
      got: name,
      allowed: `another than ${Object.keys(taken).join(', ')} with runtime 'eks': this is the name of ${taken[name]}`,
      remedy: 'rename it',
    })),
    ...when(ownNamespaces.includes(kubernetesNamespace(platform, name)), () => ({
      path: `services.${name}`,
      got: kubernetesNamespace(platform, name),
      allowed: 'a namespace that is none of a system in the cluster, where its policies do not hold',
      remedy: 'rename it, or the platform',
    })),
  ]),
);
