import { CdnFrontdoorEndpoint } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-endpoint';
import { CdnFrontdoorProfile } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-profile';
import { CdnFrontdoorRoute } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-route';
import { CdnFrontdoorSecurityPolicy } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-security-policy';
import { Construct } from 'constructs';
import { frontDoorLinkRegion } from '../platform/azure-front-door';
import { gatewayBackend } from '../platform/azure-gateway';
import type { Goals } from '../platform/nouns/goals';
import { raiseAlerts } from './alert-table';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { edgeAlerts } from './edge-alerts';
import type { EdgeCertificate } from './edge-certificate';
import { EdgeDomains } from './edge-domain';
import { pageHeader } from './edge-headers';
import { EdgeOrigin } from './edge-origin';
import { pageOf, type EdgeAssets } from './edge-pages';
import { cacheOf, type EdgeRoute } from './edge-routes';
import { EdgeRules, headerRules, routeRules, type RuleTable } from './edge-rules';
import type { FirewallLimits } from './firewall-rules';
import { pascalCase } from '../platform/ids';
import { nameIn, placed, type Place } from './place';

export interface EdgeProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Names under which the site is reached, the platform's domain first. */
  readonly hosts: readonly string[];
  readonly routes: readonly EdgeRoute[];
  readonly assets: EdgeAssets;
  /** Id of the application gateway's private link. */
  readonly gatewayLinkId: string;
  readonly certificate: EdgeCertificate;
  readonly firewallPolicyId: string;
  readonly limits: FirewallLimits;
  readonly goals: Pick<Goals, 'errorPercent' | 'p95Milliseconds'>;
  /** The longest that the gateway takes to answer, in seconds. */
  readonly longestTimeoutSeconds: number;
}

/** Whether what is asked for by a route are pages that a service makes. */
const isPages = ({ madePages, to }: EdgeRoute): boolean => madePages === true && to === 'gateway';

/** How long Front Door waits for an answer, in seconds: longer than whoever stands behind it, as far as it lets itself be told. */
export const responseSeconds = (longestTimeoutSeconds: number): number =>
  Math.min(240, Math.max(16, longestTimeoutSeconds + 10));

/**
 * Content delivery: the shop's files from their storage account, the API from the application gateway, both by private link,
 * everything over TLS and behind the firewall. Nothing answers under the name that Azure gave it.
 */
export class Edge extends Construct {
  public readonly profile: CdnFrontdoorProfile;
  public readonly endpoint: CdnFrontdoorEndpoint;
  public readonly domains: EdgeDomains;
  public readonly routes: readonly CdnFrontdoorRoute[];
  private readonly headers: EdgeRules;
  private readonly pageHeaders: EdgeRules;
  private readonly origins: Readonly<Record<EdgeRoute['to'], EdgeOrigin>>;

  public constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);
    const { certificate, goals, hosts, limits, monitoring, place } = props;
    this.profile = this.makeProfile(props);
    const profileId = this.profile.id;
    this.endpoint = new CdnFrontdoorEndpoint(this, 'Endpoint', {
      name: nameIn(place, 'front-door-endpoint'),
      cdnFrontdoorProfileId: profileId,
      enabled: true,
      tags: { ...place.tags },
    });
    this.domains = new EdgeDomains(this, 'Domains', { profileId, hosts, certificate });
    this.origins = this.makeOrigins(props);
    this.headers = this.makeRules('Headers', 'headers', headerRules());
    // The application gateway, by which they come, gives the strict one to pages without.
    this.pageHeaders = props.routes.some(isPages)
      ? this.makeRules('PageHeaders', 'pageheaders', headerRules([pageHeader]))
      : this.headers;
    this.protect(props);
    this.routes = props.routes.map((route) => this.makeRoute(route, props.assets));
    sendDiagnostics(this, { id: profileId, monitoring });
    raiseAlerts(
      this,
      { place, monitoring, name: 'edge', targetId: profileId, metricNamespace: 'Microsoft.Cdn/profiles' },
      edgeAlerts(goals, limits),
    );
  }

  private makeProfile({ certificate, longestTimeoutSeconds, place }: EdgeProps): CdnFrontdoorProfile {
    const { resourceGroupName, tags } = placed(place);
    return new CdnFrontdoorProfile(this, 'Profile', {
      resourceGroupName,
      tags,
      name: nameIn(place, 'front-door'),
      skuName: 'Premium_AzureFrontDoor',
      responseTimeoutSeconds: responseSeconds(longestTimeoutSeconds),
      identity: { type: 'UserAssigned', identityIds: [certificate.identity.id] },
      // Addresses are needed to find who attacks; what stands behind the question mark may be anything.
      logScrubbingRule: [{ matchVariable: 'QueryStringArgNames' }],
    });
  }

  private makeOrigins({
    assets,
    gatewayLinkId,
    hosts,
    place,
  }: EdgeProps): Readonly<Record<EdgeRoute['to'], EdgeOrigin>> {
    const profileId = this.profile.id;
    const location = frontDoorLinkRegion(place.location);
    return {
      gateway: new EdgeOrigin(this, 'Gateway', {
        profileId,
        name: 'gateway',
        // The site's own name: the platform's may lead elsewhere.
        host: hosts.at(-1) ?? '',
        // The gateway says how it is to those who ask with GET.
        probe: { path: gatewayBackend.healthPath, method: 'GET' },
        link: { location, targetId: gatewayLinkId },
      }),
      assets: new EdgeOrigin(this, 'Assets', {
        profileId,
        name: 'assets',
        host: assets.host,
        probe: { path: pageOf(assets), method: 'HEAD' },
        link: { location, targetId: assets.accountId, part: 'blob' },
      }),
    };
  }

  private makeRules(id: string, name: string, rules: RuleTable): EdgeRules {
    const after = Object.values(this.origins).map(({ origin }) => origin);
    return new EdgeRules(this, id, { profileId: this.profile.id, name, rules, after });
  }

  private protect({ firewallPolicyId }: EdgeProps): void {
    const domains = [this.endpoint.id, ...this.domains.ids];
    new CdnFrontdoorSecurityPolicy(this, 'Security', {
      name: 'firewall',
      cdnFrontdoorProfileId: this.profile.id,
      securityPolicies: {
        firewall: {
          cdnFrontdoorFirewallPolicyId: firewallPolicyId,
          association: {
            patternsToMatch: ['/*'],
            domain: domains.map((cdnFrontdoorDomainId) => ({ cdnFrontdoorDomainId })),
          },
        },
      },
    });
  }

  private makeRoute(route: EdgeRoute, assets: EdgeAssets): CdnFrontdoorRoute {
    const id = pascalCase(route.name);
    const { group, origin } = this.origins[route.to];
    const rules = routeRules(route, assets);
    const own = Object.keys(rules).length === 0 ? [] : [this.makeRules(`${id}Rules`, route.name, rules).set.id];
    const cache = cacheOf(route);
    return new CdnFrontdoorRoute(this, `${id}Route`, {
      name: route.name,
      cdnFrontdoorEndpointId: this.endpoint.id,
      cdnFrontdoorOriginGroupId: group.id,
      cdnFrontdoorOriginIds: [origin.id],
      cdnFrontdoorCustomDomainIds: this.domains.ids,
      cdnFrontdoorRuleSetIds: [(isPages(route) ? this.pageHeaders : this.headers).set.id, ...own],
      patternsToMatch: [...route.patterns],
      enabled: true,
      supportedProtocols: ['Http', 'Https'],
      httpsRedirectEnabled: true,
      forwardingProtocol: 'HttpsOnly',
      linkToDefaultDomain: false,
      ...(cache === undefined ? {} : { cache }),
    });
  }
}
