import { parseRange, sizeOf } from '../address';
import { largestPods, mostNodesOf } from '../azure-nodes';
import { loadPods } from '../load-tests/in-cluster';
import {
  copierWord,
  gatewayWord,
  importerWord,
  digestsWord,
  flagsWord,
  loadsWord,
  failoverWord,
  keeperWord,
  kubernetesNamespace,
  migrationWord,
  observabilityWord,
  scalerWord,
  scopeMigrationWord,
  verificationWord,
} from '../names';
import type { PlacedAzureSite } from '../azure-sites';
import type { Problem } from '../error';
import { placedOn, siteOn, sitesOn, type Platform } from '../platform';
import { scopeOf } from '../scopes';
import { azureScopeSubnets, azureSubnetRequests, azureSubnets } from '../subnets';
import { systemNamespaces } from '../system-namespaces';
import { stagePath, when, type Check } from './check';

/** Names that the site on Azure has for something of its own, by what it is. */
const taken = {
  'backup-encryption': 'the identity that encrypts copies of backups',
  cluster: 'the identity of the cluster',
  edge: 'the identity of the edge',
  encryption: 'the identity that encrypts',
  [failoverWord]: 'the image of the programs of recovery',
  [gatewayWord]: 'the gateway',
  [importerWord]: 'the pipelines that have images imported',
  [keeperWord]: 'what keeps the right to write',
  [digestsWord]: 'what takes digests of ledgers',
  [verificationWord]: 'what verifies ledgers',
  [loadsWord]: 'what runs load tests',
  [flagsWord]: 'what changes flags step by step',
  [migrationWord]: 'the job that brings databases up to date',
  nodes: `the identity of the cluster's nodes`,
  [copierWord]: 'what copies objects from the primary',
  [observabilityWord]: 'what watches the cluster',
  [scalerWord]: 'what counts pods by queues',
} as const;

/** Every pod finds room on a node of some size. */
export const podSizes: Check = (platform) => {
  if (siteOn(platform, 'azure') === undefined) return [];
  const pods = [
    ...Object.entries(platform.services).map(([name, { capacity }]) => ({
      path: `services.${name}.capacity`,
      capacity,
    })),
    ...(platform.gateway === undefined ? [] : [{ path: 'gateway.capacity', capacity: platform.gateway.capacity }]),
  ];
  return pods
    .filter(
      ({ capacity }) => !largestPods.some((room) => capacity.vcpu <= room.vcpu && capacity.memoryGiB <= room.memoryGiB),
    )
    .map(({ path, capacity }) => ({
      path,
      got: capacity,
      allowed: `what one of Azure's nodes has room for, at most ${largest('vcpu')} vcpu and ${largest('memoryGiB')} memoryGiB`,
      remedy: 'make the tasks smaller, and more of them',
    }));
};

const largest = (what: 'vcpu' | 'memoryGiB'): number =>
  Math.floor(Math.max(...largestPods.map((room) => room[what])) * 10) / 10;

/** Azure gives each node a /24 of the range of pods. */
const podsPrefixOfNode = 24;

/** Addresses of a subnet that Azure keeps for itself. */
const keptAddresses = 5;

/** The ranges of the cluster hold as many nodes as it may have while they are replaced. */
export const clusterRanges: Check = (platform) =>
  sitesOn(platform, 'azure').flatMap((site) => rangeProblems(platform, site));

function rangeProblems(platform: Platform, site: PlacedAzureSite): readonly Problem[] {
  const pods = parseRange(site.network.pods);
  const services = parseRange(site.network.services);
  if (pods === undefined || services === undefined || podSizes(platform).length > 0) return [];
  const nodes = mostNodesOf(platform, site, loadPods(platform, site.siteName));
  const room = 2 ** Math.max(0, podsPrefixOfNode - pods.prefix);
  const subnet = azureSubnetRequests(site).find(({ key }) => key.endsWith('/cluster'));
  const addresses = sizeOf(subnet?.prefix ?? 32) - keptAddresses;
  const path = (key: string) => stagePath(platform, `sites.${site.siteName}.network.${key}`);
  return [
    ...when(room < nodes, () => ({
      path: path('pods'),
      got: site.network.pods,
      allowed: `a range with room for ${nodes} nodes on azure, which gives each a /${podsPrefixOfNode}`,
      remedy: `choose a prefix of /${podsPrefixOfNode - Math.ceil(Math.log2(nodes))} or shorter, or lower the most of some services`,
    })),
    ...when(addresses < nodes, () => ({
      path: path('cidr'),
      got: site.network.cidr,
      allowed: `a range whose sixteenth has addresses for ${nodes} nodes on azure, and this has ${addresses}`,
      remedy: 'choose a shorter prefix, or lower the most of some services',
    })),
    ...when(services.prefix < 12 || services.prefix > 24, () => ({
      path: path('services'),
      got: site.network.services,
      allowed: 'a range of prefix /12 to /24 on azure',
      remedy: 'a /16 has room for 65,000 services',
    })),
  ];
}

/** Instances of functions have an address each in the subnet of functions, of which a scope has one of its own. */
export const functionAddresses: Check = (platform) =>
  sitesOn(platform, 'azure').flatMap(({ siteName }) =>
    [undefined, ...Object.keys(platform.scopes)].flatMap((scope) => {
      const addresses =
        sizeOf(scope === undefined ? azureSubnets.functions : azureScopeSubnets.functions) - keptAddresses;
      const instances = placedOn(platform.functions, siteName)
        .filter(([name]) => scopeOf(platform, 'functions', name) === scope)
        .reduce((sum, [, each]) => sum + each.maxInstances, 0);
      return when(instances > addresses, () => ({
        path: scope === undefined ? 'functions' : `scopes.${scope}.functions`,
        got: `${instances} instances in all`,
        allowed: `at most ${addresses} on azure, whose subnet of functions has so many addresses`,
        remedy: 'lower maxInstances of some',
      }));
    }),
  );

/** Nothing is called as the site calls something of its own, and no namespace as one of a system in the cluster. */
export const takenNames: Check = (platform) => {
  if (siteOn(platform, 'azure') === undefined) return [];
  const names = (['services', 'functions'] as const).flatMap((noun) =>
    Object.keys(platform[noun]).map((name) => ({ path: `${noun}.${name}`, name })),
  );
  const all: Readonly<Record<string, string>> = {
    ...taken,
    ...Object.fromEntries(
      Object.keys(platform.scopes).flatMap((scope) => [
        [scopeMigrationWord(scope), 'the job that brings databases of a scope up to date'],
        [`${scope}-encryption`, 'the identity that encrypts for a scope'],
      ]),
    ),
  };
  return names.flatMap(({ name, path }) => [
    ...when(Object.hasOwn(all, name), () => ({
      path,
      got: name,
      allowed: `another than ${Object.keys(all).join(', ')} on azure: this is the name of ${all[name]}`,
      remedy: 'rename it',
    })),
    ...when(Object.hasOwn(systemNamespaces, kubernetesNamespace(platform, name)), () => ({
      path,
      got: kubernetesNamespace(platform, name),
      allowed: 'a namespace that is none of a system in the cluster, where its policies do not hold',
      remedy: 'rename it, or the platform',
    })),
  ]);
};
