import { DataAzurermApplicationInsights } from '@cdktf/provider-azurerm/lib/data-azurerm-application-insights';
import { PrivateDnsARecord } from '@cdktf/provider-azurerm/lib/private-dns-a-record';
import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { TerraformStack, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { ApiManagement } from '../../lib/azure/api-management';
import { ApiManagementApis } from '../../lib/azure/api-management-apis';
import { ApiManagementBackends } from '../../lib/azure/api-management-backends';
import { linkZone } from '../../lib/azure/dns';
import { nameIn, type Place } from '../../lib/azure/place';
import { waitFor } from '../../lib/azure/wait-for';
import { doorHost, gatewayAddress, gatewayBackend } from '../../lib/platform/azure-gateway';
import { azureHosts } from '../../lib/platform/azure-hosts';
import { whereIs } from '../../lib/platform/azure-sites';
import { edgeOf } from '../../lib/platform/edge/paths';
import { pooledServices } from '../../lib/platform/gateway/pools';
import { readyPath } from '../../lib/platform/gateway/ready';
import { byKey, keyField } from '../../lib/platform/gateway/token-keys';
import { azureSecretName } from '../../lib/platform/names';
import type { ApiManagement as Model } from '../../lib/platform/nouns/gateway';
import { admittedPerMinute } from '../../lib/platform/load-tests/admitted';
import { named } from '../../lib/platform/named';
import { gatewayPort } from '../../lib/platform/ports';
import { apiManagementSubnetKey, azureSubnetKey, type AzureSubnet } from '../../lib/platform/subnets';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface GatewayStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly gateway: Model;
}

/**
 * API Management, where it is the gateway: between the application gateway and the door of the cluster, which it calls by a name of the
 * domain that is found in the network alone.
 */
export class GatewayStack extends TerraformStack {
  public readonly apiManagement: ApiManagement;

  public constructor(scope: Construct, id: string, props: GatewayStackProps) {
    super(scope, id);
    const { foundation, gateway, platform, site } = props;
    const place = preparePlatformStack(this, 'gateway', props);
    const door = this.nameDoor(place, props);
    this.apiManagement = this.make(place, props);
    const { moduli, service: apiManagement } = this.apiManagement;
    const routed = Object.entries(platform.services).filter(([, { routes }]) => routes.length > 0);
    const backends = new ApiManagementBackends(this, 'Backends', {
      place,
      apiManagement,
      url: `https://${door.host}:${gatewayPort}`,
      services: routed.map(([name]) => name),
      split: pooledServices(platform, site.siteName),
      identities: foundation.identities,
    });
    waitFor(apiManagement, door.answered);
    new ApiManagementApis(this, 'Apis', {
      place,
      monitoring: foundation.monitoring,
      apiManagement,
      gateway,
      services: platform.services,
      loadPerMinute: admittedPerMinute(platform, site.siteName),
      backends: backends.byService,
      health: { backend: backends.door, path: readyPath(edgeOf(platform)), askedAt: gatewayBackend.healthPath },
      after: moduli,
    });
  }

  /** A name of the domain for the balancer of the cluster, so that its certificate can be verified. */
  private nameDoor(
    place: Place,
    { foundation, platform, site }: GatewayStackProps,
  ): { readonly host: string; readonly answered: readonly TerraformResource[] } {
    const scope = new Construct(this, 'Door');
    const host = doorHost(platform.stage.domain, site);
    const shared = { resourceGroupName: place.resourceGroupName, tags: { ...place.tags } };
    const zone = new PrivateDnsZone(scope, 'Zone', { ...shared, name: host });
    const link = linkZone(scope, 'Link', {
      place,
      zoneName: zone.name,
      resourceGroupName: place.resourceGroupName,
      virtualNetworkId: foundation.network.virtualNetworkId,
      asksOnwards: false,
    });
    const record = new PrivateDnsARecord(scope, 'Address', {
      ...shared,
      name: '@',
      zoneName: zone.name,
      ttl: 300,
      records: [gatewayAddress(platform, site)],
    });
    return { host, answered: [link, record] };
  }

  private make(place: Place, { foundation, gateway, platform, site }: GatewayStackProps): ApiManagement {
    const range = (key: string) => named('allocations.addresses', platform.allocations.addresses, key);
    const subnet = (name: AzureSubnet) => range(azureSubnetKey(site.siteName, name));
    // Read here, since its address is no id, and ids alone go from stack to stack.
    const insights = new DataAzurermApplicationInsights(this, 'Insights', {
      name: nameIn(place, 'application-insights'),
      resourceGroupName: nameIn(place, 'resource-group', 'foundation'),
    });
    return new ApiManagement(this, 'ApiManagement', {
      place,
      network: foundation.network,
      monitoring: foundation.monitoring,
      gateway,
      publisher: { name: platform.owner.team, email: platform.owner.email },
      domain: platform.stage.domain,
      cidr: site.network.cidr,
      ranges: {
        apiManagement: range(apiManagementSubnetKey(site.siteName)),
        balancer: subnet('balancer'),
        endpoints: subnet('endpoints'),
      },
      moduli: byKey((key) => {
        const entry = azureSecretName(gateway.tokens.secret, keyField('modulus', key));
        return {
          url: `${azureHosts.vault(whereIs(platform, site))}/secrets/${entry}`,
          id: `${foundation.vault.id}/secrets/${entry}`,
        };
      }),
      insights: { id: foundation.insightsId, connectionString: insights.connectionString },
      p95Milliseconds: platform.goals.p95Milliseconds,
    });
  }
}
