import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { systemPoolSize } from '../platform/azure-nodes';
import { parseRange, formatRange } from '../platform/address';
import type { AzureSite, Mesh } from '../platform/nouns/site';
import { poolSettings } from './node-pool';
import type { Place } from './place';
import type { PrivateNetwork } from './private-network';

/**
 * When Azure may change the cluster, in the night of the region's own working days, so that somebody is there in the
 * morning: versions of Kubernetes, and a day later images of nodes.
 */
const maintenance = (dayOfWeek: string) => ({
  frequency: 'Weekly',
  interval: 1,
  dayOfWeek,
  startTime: '18:00',
  utcOffset: '+00:00',
  duration: 4,
});

/** Images that no pod uses any more go after this long, in hours. */
const imageCleanerHours = 120;

/** How often secrets that are mounted from the vault are read anew. */
const secretRotation = '2m';

/** The tenth address of the range of services, as Kubernetes has it by custom. */
function dnsServiceAddress(services: string): string {
  const range = parseRange(services);
  if (range === undefined) throw new Error(`${services} is no range of addresses`);
  const [address = ''] = formatRange({ first: range.first + 10, prefix: 32 }).split('/');
  return address;
}

/** The mesh as an add-on, where the definition asks for it. Its gateways stay out: the platform has one of its own. */
const meshSettings = (mesh: Mesh): Pick<KubernetesClusterConfig, 'serviceMeshProfile'> =>
  mesh.flavor === 'aks-addon'
    ? {
        serviceMeshProfile: {
          mode: 'Istio',
          revisions: [mesh.revision],
          internalIngressGatewayEnabled: false,
          externalIngressGatewayEnabled: false,
        },
      }
    : {};

type Fixed = Pick<
  KubernetesClusterConfig,
  | 'apiServerAccessProfile'
  | 'autoScalerProfile'
  | 'azureActiveDirectoryRoleBasedAccessControl'
  | 'defaultNodePool'
  | 'networkProfile'
> &
  Partial<KubernetesClusterConfig>;

/**
 * Who upgrades a cluster: its own channels, or a fleet, which asks that there are none. The nights in which it may be changed are
 * the cluster's either way. https://learn.microsoft.com/azure/kubernetes-fleet/faq
 */
const upgrades = {
  itself: { automaticUpgradeChannel: 'stable', nodeOsUpgradeChannel: 'NodeImage' },
  fleet: { nodeOsUpgradeChannel: 'None' },
} as const satisfies Record<string, Partial<KubernetesClusterConfig>>;
export type UpgradedBy = keyof typeof upgrades;

/** Pods get at least this long to end when the autoscaler takes their node away, in seconds, as it has it by itself. */
const leastGraceSeconds = 600;

/**
 * What of a cluster follows from the definition and from what the platform asks of every cluster. `graceSeconds` is how long the
 * pod of a service may take to end: the autoscaler would kill it earlier, whatever the pod says.
 */
export const clusterSettings = (
  place: Pick<Place, 'tags' | 'tenantId' | 'zones'>,
  network: Pick<PrivateNetwork, 'subnetIds'>,
  site: Pick<AzureSite, 'administrators' | 'kubernetes' | 'network' | 'zones'>,
  graceSeconds: number,
  upgradedBy: UpgradedBy = 'itself',
): Fixed => ({
  skuTier: 'Standard',
  supportPlan: 'KubernetesOfficial',
  kubernetesVersion: site.kubernetes.version,
  ...upgrades[upgradedBy],
  maintenanceWindowAutoUpgrade: maintenance('Tuesday'),
  maintenanceWindowNodeOs: maintenance('Wednesday'),

  // The API server stands in the network, and nowhere else.
  privateClusterEnabled: true,
  privateClusterPublicFqdnEnabled: false,
  apiServerAccessProfile: { virtualNetworkIntegrationEnabled: true, subnetId: network.subnetIds['api-server'] },
  runCommandEnabled: false,

  // People come by Entra ID alone, and Azure's roles say what they may.
  localAccountDisabled: true,
  roleBasedAccessControlEnabled: true,
  azureActiveDirectoryRoleBasedAccessControl: {
    azureRbacEnabled: true,
    tenantId: place.tenantId,
    adminGroupObjectIds: [site.administrators.objectId],
  },
  oidcIssuerEnabled: true,
  workloadIdentityEnabled: true,

  networkProfile: {
    networkPlugin: 'azure',
    networkPluginMode: 'overlay',
    networkDataPlane: 'cilium',
    networkPolicy: 'cilium',
    outboundType: 'userAssignedNATGateway',
    loadBalancerSku: 'standard',
    ipVersions: ['IPv4'],
    podCidr: site.network.pods,
    serviceCidr: site.network.services,
    dnsServiceIp: dnsServiceAddress(site.network.services),
    advancedNetworking: { observabilityEnabled: true, securityEnabled: true },
  },

  defaultNodePool: {
    ...poolSettings(systemPoolSize(site), place, network.subnetIds.cluster),
    name: 'system',
    type: 'VirtualMachineScaleSets',
    onlyCriticalAddonsEnabled: true,
    temporaryNameForRotation: 'systemnext',
  },
  autoScalerProfile: {
    balanceSimilarNodeGroups: true,
    expander: 'least-waste',
    maxGracefulTerminationSec: String(Math.max(leastGraceSeconds, graceSeconds)),
    skipNodesWithLocalStorage: false,
    skipNodesWithSystemPods: true,
  },

  azurePolicyEnabled: true,
  costAnalysisEnabled: true,
  imageCleanerEnabled: true,
  imageCleanerIntervalHours: imageCleanerHours,
  keyVaultSecretsProvider: { secretRotationEnabled: true, secretRotationInterval: secretRotation },
  // Nothing in the cluster keeps data on a disk.
  storageProfile: {
    blobDriverEnabled: false,
    diskDriverEnabled: false,
    fileDriverEnabled: false,
    snapshotControllerEnabled: false,
  },
  monitorMetrics: {},
  ...meshSettings(site.kubernetes.mesh),
});
