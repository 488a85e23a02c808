import { SubnetNatGatewayAssociation } from '@cdktf/provider-azurerm/lib/subnet-nat-gateway-association';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { StageAllocations } from '../platform/allocation';
import { pascalCase } from '../platform/ids';
import { named } from '../platform/named';
import type { AzureSite } from '../platform/nouns/site';
import type { SiteName } from '../platform/platform';
import {
  azureScopeSubnetKey,
  azureScopeSubnets,
  azureSubnetKey,
  azureSubnetNames,
  type AzureScopeSubnet,
  type AzureSubnet,
} from '../platform/subnets';
import type { Monitoring } from './diagnostics';
import { serviceTags } from './flows';
import { Nat } from './nat';
import { functionsService, type Network } from './network';
import type { Place } from './place';
import type { PrivateNetwork, ZoneIds } from './private-network';
import { scopeFlows } from './scope-flows';
import { SecurityGroup, type Ranges } from './security-group';
import { subnetSettings } from './subnet';

export interface ScopeNetworkProps {
  /** In the scope. */
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Name of the scope. */
  readonly name: string;
  /** The network of the site, in which it has subnets. */
  readonly network: Pick<Network, 'nats' | 'subnetIds' | 'virtualNetwork' | 'virtualNetworkId' | 'zoneIds'>;
  readonly site: { readonly siteName: SiteName; readonly network: Pick<AzureSite['network'], 'pods'> };
  /** What the allocation lock has given to the stage: the range of every subnet. */
  readonly allocations: StageAllocations['addresses'];
  /** Whether a function of the scope calls third parties. */
  readonly callsOut: boolean;
}

/** Subnets of a scope, in order. */
const scopeSubnets = Object.keys(azureScopeSubnets) as AzureScopeSubnet[];

/** Which subnet of a site takes the place of each of a scope, for whatever stands in the scope. */
const standIns = { endpoints: 'endpoints', functions: 'functions', nodes: 'cluster' } as const satisfies Record<
  AzureScopeSubnet,
  AzureSubnet
>;

/** Services of Azure to which a subnet is given over. */
const delegations: Readonly<Partial<Record<AzureScopeSubnet, string>>> = { functions: functionsService };

/**
 * The network as what is in a scope has it: subnets of the scope's own for private endpoints, for functions and for the nodes on which
 * its databases are administered, each of which refuses in both directions whatever is not listed (`scope-flows.ts`). Functions leave
 * from an address of the scope's own, which a third party may allow alone; nodes by the way out of the cluster.
 */
export class ScopeNetwork extends Construct implements PrivateNetwork {
  public readonly virtualNetworkId: string;
  public readonly zoneIds: ZoneIds;
  /** Ids of the subnets: of the scope in the place of those that it has, and of the site. */
  public readonly subnetIds: Readonly<Record<AzureSubnet, string>>;

  public constructor(scope: Construct, id: string, props: ScopeNetworkProps) {
    super(scope, id);
    const { callsOut, monitoring, name, network, place } = props;
    this.virtualNetworkId = network.virtualNetworkId;
    this.zoneIds = network.zoneIds;
    const ranges = rangesOf(props);
    const ids = Object.fromEntries(
      scopeSubnets.map((subnet) => [subnet, this.subnet(subnet, props, ranges)]),
    ) as Record<AzureScopeSubnet, string>;
    this.subnetIds = {
      ...network.subnetIds,
      ...Object.fromEntries(scopeSubnets.map((subnet) => [standIns[subnet], ids[subnet]])),
    };
    const [clusterNat] = network.nats;
    if (clusterNat !== undefined) {
      new SubnetNatGatewayAssociation(this, 'NodesWayOut', {
        natGatewayId: clusterNat.gateway.id,
        subnetId: ids.nodes,
      });
    }
    if (!callsOut) return;
    const nat = new Nat(this, 'FunctionsNat', { place, monitoring, subnet: 'functions', subnetId: ids.functions });
    new TerraformOutput(this, `${pascalCase(name)}EgressAddresses`, {
      value: nat.addresses.map(({ ipAddress }) => ipAddress),
      description: `Addresses from which the scope ${name} calls third parties, for their allow lists`,
      staticId: true,
    });
  }

  /** A subnet, and what may pass there. */
  private subnet(
    subnet: AzureScopeSubnet,
    { monitoring, name, network, place }: ScopeNetworkProps,
    ranges: Ranges,
  ): string {
    const subnetName = `${name}-${subnet}`;
    const made = new Subnet(this, pascalCase(subnet), {
      resourceGroupName: place.resourceGroupName,
      virtualNetworkName: network.virtualNetwork.name,
      ...subnetSettings({
        name: subnetName,
        range: named('scopes', ranges, `scope-${subnet}`)[0] ?? '',
        service: delegations[subnet],
      }),
    });
    new SecurityGroup(this, `${pascalCase(subnet)}Group`, {
      place,
      monitoring,
      subnet,
      subnetId: made.id,
      ranges,
      ...scopeFlows[subnet],
      refusedOut: 'everything',
    });
    return made.id;
  }
}

/** Who is at the other end of the flows of a scope. Third parties have addresses that nobody here knows, and have any. */
function rangesOf({ allocations, callsOut, name, site }: ScopeNetworkProps): Ranges {
  const range = (key: string) => [named('allocations.addresses', allocations, key)];
  return {
    ...serviceTags,
    ...Object.fromEntries(azureSubnetNames.map((subnet) => [subnet, range(azureSubnetKey(site.siteName, subnet))])),
    ...Object.fromEntries(
      scopeSubnets.map((subnet) => [`scope-${subnet}`, range(azureScopeSubnetKey(site.siteName, name, subnet))]),
    ),
    pods: [site.network.pods],
    'third-parties': callsOut ? serviceTags.internet : [],
  };
}
