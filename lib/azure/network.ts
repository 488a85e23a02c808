import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { NetworkDdosProtectionPlan } from '@cdktf/provider-azurerm/lib/network-ddos-protection-plan';
import { VirtualNetwork, type VirtualNetworkDdosProtectionPlan } from '@cdktf/provider-azurerm/lib/virtual-network';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { StageAllocations } from '../platform/allocation';
import { named } from '../platform/named';
import type { AzureSite } from '../platform/nouns/site';
import type { SiteName } from '../platform/platform';
import {
  azureScopeSubnetKey,
  azureSubnetKey,
  azureSubnetNames,
  type AzureScopeSubnet,
  type AzureSubnet,
} from '../platform/subnets';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { Dns } from './dns';
import { serviceTags } from './flows';
import { pascalCase } from '../platform/ids';
import { Nat } from './nat';
import { nameIn, placed, type Place } from './place';
import type { OccasionalService, PrivateNetwork, ZoneIds } from './private-network';
import type { Ranges } from './security-group';
import { SecurityGroups } from './security-groups';
import { subnetSettings, type SubnetSettings } from './subnet';

export interface NetworkProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly site: {
    readonly siteName: SiteName;
    readonly network: Pick<AzureSite['network'], 'cidr' | 'ddosProtection' | 'pods'>;
  };
  /** What the allocation lock has given to the stage: the range of every subnet. */
  readonly allocations: StageAllocations['addresses'];
  /** Address ranges of the platform's other sites. */
  readonly otherSites: readonly string[];
  /** Those of them in other regions of Azure, whose services call databases here. @default - none */
  readonly otherRegions?: readonly string[];
  /** Address ranges from which objects are copied to the site. */
  readonly objectCopiers: readonly string[];
  /** Whether a function calls third parties. */
  readonly functionsCallOut: boolean;
  /** Range of the subnet from which API Management calls the cluster, where it is the gateway. @default - the edge calls it by itself */
  readonly apiManagement?: string | undefined;
  /** Scopes of the platform, which have subnets of their own beside these. @default - none */
  readonly scopes?: readonly string[];
  /** Services besides the usual ones that are reached by private endpoints. @default - none */
  readonly services?: readonly OccasionalService[];
  /** Name of the zone of PostgreSQL servers. @default - the usual one */
  readonly postgresZone?: string;
}

/** Service of Azure to which a subnet of functions is given over. */
export const functionsService = 'Microsoft.App/environments';

/** Services of Azure to which a subnet is given over. */
const delegations: Readonly<Partial<Record<AzureSubnet, string>>> = {
  'api-server': 'Microsoft.ContainerService/managedClusters',
  postgres: 'Microsoft.DBforPostgreSQL/flexibleServers',
  functions: functionsService,
};

/** What some subnets have that others do not. */
const particular: Readonly<Partial<Record<AzureSubnet, Partial<SubnetSettings>>>> = {
  // Azure finds the gateway's subnet by this name.
  link: { name: 'GatewaySubnet' },
  // PostgreSQL adds it by itself, for the way to its backups.
  postgres: { serviceEndpoints: ['Microsoft.Storage'] },
  'private-link': { privateLinkServiceNetworkPoliciesEnabled: false },
};

/** How a subnet of the network is made. */
export const networkSubnet = (subnet: AzureSubnet, range: string): SubnetSettings => ({
  ...subnetSettings({ name: subnet, range, service: delegations[subnet] }),
  ...particular[subnet],
});

/**
 * The network of a site: a subnet for each service that Azure puts into it, on ranges of the allocation lock; for each a
 * security group; a way out, from fixed addresses, for the cluster and for functions that call third parties; private DNS
 * for everything that has an endpoint. Nothing else has a way to the internet.
 *
 * Encryption between virtual machines is left out on purpose, since Azure has none where a private link service stands, and Front
 * Door comes by one; services encrypt their calls themselves. The plan against floods costs more than the rest of the network, so a
 * definition asks for it: one address takes requests from the internet, and the firewalls stand before it either way.
 */
export class Network extends Construct implements PrivateNetwork {
  public readonly virtualNetwork: VirtualNetwork;
  public readonly subnetIds: Readonly<Record<AzureSubnet, string>>;
  public readonly zoneIds: ZoneIds;
  public readonly securityGroups: SecurityGroups;
  /** Ways out, each from addresses of its own. */
  public readonly nats: readonly Nat[];
  /** The addresses from which the platform calls third parties, who may allow these alone. */
  public readonly egressAddresses: readonly string[];

  public constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const {
      allocations,
      apiManagement,
      functionsCallOut,
      monitoring,
      objectCopiers,
      otherRegions = [],
      otherSites,
      place,
    } = props;
    const { postgresZone, scopes = [], services, site } = props;
    this.virtualNetwork = new VirtualNetwork(this, 'VirtualNetwork', {
      ...placed(place),
      name: nameIn(place, 'virtual-network'),
      addressSpace: [site.network.cidr],
      ...(site.network.ddosProtection === 'network' ? { ddosProtectionPlan: this.protectionPlan(place) } : {}),
    });
    sendDiagnostics(this, { id: this.virtualNetwork.id, monitoring });
    const ranges = Object.fromEntries(
      azureSubnetNames.map((subnet) => [
        subnet,
        named('allocations.addresses', allocations, azureSubnetKey(site.siteName, subnet)),
      ]),
    ) as Record<AzureSubnet, string>;
    this.subnetIds = Object.fromEntries(
      azureSubnetNames.map((subnet) => [subnet, this.subnet(subnet, ranges[subnet], place).id]),
    ) as Record<AzureSubnet, string>;
    this.securityGroups = new SecurityGroups(this, 'SecurityGroups', {
      place,
      monitoring,
      subnetIds: this.subnetIds,
      ranges: {
        ...serviceTags,
        ...Object.fromEntries(azureSubnetNames.map((subnet) => [subnet, [ranges[subnet]]])),
        pods: [site.network.pods],
        ...scopeRanges(allocations, site.siteName, scopes),
        ...(apiManagement === undefined
          ? { 'gateway-edge': [ranges['application-gateway']] }
          : { 'api-management': [apiManagement] }),
        'object-copiers': objectCopiers,
        'other-regions': otherRegions,
        'other-sites': otherSites,
      },
    });
    this.nats = (functionsCallOut ? (['cluster', 'functions'] as const) : (['cluster'] as const)).map(
      (subnet) =>
        new Nat(this, `${pascalCase(subnet)}Nat`, { place, monitoring, subnet, subnetId: this.subnetIds[subnet] }),
    );
    this.egressAddresses = this.nats.flatMap(({ addresses }) => addresses.map(({ ipAddress }) => ipAddress));
    this.zoneIds = new Dns(this, 'Dns', {
      place,
      virtualNetworkId: this.virtualNetwork.id,
      ...(services === undefined ? {} : { services }),
      ...(postgresZone === undefined ? {} : { postgresZone }),
    }).zoneIds;
    new TerraformOutput(this, 'EgressAddresses', {
      value: [...this.egressAddresses],
      description: 'Addresses from which the platform calls third parties, for their allow lists',
      staticId: true,
    });
  }

  public get virtualNetworkId(): string {
    return this.virtualNetwork.id;
  }

  private protectionPlan(place: Place): VirtualNetworkDdosProtectionPlan {
    const plan = new NetworkDdosProtectionPlan(this, 'ProtectionPlan', {
      ...placed(place),
      name: nameIn(place, 'ddos-plan'),
    });
    return { id: plan.id, enable: true };
  }

  private subnet(subnet: AzureSubnet, range: string, { resourceGroupName }: Place): Subnet {
    return new Subnet(this, pascalCase(subnet), {
      resourceGroupName,
      virtualNetworkName: this.virtualNetwork.name,
      ...networkSubnet(subnet, range),
    });
  }
}

/** Ranges from which scopes call what they share with the rest of the site; nothing where there are none. */
const scopeRanges = (
  allocations: StageAllocations['addresses'],
  site: SiteName,
  scopes: readonly string[],
): Pick<Ranges, 'scope-functions' | 'scope-nodes'> => {
  const ranges = (subnet: AzureScopeSubnet) =>
    scopes.map((name) => named('allocations.addresses', allocations, azureScopeSubnetKey(site, name, subnet)));
  return { 'scope-functions': ranges('functions'), 'scope-nodes': ranges('nodes') };
};
