import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { LinkZone } from '../platform/link-network';
import { acknowledge } from './acknowledge';

export interface LinkSubnetsProps {
  readonly vpc: ec2.IVpc;
  readonly zones: readonly LinkZone[];
}

/**
 * A small subnet in every zone in which the link enters the network: of its own, so that it goes when the link does, and without a way
 * out, so that nobody reaches the internet through it.
 */
export class LinkSubnets extends Construct {
  public readonly subnets: readonly ec2.PrivateSubnet[];

  public constructor(scope: Construct, id: string, props: LinkSubnetsProps) {
    super(scope, id);
    const { vpc, zones } = props;
    this.subnets = zones.map(({ cidr, zone }) => {
      const subnet = new ec2.PrivateSubnet(this, pascalCase(zone), {
        vpcId: vpc.vpcId,
        availabilityZone: zone,
        cidrBlock: cidr,
        mapPublicIpOnLaunch: false,
      });
      acknowledge(subnet, {
        'CloudFormation-Validate::W3010': 'The zones of a site are part of its definition, and the link enters each.',
      });
      return subnet;
    });
  }
}
