import { Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { Network } from '../../lib/aws/network';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface NetworkStackProps extends PlatformStackProps {
  readonly keys: { readonly logs: kms.IKey };
  readonly accessLogs: s3.IBucket;
}

/** The network in which everything else stands. */
export class NetworkStack extends Stack {
  public readonly network: Network;

  public constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    this.network = new Network(this, 'Network', {
      site: props.site,
      allocations: props.platform.allocations.addresses,
      key: props.keys.logs,
      accessLogs: props.accessLogs,
    });
  }
}
