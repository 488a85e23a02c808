import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface DataStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
}

export class DataStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id);
    preparePlatformStack(this, 'data', props);
  }
}
