import type { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { AzureSubnet } from '../platform/subnets';
import type { Monitoring } from './diagnostics';
import { inboundRules, outboundRules } from './flows';
import type { Place } from './place';
import { SecurityGroup, type Ranges } from './security-group';

export interface SecurityGroupsProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Ids of the subnets. */
  readonly subnetIds: Readonly<Record<AzureSubnet, string>>;
  readonly ranges: Ranges;
}

/**
 * A security group for every subnet but that of the link's gateway, where Azure allows none: who may reach the subnet, by
 * port, and nobody else. What holds data may not reach the internet either.
 */
export class SecurityGroups extends Construct {
  public readonly groups: Readonly<Record<string, NetworkSecurityGroup>>;

  public constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    const { subnetIds, ...shared } = props;
    this.groups = Object.fromEntries(
      (Object.keys(inboundRules) as (keyof typeof inboundRules)[]).map((subnet) => [
        subnet,
        new SecurityGroup(this, pascalCase(subnet), {
          ...shared,
          subnet,
          subnetId: subnetIds[subnet],
          inbound: inboundRules[subnet],
          outbound: outboundRules[subnet],
        }).group,
      ]),
    );
  }
}
