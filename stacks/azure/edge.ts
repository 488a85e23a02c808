import { DataAzurermPublicIp } from '@cdktf/provider-azurerm/lib/data-azurerm-public-ip';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { ApplicationGateway } from '../../lib/azure/application-gateway';
import { ApplicationGatewayFirewall } from '../../lib/azure/application-gateway-firewall';
import type { GatewayTarget, ServedSite } from '../../lib/azure/application-gateway-settings';
import { Edge } from '../../lib/azure/edge';
import { EdgeCertificate } from '../../lib/azure/edge-certificate';
import type { EdgeStandby } from '../../lib/azure/edge-origins';
import { EdgeRecords } from '../../lib/azure/edge-records';
import type { EdgeAssets } from '../../lib/azure/edge-pages';
import { edgeRoutes, leaderRoute } from '../../lib/azure/edge-routes';
import { Firewall } from '../../lib/azure/firewall';
import { egressWords } from '../../lib/azure/nat';
import { nameIn, type Place } from '../../lib/azure/place';
import { bare } from '../../lib/platform/bare-path';
import { storageKind } from '../../lib/platform/azure-storage';
import { gatewayAddress, gatewayBackend, hasApiManagement, siteHosts } from '../../lib/platform/azure-gateway';
import { isHome, whereIs } from '../../lib/platform/azure-sites';
import { azureHosts } from '../../lib/platform/azure-hosts';
import { azureName, resourceGroupId } from '../../lib/platform/azure-names';
import { edgePaths, loginPaths } from '../../lib/platform/edge/paths';
import { loadsInCluster, loadsOn } from '../../lib/platform/load-tests/in-cluster';
import { keepsFailover } from '../../lib/platform/failover-store';
import { longestTimeoutSeconds } from '../../lib/platform/gateway/configuration';
import type { Edge as Model } from '../../lib/platform/nouns/service';
import type { SiteName } from '../../lib/platform/platform';
import { named } from '../../lib/platform/named';
import { azureSubnetKey, type AzureSubnet } from '../../lib/platform/subnets';
import type { ClusterStack } from './cluster';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';
import { required } from '../../lib/platform/required';

export interface EdgeStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly cluster: ClusterStack;
  /** Edges of other sites, to which Front Door leads too. @default - none */
  readonly others?: readonly EdgeStack[];
}

/** What everything in the stack is given. */
interface Shared {
  readonly place: Place;
  readonly model: Model;
  readonly certificate: EdgeCertificate;
  readonly served: ServedSite;
}

/**
 * How people reach the site: Front Door, and an application gateway that Front Door reaches by private link and that serves the
 * domain alone where its name cannot lead to Front Door. What they lead to is known by name, so that neither waits for it.
 */
export class EdgeStack extends TerraformStack {
  /** Nothing where the platform declares no edge. */
  public readonly applicationGateway: ApplicationGateway | undefined;
  /** Nothing where the platform declares no edge, or the site does without it. */
  public readonly edge: Edge | undefined;
  /** How Front Door of another site leads here, and under which word. Nothing where the platform declares no edge. */
  public readonly standby: (EdgeStandby & { readonly siteName: SiteName }) | undefined;

  public constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id);
    const place = preparePlatformStack(this, 'edge', props);
    const { platform, site } = props;
    const { edge: model } = platform;
    if (model === undefined) return;
    const shared = { place, model, certificate: this.makeCertificate(place, props), served: servedSite(props, model) };
    this.applicationGateway = this.makeGateway(shared, props);
    new TerraformOutput(this, 'PublicAddress', {
      value: this.applicationGateway.address.ipAddress,
      description: 'Where the domain leads if it is the name of its zone, which cannot be an alias of Front Door',
      staticId: true,
    });
    const { assets, hosts } = shared.served;
    this.standby = {
      siteName: site.siteName,
      region: site.region,
      host: required(`name of ${site.siteName}`, hosts.at(-1)),
      gatewayLinkId: this.applicationGateway.privateLinkId,
      assets,
    };
    if (site.waives.edge !== undefined || !isHome(platform, site)) return;
    this.edge = this.makeEdge(shared, this.applicationGateway, props);
    this.tellNames(this.edge);
    const { hostedZone: zone } = platform.stage;
    // Names of a recovery site stand in the zone of its primary, which this stack cannot reach.
    if (zone.cloud === 'azure') new EdgeRecords(this, 'Records', { place, zone, edge: this.edge });
  }

  /** Id of the Front Door profile. */
  public get frontDoorId(): string | undefined {
    return this.edge?.profile.id;
  }

  /** Host of Front Door, to which the domain's name leads. */
  public get endpointHost(): string | undefined {
    return this.edge?.endpoint.hostName;
  }

  public get applicationGatewayId(): string | undefined {
    return this.applicationGateway?.gateway.id;
  }

  private makeCertificate(place: Place, { foundation, platform, site }: EdgeStackProps): EdgeCertificate {
    return new EdgeCertificate(this, 'Certificate', {
      place,
      vaultId: foundation.vault.id,
      vaultHost: azureHosts.vault(whereIs(platform, site)),
    });
  }

  private makeGateway(
    { certificate, model, place, served }: Shared,
    { foundation, platform, ...props }: EdgeStackProps,
  ): ApplicationGateway {
    const range = (subnet: AzureSubnet) =>
      named('allocations.addresses', platform.allocations.addresses, azureSubnetKey(props.site.siteName, subnet));
    const { policy } = new ApplicationGatewayFirewall(this, 'GatewayFirewall', {
      place,
      limits: model.firewall,
      loginPaths: loginPaths(platform),
      countedBefore: range('private-link'),
      marksLoads: loadsOn(platform, props.site.siteName) !== undefined,
    });
    return new ApplicationGateway(this, 'ApplicationGateway', {
      place,
      certificate,
      served,
      network: foundation.network,
      monitoring: foundation.monitoring,
      range: range('application-gateway'),
      firewallPolicyId: policy.id,
      concurrentUsers: platform.goals.concurrentUsers,
      ddosProtection: props.site.network.ddosProtection,
    });
  }

  private makeEdge(
    { certificate, model, place, served }: Shared,
    gateway: ApplicationGateway,
    { foundation, others = [], platform }: EdgeStackProps,
  ): Edge {
    const { assets, hosts, showsLeader } = served;
    const limits = model.firewall;
    const loadAddresses = this.loadAddresses(place, platform);
    const { policy } = new Firewall(this, 'Firewall', {
      place,
      limits,
      loginPaths: loginPaths(platform),
      loadAddresses,
    });
    return new Edge(this, 'Edge', {
      place,
      certificate,
      assets,
      hosts,
      limits,
      loadAddresses,
      monitoring: foundation.monitoring,
      routes: [
        ...edgeRoutes(edgePaths(platform), model.assetsCacheSeconds, model.site),
        ...(showsLeader ? [leaderRoute] : []),
      ],
      gatewayLinkId: gateway.privateLinkId,
      standbys: Object.fromEntries(others.flatMap(({ standby }) => (standby ? [[standby.siteName, standby]] : []))),
      firewallPolicyId: policy.id,
      goals: platform.goals,
      longestTimeoutSeconds: served.longestTimeoutSeconds,
    });
  }

  /** Addresses by which load tests leave the network, if there are any. Read here, since addresses are no ids, and ids alone go from stack to stack. */
  private loadAddresses(place: Place, platform: EdgeStackProps['platform']): readonly string[] {
    if (!loadsInCluster(platform)) return [];
    return egressWords('cluster').map(
      (words, index) =>
        new DataAzurermPublicIp(this, `LoadAddress${index + 1}`, {
          name: nameIn(place, 'public-ip', ...words),
          resourceGroupName: nameIn(place, 'resource-group', 'foundation'),
        }).ipAddress,
    );
  }

  private tellNames({ domains, endpoint }: Edge): void {
    new TerraformOutput(this, 'EndpointHost', {
      value: endpoint.hostName,
      description: 'Where the names of the site lead',
      staticId: true,
    });
    new TerraformOutput(this, 'ValidationTokens', {
      value: Object.fromEntries(
        Object.entries(domains.domains).map(([host, { validationToken }]) => [`_dnsauth.${host}`, validationToken]),
      ),
      description: 'Text records by which Azure knows whose the names are',
      staticId: true,
    });
  }
}

function servedSite({ platform, site }: EdgeStackProps, model: Model): ServedSite {
  return {
    hosts: siteHosts(platform.stage.domain, site),
    gateway: gatewayTarget({ platform, site }),
    apiPaths: [bare(model.apiPath)],
    assets: assetsOf({ platform, site }, model.assets),
    ...(model.site === undefined ? {} : { filePaths: model.site.files }),
    showsLeader: keepsFailover(platform, site),
    longestTimeoutSeconds: longestTimeoutSeconds(platform),
  };
}

/** What the edge calls: API Management where that is the gateway, else Kong, which shows the certificate of the domain. */
function gatewayTarget({ platform, site }: PlatformStackProps): GatewayTarget {
  if (hasApiManagement(platform)) {
    const host = azureHosts.apiManagement(whereIs(platform, site));
    return { at: { fqdns: [host] }, host, port: 443, statusPort: 443 };
  }
  const { port, statusPort } = gatewayBackend;
  return { at: { ipAddresses: [gatewayAddress(platform, site)] }, host: platform.stage.domain, port, statusPort };
}

/** Where the files lie: known from the definition, so that the edge does not wait for what keeps data. */
function assetsOf({ platform, site }: PlatformStackProps, name: string): EdgeAssets {
  const bucket = platform.buckets[name];
  if (bucket === undefined) throw new Error(`edge.assets names ${name}, which is no bucket`);
  const where = whereIs(platform, site);
  const kind = storageKind(bucket);
  const { host } = new URL(azureHosts.bucket(where, kind, name));
  const account = azureName('storage-account', where, kind);
  return {
    host,
    container: name,
    accountId: `${resourceGroupId(where, 'data')}/providers/Microsoft.Storage/storageAccounts/${account}`,
  };
}
