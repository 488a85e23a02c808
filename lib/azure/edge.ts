import { CdnFrontdoorEndpoint } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-endpoint';
import { CdnFrontdoorProfile } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-profile';
import { CdnFrontdoorRoute } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-route';
import { CdnFrontdoorSecurityPolicy } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-security-policy';
import { Construct } from 'constructs';
import type { Goals } from '../platform/nouns/goals';
import { raiseAlerts } from './alert-table';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { edgeAlerts } from './edge-alerts';
import type { EdgeCertificate } from './edge-certificate';
import { EdgeDomains } from './edge-domain';
import { pageHeader } from './edge-headers';
import { origins, type EdgePlace, type EdgeStandby } from './edge-origins';
import type { EdgeAssets } from './edge-pages';
import { cacheOf, type EdgeRoute } from './edge-routes';
import { EdgeRules, headerRules, loadRules, routeRules, type RuleTable } from './edge-rules';
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
  /** Other sites that answer while this one is unwell, by name. @default - none */
  readonly standbys?: Readonly<Record<string, EdgeStandby>>;
  readonly certificate: EdgeCertificate;
  readonly firewallPolicyId: string;
  readonly limits: FirewallLimits;
  /** Addresses from which load tests come, whose requests are marked for the gateway. @default - there are none */
  readonly loadAddresses?: readonly string[];
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
 * everything over TLS and behind the firewall. Nothing answers under the name that Azure gave it. Where other sites stand by, they
 * answer while the first is unwell, and each of them always under a name of its own, by which it can be looked at.
 */
export class Edge extends Construct {
  public readonly profile: CdnFrontdoorProfile;
  public readonly endpoint: CdnFrontdoorEndpoint;
  public readonly domains: EdgeDomains;
  public readonly routes: readonly CdnFrontdoorRoute[];
  private readonly headers: EdgeRules;
  private readonly pageHeaders: EdgeRules;
  /** Nothing where no load tests come. */
  private readonly loads: EdgeRules | undefined;
  /** Where answers come from: for the names of the site, and for those of each that stands by. */
  private readonly places: readonly EdgePlace[];

  public constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);
    const { certificate, goals, hosts, limits, loadAddresses = [], monitoring, place, standbys = {} } = props;
    this.profile = this.makeProfile(props);
    const profileId = this.profile.id;
    this.endpoint = new CdnFrontdoorEndpoint(this, 'Endpoint', {
      name: nameIn(place, 'front-door-endpoint'),
      cdnFrontdoorProfileId: profileId,
      enabled: true,
      tags: { ...place.tags },
    });
    const own = Object.values(standbys).map(({ host }) => host);
    this.domains = new EdgeDomains(this, 'Domains', { profileId, hosts: [...hosts, ...own], certificate });
    this.places = origins(this, { ...props, profileId });
    this.headers = this.makeRules('Headers', 'headers', headerRules());
    // The application gateway, by which they come, gives the strict one to pages without.
    this.pageHeaders = props.routes.some(isPages)
      ? this.makeRules('PageHeaders', 'pageheaders', headerRules([pageHeader]))
      : this.headers;
    this.loads = loadAddresses.length === 0 ? undefined : this.makeRules('Loads', 'loads', loadRules(loadAddresses));
    this.protect(props);
    this.routes = props.routes.flatMap((route) => this.makeRoutes(route, props));
    sendDiagnostics(this, { id: profileId, monitoring });
    raiseAlerts(
      this,
      { place, monitoring, name: 'edge', targetId: profileId, metricNamespace: 'Microsoft.Cdn/profiles' },
      edgeAlerts(goals, limits, Object.keys(standbys).length > 0),
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

  private makeRules(id: string, name: string, rules: RuleTable): EdgeRules {
    const after = this.places.flatMap(({ assets, gateway }) => [...gateway.origins, ...assets.origins]);
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

  private makeRoutes(route: EdgeRoute, { assets, hosts }: EdgeProps): readonly CdnFrontdoorRoute[] {
    const rules = routeRules(route, assets);
    const own =
      Object.keys(rules).length === 0
        ? []
        : [this.makeRules(`${pascalCase(route.name)}Rules`, route.name, rules).set.id];
    const loads = route.to === 'gateway' && this.loads !== undefined ? [this.loads.set.id] : [];
    const ruleSetIds = [(isPages(route) ? this.pageHeaders : this.headers).set.id, ...loads, ...own];
    return this.places.map((place) => this.makeRoute(route, place, place.hosts ?? hosts, ruleSetIds));
  }

  private makeRoute(
    route: EdgeRoute,
    { name, ...from }: EdgePlace,
    hosts: readonly string[],
    ruleSetIds: readonly string[],
  ): CdnFrontdoorRoute {
    const { group, origins: places } = from[route.to];
    const cache = cacheOf(route);
    return new CdnFrontdoorRoute(this, `${pascalCase(route.name)}Route${pascalCase(name)}`, {
      name: `${route.name}${name}`,
      cdnFrontdoorEndpointId: this.endpoint.id,
      cdnFrontdoorOriginGroupId: group.id,
      cdnFrontdoorOriginIds: places.map(({ id }) => id),
      cdnFrontdoorCustomDomainIds: this.domains.idsOf(hosts),
      cdnFrontdoorRuleSetIds: [...ruleSetIds],
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
