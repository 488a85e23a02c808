import { Construct } from 'constructs';
import { scopePoolName, scopePoolSize } from '../platform/azure-nodes';
import { scopeNodesTag } from '../platform/names';
import { NodePool } from './node-pool';
import type { Place } from './place';
import type { PrivateNetwork } from './private-network';
import { assignRole } from './role';
import { waitFor } from './wait-for';

export interface ScopeNodesProps {
  /** In the scope. */
  readonly place: Place;
  /** The network as the scope has it. */
  readonly network: PrivateNetwork;
  readonly clusterId: string;
  /** Object id of the identity of the control plane, which joins the subnet. */
  readonly controlPlane: string;
  /** Name of the scope. */
  readonly name: string;
}

/**
 * Nodes of the cluster on which the job stands that administers databases of a scope, and no other pod: what leaves them has addresses
 * of the scope's subnet, by which the databases let it in. None stands while there is nothing to do.
 */
export class ScopeNodes extends Construct {
  public readonly nodes: NodePool;

  public constructor(scope: Construct, id: string, props: ScopeNodesProps) {
    super(scope, id);
    const { clusterId, controlPlane, name, network, place } = props;
    const joins = assignRole(this, 'Joins', {
      principalId: controlPlane,
      role: 'Network Contributor',
      scopeId: network.subnetIds.cluster,
    });
    this.nodes = new NodePool(this, 'Nodes', {
      place,
      clusterId,
      subnetId: network.subnetIds.cluster,
      name: scopePoolName(name),
      size: scopePoolSize,
      apart: { [scopeNodesTag]: name },
    });
    waitFor(this.nodes.pool, [joins]);
  }
}
