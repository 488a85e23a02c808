import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { NetworkSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-rule';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { Construct } from 'constructs';
import type { AzureSubnet } from '../platform/subnets';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { inboundRules, outboundRules, type Flow, type Peer } from './flows';
import { pascalCase } from '../platform/ids';
import { nameIn, placed, type Place } from './place';

export interface SecurityGroupsProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Ids of the subnets. */
  readonly subnetIds: Readonly<Record<AzureSubnet, string>>;
  /** Address ranges by who has them. Flows of who has none are left out. */
  readonly ranges: Readonly<Partial<Record<Peer, readonly string[]>>>;
}

/** What a rule of a security group says of its other end, its ports and its place among the rules. */
interface RuleSettings {
  readonly name: string;
  readonly description: string;
  readonly priority: number;
  readonly access: 'Allow' | 'Deny';
  readonly protocol: 'Tcp' | '*';
  readonly peers: readonly string[];
  readonly ports: readonly string[];
}

const step = 10;
const first = 100;
/** The last priority that is anybody's own; those of Azure come after it. */
const last = 4096;

/**
 * The rules for a direction of a subnet, in order: what is allowed, and the refusal of everything else, since Azure would
 * allow everything between subnets.
 */
export function ruleSettings(
  flows: Readonly<Record<string, Flow>>,
  ranges: SecurityGroupsProps['ranges'],
  refused: 'everything' | 'internet',
): readonly RuleSettings[] {
  const allowed = Object.entries(flows).flatMap(([name, { description, peers, ports, protocol = 'Tcp' }], index) => {
    const texts = peers.flatMap((peer) => ranges[peer] ?? []);
    if (texts.length === 0) return [];
    return [
      { name, description, priority: first + index * step, access: 'Allow' as const, protocol, peers: texts, ports },
    ];
  });
  const refusal = {
    name: refused === 'everything' ? 'refuse-others' : 'refuse-internet',
    description: refused === 'everything' ? 'Nobody else.' : 'No way out.',
    priority: last,
    access: 'Deny' as const,
    protocol: '*' as const,
    peers: [refused === 'everything' ? '*' : 'Internet'],
    ports: ['*'],
  };
  return [...allowed, refusal];
}

/** One value, or several, as Azure asks for them under two names. */
const prefixes = <Side extends 'source' | 'destination'>(side: Side, values: readonly string[]) =>
  values.length === 1 ? { [`${side}AddressPrefix`]: values[0] } : { [`${side}AddressPrefixes`]: [...values] };
const destinationPorts = (values: readonly string[]) =>
  values.length === 1 ? { destinationPortRange: values[0] } : { destinationPortRanges: [...values] };

/**
 * A security group for every subnet but that of the link's gateway, where Azure allows none: who may reach the subnet, by
 * port, and nobody else. What holds data may not reach the internet either.
 */
export class SecurityGroups extends Construct {
  public readonly groups: Readonly<Record<string, NetworkSecurityGroup>>;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: SecurityGroupsProps,
  ) {
    super(scope, id);
    this.groups = Object.fromEntries(
      (Object.keys(inboundRules) as (keyof typeof inboundRules)[]).map((subnet) => [subnet, this.group(subnet)]),
    );
  }

  private group(subnet: keyof typeof inboundRules): NetworkSecurityGroup {
    const { monitoring, place, ranges, subnetIds } = this.props;
    const scope = new Construct(this, pascalCase(subnet));
    const group = new NetworkSecurityGroup(scope, 'Group', {
      ...placed(place),
      name: nameIn(place, 'network-security-group', subnet),
    });
    this.rules(scope, group, 'Inbound', ruleSettings(inboundRules[subnet], ranges, 'everything'));
    const outbound = outboundRules[subnet];
    if (outbound !== undefined) this.rules(scope, group, 'Outbound', ruleSettings(outbound, ranges, 'internet'));
    new SubnetNetworkSecurityGroupAssociation(scope, 'Association', {
      subnetId: subnetIds[subnet],
      networkSecurityGroupId: group.id,
    });
    sendDiagnostics(scope, { id: group.id, monitoring, metrics: false });
    return group;
  }

  /** Rules by themselves: inside a group, Terraform asks for every argument that a rule does not need. */
  private rules(
    scope: Construct,
    group: NetworkSecurityGroup,
    direction: 'Inbound' | 'Outbound',
    settings: readonly RuleSettings[],
  ): void {
    const { resourceGroupName } = this.props.place;
    for (const { peers, ports, ...rule } of settings) {
      new NetworkSecurityRule(scope, pascalCase(`${direction}-${rule.name}`), {
        ...rule,
        direction,
        networkSecurityGroupName: group.name,
        resourceGroupName,
        sourcePortRange: '*',
        ...(direction === 'Inbound'
          ? { ...prefixes('source', peers), destinationAddressPrefix: '*' }
          : { sourceAddressPrefix: '*', ...prefixes('destination', peers) }),
        ...destinationPorts(ports),
      });
    }
  }
}
