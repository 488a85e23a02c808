import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LoadTests, type LoadTestsProps } from '../../lib/aws/load-tests';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export type LoadTestsStackProps = PlatformStackProps & Omit<LoadTestsProps, 'platform' | 'runtimeMonitoring'>;

/** What makes load, when it does, and where what it found is kept. */
export class LoadTestsStack extends Stack {
  public readonly loadTests: LoadTests;

  public constructor(scope: Construct, id: string, props: LoadTestsStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    this.loadTests = new LoadTests(this, 'LoadTests', {
      ...props,
      runtimeMonitoring: props.site.network.interfaceEndpoints,
    });
  }
}
