import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { ClusterStack } from './cluster';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface EdgeStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly cluster: ClusterStack;
}

export class EdgeStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id);
    preparePlatformStack(this, 'edge', props);
  }
}
