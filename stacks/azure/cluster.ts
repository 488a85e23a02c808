import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Cluster } from '../../lib/azure/cluster';
import { ClusterFederation } from '../../lib/azure/cluster-federation';
import { gatewayWord } from '../../lib/azure/identity';
import { nodePoolSize } from '../../lib/platform/azure-nodes';
import type { DataStack } from './data';
import type { MessagingStack } from './messaging';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface ClusterStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
}

/** Where services run. What runs there is not here: manifests say that, and are applied by those whom the cluster admits. */
export class ClusterStack extends TerraformStack {
  public readonly cluster: Cluster;
  /** Id of the cluster. */
  public readonly clusterId: string;
  /** Id of the workspace that keeps the cluster's figures. */
  public readonly monitorWorkspaceId: string;

  public constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id);
    const { foundation, platform, site } = props;
    const place = preparePlatformStack(this, 'cluster', props);
    this.cluster = new Cluster(this, 'Cluster', {
      place,
      site,
      network: foundation.network,
      encryption: foundation.encryption,
      monitoring: foundation.monitoring,
      monitorScope: foundation.monitorScope,
      registryId: foundation.registry.id,
      pool: nodePoolSize(platform, site),
      namespacePrefix: platform.name,
    });
    this.clusterId = this.cluster.cluster.id;
    this.monitorWorkspaceId = this.cluster.observed.workspace.id;
    new ClusterFederation(this, 'Federation', {
      place,
      issuer: this.cluster.cluster.oidcIssuerUrl,
      identities: {
        ...Object.fromEntries(
          Object.entries(foundation.identities).filter(([name]) => Object.hasOwn(platform.services, name)),
        ),
        [gatewayWord]: foundation.gatewayIdentity,
      },
    });
  }
}
