import { Cluster } from '../../lib/azure/cluster';
import type { Place } from '../../lib/azure/place';
import { encryption, monitoring, network, resourceId, testStack } from './azure';

export const registryId = resourceId('Microsoft.ContainerRegistry/registries', 'cr');

/** The site of a cluster in tests. */
export const clusterSite = {
  administrators: { name: 'Shop platform', objectId: '3d1f0a52-9c4e-4d8b-8b8e-2f6f0f6c1a77' },
  network: { cidr: '10.32.0.0/16', pods: '10.64.0.0/14', services: '10.33.0.0/16', ddosProtection: 'basic' },
  zones: ['1', '2', '3'],
  kubernetes: { version: '1.34', mesh: { flavor: 'self-managed' } },
} as const;

/** A stack with a cluster. */
export function clusterStack(place: Place) {
  const stack = testStack();
  new Cluster(stack, 'Cluster', {
    place,
    site: clusterSite,
    network,
    encryption,
    monitoring,
    monitorScope: { name: 'ampls', resourceGroupName: 'rg-foundation' },
    registryId,
    pool: { vmSize: 'Standard_D8ds_v5', minCount: 5, maxCount: 36 },
    namespacePrefix: 'shop',
    graceSeconds: 60,
  });
  return stack;
}
