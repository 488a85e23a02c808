import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { DataStack } from './data';
import type { MessagingStack } from './messaging';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface ClusterStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
}

export class ClusterStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id);
    preparePlatformStack(this, 'cluster', props);
  }
}
