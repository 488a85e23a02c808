import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Fleet } from '../../lib/azure/fleet';
import type { ClusterStack } from './cluster';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface FleetStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  /** Cluster of this site, which waits. */
  readonly cluster: ClusterStack;
  /** Cluster of the site that serves. */
  readonly home: ClusterStack;
}

/**
 * The clusters of both sites on Azure as one fleet, which upgrades them one after the other. It stands where the site does that
 * waits: a fleet belongs to a region, and clusters go on without it.
 */
export class FleetStack extends TerraformStack {
  public readonly fleet: Fleet;

  public constructor(scope: Construct, id: string, props: FleetStackProps) {
    super(scope, id);
    const { cluster, foundation, home } = props;
    this.fleet = new Fleet(this, 'Fleet', {
      place: preparePlatformStack(this, 'fleet', props),
      monitoring: foundation.monitoring,
      clusters: { recovery: { id: cluster.clusterId }, primary: { id: home.clusterId } },
    });
  }
}
