import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { Construct } from 'constructs';
import type { NodePoolSize } from '../platform/azure-nodes';
import type { AzureSite } from '../platform/nouns/site';
import { ClusterAlerts } from './cluster-alerts';
import { ClusterIdentity } from './cluster-identity';
import { ClusterMonitoring } from './cluster-monitoring';
import { clusterSettings, type UpgradedBy } from './cluster-settings';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { linkZone } from './dns';
import { exempt } from './exempt';
import { NodePool } from './node-pool';
import { nameIn, placed, type Place } from './place';
import type { MonitorScope } from './private-monitor';
import type { PrivateNetwork } from './private-network';
import { assignRole } from './role';
import { waitFor } from './wait-for';

export interface ClusterProps {
  readonly place: Place;
  readonly site: Pick<AzureSite, 'administrators' | 'kubernetes' | 'network' | 'zones'>;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  readonly monitorScope: MonitorScope;
  /** Id of the registry of images. */
  readonly registryId: string;
  /** Nodes that the services share. */
  readonly pool: NodePoolSize;
  /** What the names of the platform's namespaces begin with. */
  readonly namespacePrefix: string;
  /** How long the pod of a service may take to end, in seconds. */
  readonly graceSeconds: number;
  /** Who upgrades it. @default 'itself' */
  readonly upgradedBy?: UpgradedBy;
}

/**
 * What the control plane tells. Of who asked for what, only changes and refusals: reading is nine tenths of it, and costs
 * accordingly.
 */
const logs = [
  'cloud-controller-manager',
  'cluster-autoscaler',
  'guard',
  'kube-apiserver',
  'kube-audit-admin',
  'kube-controller-manager',
  'kube-scheduler',
] as const;

/** What something other than Terraform changes: the upgrade channel, the autoscaler. */
const ignoreChanges = [
  'kubernetes_version',
  'default_node_pool[0].node_count',
  'default_node_pool[0].orchestrator_version',
];

/**
 * Where services run: AKS with its API server in the network, for identities of Entra ID alone. Pods have a range of their
 * own and leave from the network's fixed addresses. Azure keeps versions and images of nodes up to date, in the nights of
 * Tuesday and Wednesday, by itself or as the cluster's fleet says.
 */
export class Cluster extends Construct {
  public readonly zone: PrivateDnsZone;
  public readonly identity: ClusterIdentity;
  public readonly cluster: KubernetesCluster;
  public readonly pool: NodePool;
  public readonly observed: ClusterMonitoring;

  public constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { encryption, monitoring, network, place } = props;
    const { link, zone } = this.makeZone(place, network);
    this.zone = zone;
    this.identity = new ClusterIdentity(this, 'Identity', {
      place,
      network,
      encryption,
      registryId: props.registryId,
      zoneId: this.zone.id,
    });
    this.cluster = this.makeCluster(props);
    // The cluster would link its zone by itself, and would need a role on the whole network for that.
    waitFor(this.cluster, [...this.identity.roles, link]);
    this.pool = new NodePool(this, 'Services', {
      place,
      clusterId: this.cluster.id,
      subnetId: network.subnetIds.cluster,
      name: 'services',
      size: props.pool,
    });
    sendDiagnostics(this, { id: this.cluster.id, monitoring, logs });
    this.observed = new ClusterMonitoring(this, 'Monitoring', {
      place,
      monitoring,
      monitorScope: props.monitorScope,
      clusterId: this.cluster.id,
    });
    new ClusterAlerts(this, 'Alerts', {
      place,
      monitoring,
      cluster: this.cluster,
      monitorWorkspaceId: this.observed.workspace.id,
      namespacePrefix: props.namespacePrefix,
    });
    this.admit(props.site.administrators.objectId);
  }

  private makeZone(place: Place, network: PrivateNetwork) {
    const { resourceGroupName } = place;
    const tags = { ...place.tags };
    const zone = new PrivateDnsZone(this, 'Zone', {
      name: `privatelink.${place.location}.azmk8s.io`,
      resourceGroupName,
      tags,
    });
    const link = linkZone(this, 'ZoneLink', {
      place,
      zoneName: zone.name,
      resourceGroupName,
      virtualNetworkId: network.virtualNetworkId,
      asksOnwards: false,
    });
    return { zone, link };
  }

  private makeCluster({
    encryption,
    graceSeconds,
    monitoring,
    network,
    place,
    site,
    upgradedBy,
  }: ClusterProps): KubernetesCluster {
    const name = nameIn(place, 'cluster');
    const { controlPlane, kubelet } = this.identity;
    const cluster = new KubernetesCluster(this, 'Cluster', {
      ...placed(place),
      ...clusterSettings(place, network, site, graceSeconds, upgradedBy),
      name,
      dnsPrefixPrivateCluster: name,
      nodeResourceGroup: nameIn(place, 'cluster-nodes'),
      privateDnsZoneId: this.zone.id,
      identity: { type: 'UserAssigned', identityIds: [controlPlane.id] },
      kubeletIdentity: {
        userAssignedIdentityId: kubelet.id,
        clientId: kubelet.clientId,
        objectId: kubelet.principalId,
      },
      keyManagementService: {
        keyVaultKeyId: encryption.keyVersionIds.cluster,
        keyVaultNetworkAccess: 'Private',
      },
      omsAgent: { logAnalyticsWorkspaceId: monitoring.workspaceId, msiAuthForMonitoringEnabled: true },
      microsoftDefender: { logAnalyticsWorkspaceId: monitoring.workspaceId },
      // Everything in it can be made again, but not while somebody waits for the site.
      lifecycle: { preventDestroy: place.isProtected, ignoreChanges },
    });
    exempt(cluster, {
      'customer-key':
        'Nodes keep nothing: their disks are those of their hosts, which encrypt them, and drivers of other disks are off.',
    });
    return cluster;
  }

  /** Lets the group that administers the site into the cluster. */
  private admit(principalId: string): void {
    const roles = {
      Administers: 'Azure Kubernetes Service RBAC Cluster Admin',
      FindsTheCluster: 'Azure Kubernetes Service Cluster User Role',
    };
    for (const [id, role] of Object.entries(roles)) {
      assignRole(this, id, { principalId, principalType: 'Group', role, scopeId: this.cluster.id });
    }
  }
}
