import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { loadMark } from '../platform/load-tests/admitted';
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

/** From where load tests come, and how much of them. */
export interface AdmittedLoads {
  /** ARN of the set of their addresses. */
  readonly addresses: string;
  /** Requests a minute that each of them may make. */
  readonly perMinute: number;
}

const fromLoads = ({ addresses }: AdmittedLoads): Statement => ({ ipSetReferenceStatement: { arn: addresses } });

/** Requests of others than those who stand for many. */
const fromOthers = (loads: AdmittedLoads): Statement => ({ notStatement: { statement: fromLoads(loads) } });

/** Who sends the mark of load tests is none: those have it of the firewall alone, which looks at what comes from outside. */
const forgedMark: Unplaced = {
  name: 'ForgedLoadMark',
  action: { block: {} },
  statement: {
    sizeConstraintStatement: {
      fieldToMatch: { singleHeader: { Name: loadMark.header } },
      comparisonOperator: 'GT',
      size: 0,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  },
};

/** What no rule before it refused goes on with the mark. By an action that ends the rules and not by a count, of which every one would be logged. */
const mark = (loads: AdmittedLoads): Unplaced => ({
  name: 'LoadMark',
  action: {
    allow: { customRequestHandling: { insertHeaders: [{ name: loadMark.name, value: loadMark.value }] } },
  },
  statement: fromLoads(loads),
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
 * @param loads Load tests, whose addresses have a limit of their own, and whose requests are marked at the end. @default - there are none
 */
export function firewallRules(
  { loginsPerAddress, requestsPerAddress }: Edge['firewall'],
  loginPaths: readonly string[],
  loads?: AdmittedLoads,
): Rule[] {
  const logins = beneath(loginPaths);
  const counted = loads && fromOthers(loads);
  const rules: readonly Unplaced[] = [
    ...(loads === undefined ? [] : [forgedMark]),
    ...(logins === undefined ? [] : [rateRule('LoginsPerAddress', loginsPerAddress, every([logins, counted]))]),
    rateRule('RequestsPerAddress', requestsPerAddress, counted),
    ...(loads === undefined
      ? []
      : [rateRule('LoadPerAddress', (loads.perMinute * rateWindowSeconds) / 60, fromLoads(loads))]),
    ...managed.map(managedRule),
    ...(loads === undefined ? [] : [mark(loads)]),
  ];
  return rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }));
}
