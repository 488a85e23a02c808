import { aws_ec2 as ec2, aws_route53resolver as resolver } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { LinkNetwork } from '../platform/link-network';

export interface LinkDnsProps {
  readonly vpc: ec2.IVpc;
  readonly network: LinkNetwork;
  /** Where the link enters the network, zone by zone as in the plan. */
  readonly subnets: readonly ec2.ISubnet[];
}

/** Names are asked for by both protocols: by TCP, when an answer is long. */
const protocols = ['udp', 'tcp'] as const;

const dnsPort = 53;

/**
 * Names across the link. Azure asks the one endpoint for names on AWS, at addresses that it knows from the plan; through the other, the
 * network asks Azure for names there. Either lets in, or out, no more than the resolver at the other end.
 */
export class LinkDns extends Construct {
  public readonly inbound: resolver.CfnResolverEndpoint;
  public readonly outbound: resolver.CfnResolverEndpoint;

  public constructor(scope: Construct, id: string, props: LinkDnsProps) {
    super(scope, id);
    const { network, vpc } = props;
    const asked = this.group('InboundSecurityGroup', 'Answers names to the other site', vpc);
    const asks = this.group('OutboundSecurityGroup', 'Asks the other site for names', vpc);
    this.admit(asked, asks, network);
    this.inbound = this.endpoint('Inbound', asked, props);
    this.outbound = this.endpoint('Outbound', asks, props);
    for (const name of network.azure.names) this.forward(name, props);
  }

  private group(id: string, description: string, vpc: ec2.IVpc): ec2.SecurityGroup {
    return new ec2.SecurityGroup(this, id, { vpc, description, allowAllOutbound: false });
  }

  private admit(asked: ec2.ISecurityGroup, asks: ec2.ISecurityGroup, { azure }: LinkNetwork): void {
    for (const ipProtocol of protocols) {
      const rule = { ipProtocol, fromPort: dnsPort, toPort: dnsPort, description: 'resolver of the other site' };
      new ec2.CfnSecurityGroupIngress(this, pascalCase(`${ipProtocol}-ingress`), {
        ...rule,
        groupId: asked.securityGroupId,
        cidrIp: azure.subnets['dns-outbound'],
      });
      new ec2.CfnSecurityGroupEgress(this, pascalCase(`${ipProtocol}-egress`), {
        ...rule,
        groupId: asks.securityGroupId,
        cidrIp: `${azure.inbound}/32`,
      });
    }
  }

  private endpoint(
    direction: 'Inbound' | 'Outbound',
    group: ec2.ISecurityGroup,
    { network, subnets }: LinkDnsProps,
  ): resolver.CfnResolverEndpoint {
    const side = direction === 'Inbound' ? 'inbound' : 'outbound';
    return new resolver.CfnResolverEndpoint(this, direction, {
      direction: direction.toUpperCase(),
      protocols: ['Do53'],
      resolverEndpointType: 'IPV4',
      securityGroupIds: [group.securityGroupId],
      ipAddresses: network.aws.zones.map((zone, index) => {
        const subnet = subnets[index];
        if (subnet === undefined) throw new Error(`the link has no subnet in ${zone.zone}`);
        return { subnetId: subnet.subnetId, ip: zone[side] };
      }),
    });
  }

  private forward(name: string, { network, vpc }: LinkDnsProps): void {
    const scope = new Construct(this, pascalCase(name.replaceAll('.', '-')));
    const rule = new resolver.CfnResolverRule(scope, 'Rule', {
      domainName: name,
      ruleType: 'FORWARD',
      resolverEndpointId: this.outbound.attrResolverEndpointId,
      targetIps: [{ ip: network.azure.inbound, port: String(dnsPort) }],
    });
    new resolver.CfnResolverRuleAssociation(scope, 'Association', {
      resolverRuleId: rule.attrResolverRuleId,
      vpcId: vpc.vpcId,
    });
  }
}
