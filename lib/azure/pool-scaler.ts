import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { Construct } from 'constructs';
import { resourceGroupId } from '../platform/azure-names';
import type { Place } from './place';
import { assignRole, type Identity } from './role';

export interface PoolScalerProps {
  readonly place: Place;
  readonly clusterId: string;
  /** Subnet of the nodes: whoever changes a pool must be allowed to join it, though it stays what it was. */
  readonly subnetId: string;
  /** As whom the failover control runs. */
  readonly control: Pick<Identity, 'principalId'>;
}

/** What changing a pool of nodes needs, and nothing that makes or removes one, or enters the cluster. */
export const poolActions = [
  'Microsoft.ContainerService/managedClusters/agentPools/read',
  'Microsoft.ContainerService/managedClusters/agentPools/write',
  'Microsoft.Network/virtualNetworks/subnets/join/action',
] as const;

/** Lets the failover control raise the nodes of the site. Azure has no role of its own that may do this and no more. */
export class PoolScaler extends Construct {
  public constructor(scope: Construct, id: string, props: PoolScalerProps) {
    super(scope, id);
    const { clusterId, control, place, subnetId } = props;
    const { naming, subscriptionId: subscription } = place;
    const group = (stack: string) => resourceGroupId({ ...naming, subscription }, stack);
    const { name: role } = new RoleDefinition(this, 'Role', {
      name: `Pool scaler of ${naming.name} ${naming.site}`,
      description: 'Changes how many nodes stand in pools of the cluster.',
      scope: group('cluster'),
      assignableScopes: [group('cluster'), group('foundation')],
      permissions: [{ actions: [...poolActions] }],
    });
    for (const [what, scopeId] of Object.entries({ Cluster: clusterId, Subnet: subnetId })) {
      assignRole(this, what, { principalId: control.principalId, role, scopeId });
    }
  }
}
