import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import type { Encryption } from './encryption';
import { pascalCase } from '../platform/ids';
import { nameIn, placed, type Place } from './place';
import type { PrivateNetwork } from './private-network';
import { assignRole } from './role';

export interface ClusterIdentityProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  /** Id of the private DNS zone in which the API server is found. */
  readonly zoneId: string;
  /** Id of the registry of images. */
  readonly registryId: string;
}

/** Subnets in which the cluster puts something: its nodes, its API server, the balancer in front of the gateway. */
const clusterSubnets = ['cluster', 'api-server', 'balancer'] as const;

/**
 * Who the cluster is to Azure. The control plane joins its subnets, writes its name into its zone, hands its nodes their
 * identity and wraps the key of its secrets; nodes pull images. Neither may anything else.
 */
export class ClusterIdentity extends Construct {
  public readonly controlPlane: UserAssignedIdentity;
  public readonly kubelet: UserAssignedIdentity;
  /** What must be there before the cluster can be made, and gone after it. */
  public readonly roles: readonly RoleAssignment[];

  public constructor(scope: Construct, id: string, props: ClusterIdentityProps) {
    super(scope, id);
    const { encryption, network, place, registryId, zoneId } = props;
    this.controlPlane = this.identity('ControlPlane', place, 'cluster');
    this.kubelet = this.identity('Kubelet', place, 'nodes');
    const controlPlane = this.controlPlane.principalId;
    this.roles = [
      ...clusterSubnets.map((subnet) =>
        assignRole(this, `Joins${pascalCase(subnet)}`, {
          principalId: controlPlane,
          role: 'Network Contributor',
          scopeId: network.subnetIds[subnet],
        }),
      ),
      assignRole(this, 'WritesItsName', {
        principalId: controlPlane,
        role: 'Private DNS Zone Contributor',
        scopeId: zoneId,
      }),
      assignRole(this, 'GivesNodesTheirIdentity', {
        principalId: controlPlane,
        role: 'Managed Identity Operator',
        scopeId: this.kubelet.id,
      }),
      assignRole(this, 'WrapsSecrets', {
        principalId: controlPlane,
        role: 'Key Vault Crypto User',
        scopeId: `${encryption.vaultId}/keys/cluster`,
      }),
      // Azure asks for it to reach a vault that is closed, and it gives no access to what lies in the vault.
      assignRole(this, 'ReachesTheVault', {
        principalId: controlPlane,
        role: 'Key Vault Contributor',
        scopeId: encryption.vaultId,
      }),
      assignRole(this, 'PullsImages', {
        principalId: this.kubelet.principalId,
        role: 'AcrPull',
        scopeId: registryId,
      }),
    ];
  }

  private identity(id: string, place: Place, word: string): UserAssignedIdentity {
    return new UserAssignedIdentity(this, id, { ...placed(place), name: nameIn(place, 'identity', word) });
  }
}
