import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { ClusterStack } from './cluster';
import type { DataStack } from './data';
import type { EdgeStack } from './edge';
import type { MessagingStack } from './messaging';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface OperationsStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
  readonly cluster: ClusterStack;
  readonly edge: EdgeStack;
}

export class OperationsStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id);
    preparePlatformStack(this, 'operations', props);
  }
}
