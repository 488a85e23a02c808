import {
  CdnFrontdoorFirewallPolicy,
  type CdnFrontdoorFirewallPolicyConfig,
  type CdnFrontdoorFirewallPolicyCustomRule,
} from '@cdktf/provider-azurerm/lib/cdn-frontdoor-firewall-policy';
import { Construct } from 'constructs';
import {
  everyAddress,
  managedRuleSets,
  rateLimits,
  secretHeader,
  type FirewallLimits,
  type RateLimit,
} from './firewall-rules';
import { nameIn, placed, type Place } from './place';

export interface FirewallProps {
  readonly place: Place;
  readonly limits: FirewallLimits;
  /** Paths at which passwords can be guessed. */
  readonly loginPaths: readonly string[];
  /** Addresses from which load tests come, of which no limit counts requests. @default - there are none */
  readonly loadAddresses?: readonly string[];
}

/** What somebody is told whose request was refused. */
const refusal = JSON.stringify({ message: 'The request was refused.' });

const rateRule = (
  { name, paths, requests }: RateLimit,
  index: number,
  loadAddresses: readonly string[],
): CdnFrontdoorFirewallPolicyCustomRule => ({
  name,
  type: 'RateLimitRule',
  action: 'Block',
  enabled: true,
  priority: index + 1,
  rateLimitDurationInMinutes: 5,
  rateLimitThreshold: requests,
  matchCondition: [
    paths === undefined
      ? { matchVariable: 'SocketAddr', operator: 'IPMatch', matchValues: [...everyAddress] }
      : { matchVariable: 'RequestUri', operator: 'Contains', matchValues: [...paths], transforms: ['UrlDecode'] },
    ...(loadAddresses.length === 0
      ? []
      : [
          {
            matchVariable: 'SocketAddr',
            operator: 'IPMatch',
            negationCondition: true,
            matchValues: [...loadAddresses],
          },
        ]),
  ],
});

/** What must not stand in a log: who somebody is, and what they wrote. */
const scrubbed = [
  { matchVariable: 'RequestHeaderNames', operator: 'Equals', selector: secretHeader },
  ...['QueryStringArgNames', 'RequestBodyJsonArgNames', 'RequestBodyPostArgNames', 'RequestCookieNames'].map(
    (matchVariable) => ({ matchVariable, operator: 'EqualsAny' }),
  ),
];

type Settings = Omit<CdnFrontdoorFirewallPolicyConfig, 'name' | 'resourceGroupName' | 'tags'>;

/** How the firewall of Front Door is made: what is cheap to decide comes first, and what it finds is refused. */
export const firewallSettings = (
  limits: FirewallLimits,
  loginPaths: readonly string[],
  loadAddresses: readonly string[] = [],
): Settings => ({
  skuName: 'Premium_AzureFrontDoor',
  enabled: true,
  mode: 'Prevention',
  requestBodyCheckEnabled: true,
  customBlockResponseStatusCode: 403,
  customBlockResponseBody: Buffer.from(refusal).toString('base64'),
  customRule: rateLimits(limits, loginPaths).map((limit, index) => rateRule(limit, index, loadAddresses)),
  managedRule: managedRuleSets.map((set) => ({ ...set, action: 'Block' })),
  logScrubbing: { enabled: true, scrubbingRule: scrubbed.map((rule) => ({ ...rule, enabled: true })) },
});

/** The firewall of Front Door. */
export class Firewall extends Construct {
  public readonly policy: CdnFrontdoorFirewallPolicy;

  public constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const { limits, loadAddresses, loginPaths, place } = props;
    const { resourceGroupName, tags } = placed(place);
    this.policy = new CdnFrontdoorFirewallPolicy(this, 'Policy', {
      ...firewallSettings(limits, loginPaths, loadAddresses),
      resourceGroupName,
      tags,
      name: nameIn(place, 'firewall-policy', 'front-door'),
    });
  }
}
