import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Capabilities } from '../../lib/aws/capability';
import type { Scopes } from '../../lib/aws/scope';
import { scopeOf } from '../../lib/platform/scopes';
import { PodService } from '../../lib/aws/pod-service';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';
import type { KubernetesClusterStack } from './kubernetes-cluster';

/** A service whose tasks are pods, and the parts of other stacks that it stands on. */
export interface PodServiceStackProps extends PlatformStackProps {
  readonly name: string;
  readonly cluster: KubernetesClusterStack;
  readonly capabilities: Capabilities;
  /** Parts that are judged apart. */
  readonly scopes: Scopes;
}

/** What one service may do on AWS, when its people are called, and what it receives. Its pods are released by the cluster. */
export class PodServiceStack extends Stack {
  public readonly service: PodService;

  public constructor(scope: Construct, id: string, props: PodServiceStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { capabilities, cluster, name, platform, scopes, site } = props;
    this.service = new PodService(this, 'Service', {
      name,
      platform,
      site: site.siteName,
      capabilities,
      clusterName: cluster.cluster.cluster.ref,
      secretsReader: cluster.systems.secrets.role.roleArn,
      scope: scopes[scopeOf(platform, 'services', name) ?? ''],
      workspaceArn: cluster.workspace.workspace.attrArn,
    });
  }
}
