import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface MessagingStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
}

export class MessagingStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: MessagingStackProps) {
    super(scope, id);
    preparePlatformStack(this, 'messaging', props);
  }
}
