import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Edge } from '../platform/nouns/service';

type Rule = wafv2.CfnWebACL.RuleProperty;
type Statement = wafv2.CfnWebACL.StatementProperty;

/** A rule before it has its place. */
type Unplaced = Omit<Rule, 'priority' | 'visibilityConfig'>;

/** How long the counts of one address are looked back on, in seconds. */
export const rateWindowSeconds = 300;

/** What one rule reports to CloudWatch and keeps samples of. */
export const visibility = (metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

/** A group of rules that Amazon keeps up to date. */
interface Managed {
  readonly name: string;
  readonly group: string;
  /** Rules of the group that only count. */
  readonly counted?: readonly string[];
  /** Whether the whole group only counts. @default false */
  readonly countAll?: boolean;
}

const managed: readonly Managed[] = [
  { name: 'Reputation', group: 'AWSManagedRulesAmazonIpReputationList' },
  // Customers use VPNs, and so do thieves: known, not refused.
  { name: 'Anonymous', group: 'AWSManagedRulesAnonymousIpList', countAll: true },
  // The gateway refuses large bodies by the platform's own measure; this rule's is 8 KB.
  { name: 'Common', group: 'AWSManagedRulesCommonRuleSet', counted: ['SizeRestrictions_BODY'] },
  { name: 'KnownBadInputs', group: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'SqlInjection', group: 'AWSManagedRulesSQLiRuleSet' },
];

const managedRule = ({ countAll = false, counted = [], group, name }: Managed): Unplaced => ({
  name,
  overrideAction: countAll ? { count: {} } : { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name: group,
      ...(counted.length === 0
        ? {}
        : { ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })) }),
    },
  },
});

/** Too many requests of one address: refused with 429 until it slows down. */
const rateRule = (name: string, limit: number, scopeDown?: Statement): Unplaced => ({
  name,
  action: { block: { customResponse: { responseCode: 429 } } },
  statement: {
    rateBasedStatement: {
      aggregateKeyType: 'IP',
      evaluationWindowSec: rateWindowSeconds,
      limit,
      ...(scopeDown === undefined ? {} : { scopeDownStatement: scopeDown }),
    },
  },
});

/** Requests whose path begins with one of the given ones, however it is spelled. */
function beneath(paths: readonly string[]): Statement | undefined {
  const statements = paths.map((path): Statement => ({
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'STARTS_WITH',
      searchString: path,
      textTransformations: [
        { priority: 0, type: 'URL_DECODE' },
        { priority: 1, type: 'NORMALIZE_PATH' },
      ],
    },
  }));
  const [only] = statements;
  return statements.length > 1 ? { orStatement: { statements } } : only;
}

/** Requests of others than those who stand for many: from no address of a set of addresses. */
const others = (arn: string): Statement => ({
  notStatement: { statement: { ipSetReferenceStatement: { arn } } },
});

/** Requests of which all statements are true; every request where there are none. */
function every(statements: readonly (Statement | undefined)[]): Statement | undefined {
  const given = statements.filter((each) => each !== undefined);
  const [only] = given;
  return given.length > 1 ? { andStatement: { statements: given } } : only;
}

/**
 * The firewall's rules in order: what is cheap to decide comes first.
 *
 * @param uncounted ARN of a set of addresses whose requests no limit of an address counts. @default - every address is counted
 */
export function firewallRules(
  { loginsPerAddress, requestsPerAddress }: Edge['firewall'],
  loginPaths: readonly string[],
  uncounted?: string,
): Rule[] {
  const logins = beneath(loginPaths);
  const counted = uncounted === undefined ? undefined : others(uncounted);
  const rules: readonly Unplaced[] = [
    ...(logins === undefined ? [] : [rateRule('LoginsPerAddress', loginsPerAddress, every([logins, counted]))]),
    rateRule('RequestsPerAddress', requestsPerAddress, counted),
    ...managed.map(managedRule),
  ];
  return rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }));
}
