import { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { Construct } from 'constructs';
import { maxPods, surge, type NodePoolSize } from '../platform/azure-nodes';
import type { Place } from './place';

/** Nodes get this long to let go of their pods, in minutes: longer than any service drains. */
const drainMinutes = 30;

/** Size of the disk that a node's system has, in GiB. The smallest node has 150 of its own. */
const diskGiB = 128;

/** What every pool of nodes has in common, under the names of a pool and of a cluster's first pool alike. */
export const poolSettings = (size: NodePoolSize, place: Pick<Place, 'tags' | 'zones'>, subnetId: string) => ({
  vmSize: size.vmSize,
  autoScalingEnabled: true,
  minCount: size.minCount,
  maxCount: size.maxCount,
  maxPods,
  zones: [...place.zones],
  vnetSubnetId: subnetId,
  nodePublicIpEnabled: false,
  osSku: 'AzureLinux',
  // On the node itself: gone with it, and encrypted with it.
  osDiskType: 'Ephemeral',
  osDiskSizeGb: diskGiB,
  kubeletDiskType: 'OS',
  hostEncryptionEnabled: true,
  fipsEnabled: false,
  ultraSsdEnabled: false,
  upgradeSettings: {
    maxSurge: `${surge * 100}%`,
    drainTimeoutInMinutes: drainMinutes,
    nodeSoakDurationInMinutes: 0,
  },
  tags: { ...place.tags },
});

export interface NodePoolProps {
  readonly place: Place;
  readonly clusterId: string;
  readonly subnetId: string;
  /** Name of the pool: lower-case letters and digits, at most 8, so that the one that takes its place has a name too. */
  readonly name: string;
  readonly size: NodePoolSize;
  /** Labels of nodes on which only pods stand that ask for them, whose taints are the same. @default - all pods do */
  readonly apart?: Readonly<Record<string, string>>;
}

/** Nodes of a cluster for what the platform runs: in all zones, as many as are needed. */
export class NodePool extends Construct {
  public readonly pool: KubernetesClusterNodePool;

  public constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { apart = {}, clusterId, name, place, size, subnetId } = props;
    const marks = Object.entries(apart);
    this.pool = new KubernetesClusterNodePool(this, 'Pool', {
      ...poolSettings(size, place, subnetId),
      kubernetesClusterId: clusterId,
      name,
      mode: 'User',
      osType: 'Linux',
      priority: 'Regular',
      ...(marks.length === 0
        ? {}
        : { nodeLabels: { ...apart }, nodeTaints: marks.map(([key, value]) => `${key}=${value}:NoSchedule`) }),
      temporaryNameForRotation: `${name}next`,
      // The autoscaler counts nodes, and the upgrade channel chooses their version.
      lifecycle: { ignoreChanges: ['node_count', 'orchestrator_version'] },
    });
  }
}
