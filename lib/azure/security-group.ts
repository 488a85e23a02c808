import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { NetworkSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-rule';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Flows, Peer } from './flows';
import { nameIn, placed, type Place } from './place';

/** Address ranges by who has them. Flows of who has none are left out. */
export type Ranges = Readonly<Partial<Record<Peer, readonly string[]>>>;

export interface SecurityGroupProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Name of the subnet. */
  readonly subnet: string;
  /** Id of the subnet. */
  readonly subnetId: string;
  readonly ranges: Ranges;
  /** Who may reach the subnet. */
  readonly inbound: Flows;
  /** What a subnet that may not reach the internet reaches all the same. @default - it may reach everything */
  readonly outbound?: Flows | undefined;
  /** What else of the way out is refused, where the subnet has `outbound`. @default 'internet' */
  readonly refusedOut?: Refused;
}

/** What nobody passes beyond what is allowed. */
type Refused = 'everything' | 'internet';

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
  flows: Flows,
  ranges: Ranges,
  refused: Refused,
  description = refused === 'everything' ? 'Nobody else.' : 'No way out.',
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
    description,
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

/** Who may reach a subnet, by port, and nobody else; and what it may reach where it may not reach the internet. */
export class SecurityGroup extends Construct {
  public readonly group: NetworkSecurityGroup;

  public constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const { inbound, monitoring, outbound, place, ranges, refusedOut = 'internet', subnet, subnetId } = props;
    this.group = new NetworkSecurityGroup(this, 'Group', {
      ...placed(place),
      name: nameIn(place, 'network-security-group', subnet),
    });
    this.rules('Inbound', place, ruleSettings(inbound, ranges, 'everything'));
    if (outbound !== undefined) {
      this.rules('Outbound', place, ruleSettings(outbound, ranges, refusedOut, 'No way out.'));
    }
    new SubnetNetworkSecurityGroupAssociation(this, 'Association', {
      subnetId,
      networkSecurityGroupId: this.group.id,
    });
    sendDiagnostics(this, { id: this.group.id, monitoring, metrics: false });
  }

  /** Rules by themselves: inside a group, Terraform asks for every argument that a rule does not need. */
  private rules(
    direction: 'Inbound' | 'Outbound',
    { resourceGroupName }: Place,
    settings: readonly RuleSettings[],
  ): void {
    for (const { peers, ports, ...rule } of settings) {
      new NetworkSecurityRule(this, pascalCase(`${direction}-${rule.name}`), {
        ...rule,
        direction,
        networkSecurityGroupName: this.group.name,
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
