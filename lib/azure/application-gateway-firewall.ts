import {
  WebApplicationFirewallPolicy,
  type WebApplicationFirewallPolicyConfig,
  type WebApplicationFirewallPolicyCustomRules,
} from '@cdktf/provider-azurerm/lib/web-application-firewall-policy';
import { Construct } from 'constructs';
import { loadMark } from '../platform/load-tests/admitted';
import { managedRuleSets, rateLimits, secretHeader, type FirewallLimits, type RateLimit } from './firewall-rules';
import { nameIn, placed, type Place } from './place';

export interface ApplicationGatewayFirewallProps {
  readonly place: Place;
  readonly limits: FirewallLimits;
  /** Paths at which passwords can be guessed. */
  readonly loginPaths: readonly string[];
  /** Range from which Front Door comes. Its requests have one address, and were counted there by their own. */
  readonly countedBefore: string;
  /** Whether Front Door marks load tests for the gateway. @default false */
  readonly marksLoads?: boolean;
}

/** Who does not come by Front Door. */
const fromOthers = (countedBefore: string) => ({
  matchVariables: [{ variableName: 'RemoteAddr' }],
  operator: 'IPMatch',
  negationCondition: true,
  matchValues: [countedBefore],
});

/** Front Door alone says what is a load test. */
const forgedMark = (countedBefore: string): WebApplicationFirewallPolicyCustomRules => ({
  name: 'ForgedLoadMark',
  ruleType: 'MatchRule',
  action: 'Block',
  enabled: true,
  // Behind the limits, of which there are two at most.
  priority: 10,
  matchConditions: [
    fromOthers(countedBefore),
    {
      matchVariables: [{ variableName: 'RequestHeaders', selector: loadMark.header }],
      operator: 'Contains',
      matchValues: [loadMark.value],
    },
  ],
});

const rateRule = (
  { name, paths, requests }: RateLimit,
  index: number,
  countedBefore: string,
): WebApplicationFirewallPolicyCustomRules => ({
  name,
  ruleType: 'RateLimitRule',
  action: 'Block',
  enabled: true,
  priority: index + 1,
  rateLimitDuration: 'FiveMins',
  rateLimitThreshold: requests,
  groupRateLimitBy: 'ClientAddr',
  matchConditions: [
    fromOthers(countedBefore),
    ...(paths === undefined
      ? []
      : [
          {
            matchVariables: [{ variableName: 'RequestUri' }],
            operator: 'Contains',
            matchValues: [...paths],
            transforms: ['UrlDecode'],
          },
        ]),
  ],
});

/** What must not stand in a log: who somebody is, and what they wrote. */
const scrubbed = [
  { matchVariable: 'RequestHeaderNames', selectorMatchOperator: 'Equals', selector: secretHeader },
  ...['RequestArgNames', 'RequestCookieNames', 'RequestJSONArgNames', 'RequestPostArgNames'].map((matchVariable) => ({
    matchVariable,
    selectorMatchOperator: 'EqualsAny',
  })),
];

/** So much of a body is looked at, in KiB. What is larger is the gateway's to refuse, by the platform's own measure. */
const inspectedKib = 128;

type Settings = Omit<WebApplicationFirewallPolicyConfig, 'location' | 'name' | 'resourceGroupName' | 'tags'>;

/** How the firewall of an application gateway is made. */
export const gatewayFirewallSettings = (
  limits: FirewallLimits,
  loginPaths: readonly string[],
  countedBefore: string,
  marksLoads = false,
): Settings => ({
  policySettings: {
    enabled: true,
    mode: 'Prevention',
    requestBodyCheck: true,
    requestBodyEnforcement: false,
    requestBodyInspectLimitInKb: inspectedKib,
    fileUploadEnforcement: false,
    logScrubbing: { enabled: true, rule: scrubbed.map((rule) => ({ ...rule, enabled: true })) },
  },
  customRules: [
    ...rateLimits(limits, loginPaths).map((limit, index) => rateRule(limit, index, countedBefore)),
    ...(marksLoads ? [forgedMark(countedBefore)] : []),
  ],
  managedRules: { managedRuleSet: [...managedRuleSets] },
});

/** The firewall of the application gateway, for those who do not come by Front Door. */
export class ApplicationGatewayFirewall extends Construct {
  public readonly policy: WebApplicationFirewallPolicy;

  public constructor(scope: Construct, id: string, props: ApplicationGatewayFirewallProps) {
    super(scope, id);
    const { countedBefore, limits, loginPaths, marksLoads, place } = props;
    this.policy = new WebApplicationFirewallPolicy(this, 'Policy', {
      ...placed(place),
      ...gatewayFirewallSettings(limits, loginPaths, countedBefore, marksLoads),
      name: nameIn(place, 'firewall-policy', 'gateway'),
    });
  }
}
