import { Match, Template } from 'aws-cdk-lib/assertions';
import { Firewall } from '../../lib/aws/firewall';
import { firewallRules } from '../../lib/aws/firewall-rules';
import { account, findings, staleAcknowledgements, surroundings, testStack } from '../support/aws';

const limits = { requestsPerAddress: 3000, loginsPerAddress: 100 };
const logins = ['/api/registrations', '/api/sessions'];

const stack = testStack('Edge', { account, region: 'us-east-1' });
const { key, alarms } = surroundings(stack);
const firewall = new Firewall(stack, 'Firewall', {
  limits,
  loginPaths: logins,
  prefix: 'retailflow-production',
  key,
  logDays: 365,
  alarms,
});
const template = Template.fromStack(stack);

describe('the rules', () => {
  const rules = firewallRules(limits, logins);

  test('stand in order, each with its own place and metric', () => {
    expect(rules.map(({ name, priority }) => [name, priority])).toEqual([
      ['LoginsPerAddress', 0],
      ['RequestsPerAddress', 1],
      ['Reputation', 2],
      ['Anonymous', 3],
      ['Common', 4],
      ['KnownBadInputs', 5],
      ['SqlInjection', 6],
    ]);
    for (const { name, visibilityConfig } of rules) {
      expect(visibilityConfig).toEqual({
        metricName: name,
        cloudWatchMetricsEnabled: true,
        sampledRequestsEnabled: true,
      });
    }
  });

  describe('where load tests come', () => {
    const fromLoads = { ipSetReferenceStatement: { arn: 'arn:of:addresses' } };
    const fromOthers = { notStatement: { statement: fromLoads } };
    const loaded = firewallRules(limits, logins, { addresses: 'arn:of:addresses', perMinute: 37_500 });
    const named = (name: string) => loaded.find((rule) => rule.name === name);

    test('refuse whoever sends their mark first of all, wherever they come from', () => {
      expect(loaded[0]).toMatchObject({
        name: 'ForgedLoadMark',
        action: { block: {} },
        statement: {
          sizeConstraintStatement: {
            fieldToMatch: { singleHeader: { Name: 'x-amzn-waf-load-test' } },
            comparisonOperator: 'GT',
            size: 0,
          },
        },
      });
    });

    test('count nobody else by another measure than without them', () => {
      expect(named('LoginsPerAddress')?.statement).toMatchObject({
        rateBasedStatement: {
          limit: 100,
          scopeDownStatement: { andStatement: { statements: [{ orStatement: expect.anything() }, fromOthers] } },
        },
      });
      expect(named('RequestsPerAddress')?.statement).toMatchObject({
        rateBasedStatement: { limit: 3000, scopeDownStatement: fromOthers },
      });
    });

    test('count their addresses by what they need in five minutes', () => {
      expect(named('LoadPerAddress')).toMatchObject({
        action: { block: { customResponse: { responseCode: 429 } } },
        statement: { rateBasedStatement: { limit: 187_500, evaluationWindowSec: 300, scopeDownStatement: fromLoads } },
      });
    });

    test('mark their requests at the end, when no rule has refused them, and without a log of each', () => {
      expect(loaded.at(-1)).toMatchObject({
        name: 'LoadMark',
        action: {
          allow: { customRequestHandling: { insertHeaders: [{ name: 'load-test', value: 'admitted' }] } },
        },
        statement: fromLoads,
      });
    });

    test('look for attacks as everywhere', () => {
      const attacks = (all: typeof rules) =>
        all.filter(({ statement }) => 'managedRuleGroupStatement' in statement).map(({ priority: _, ...rest }) => rest);
      expect(attacks(loaded)).toEqual(attacks(rules));
      expect(attacks(loaded)).toHaveLength(5);
      expect(loaded.map(({ priority }) => priority)).toEqual(loaded.map((_, index) => index));
    });

    test('know no mark where none come', () => {
      expect(JSON.stringify(rules)).not.toMatch(/load/i);
      template.resourceCountIs('AWS::WAFv2::IPSet', 0);
    });
  });

  test.each([
    ['Reputation', 'AWSManagedRulesAmazonIpReputationList', { none: {} }],
    ['Anonymous', 'AWSManagedRulesAnonymousIpList', { count: {} }],
    ['Common', 'AWSManagedRulesCommonRuleSet', { none: {} }],
    ['KnownBadInputs', 'AWSManagedRulesKnownBadInputsRuleSet', { none: {} }],
    ['SqlInjection', 'AWSManagedRulesSQLiRuleSet', { none: {} }],
  ])('of %s are %s', (name, group, overrideAction) => {
    expect(rules.find((rule) => rule.name === name)).toMatchObject({
      overrideAction,
      statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: group } },
    });
  });

  test('only count bodies that are large for the firewall, and nothing else of the common ones', () => {
    expect(rules.find(({ name }) => name === 'Common')?.statement).toMatchObject({
      managedRuleGroupStatement: {
        ruleActionOverrides: [{ name: 'SizeRestrictions_BODY', actionToUse: { count: {} } }],
      },
    });
  });

  test('refuse an address with too many requests, and sooner where passwords can be guessed', () => {
    const [login, all] = rules;
    expect(all).toMatchObject({
      action: { block: { customResponse: { responseCode: 429 } } },
      statement: { rateBasedStatement: { limit: 3000, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
    });
    expect(all?.statement).not.toHaveProperty('rateBasedStatement.scopeDownStatement');
    expect(login?.statement).toMatchObject({
      rateBasedStatement: {
        limit: 100,
        scopeDownStatement: {
          orStatement: {
            statements: logins.map((path) => ({
              byteMatchStatement: { searchString: path, positionalConstraint: 'STARTS_WITH' },
            })),
          },
        },
      },
    });
  });

  test('name one login path without an "or", which wants two', () => {
    const [login] = firewallRules(limits, ['/api/sessions']);
    expect(login?.statement).toMatchObject({
      rateBasedStatement: { scopeDownStatement: { byteMatchStatement: { searchString: '/api/sessions' } } },
    });
  });

  test('have none for logins where there are none', () => {
    expect(firewallRules(limits, []).map(({ name }) => name)).not.toContain('LoginsPerAddress');
  });
});

describe('the firewall', () => {
  test('stands before CloudFront and lets through what no rule refuses', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
      Name: Match.absent(),
      Rules: Match.arrayWith([Match.objectLike({ Name: 'Common' })]),
    });
  });

  test('shows nobody’s token or cookies, in samples as in logs', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      DataProtectionConfig: {
        DataProtections: [
          { Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization'] } },
          { Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_COOKIE' } },
        ],
      },
    });
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }],
    });
  });

  test('logs what it refuses or counts, encrypted, under the name that the service insists on', () => {
    template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      Properties: {
        LogGroupName: 'aws-waf-logs-retailflow-production',
        KmsKeyId: stack.resolve(key.keyArn),
        RetentionInDays: 365,
      },
    });
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      LogDestinationConfigs: [{ 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('log-group:$')])] }],
      LoggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          Match.objectLike({
            Behavior: 'KEEP',
            Conditions: [
              { ActionCondition: { Action: 'BLOCK' } },
              { ActionCondition: { Action: 'COUNT' } },
              { ActionCondition: { Action: 'EXCLUDED_AS_COUNT' } },
            ],
          }),
        ],
      },
    });
    const [policy] = Object.values(template.findResources('AWS::Logs::ResourcePolicy'));
    const text = JSON.stringify(policy).replaceAll('\\"', '"');
    expect(text).toContain('"Service":"delivery.logs.amazonaws.com"');
    expect(text).toContain(`"aws:SourceAccount":"${account}"`);
    expect(text).toContain('"Action":["logs:CreateLogStream","logs:PutLogEvents"]');
  });

  test('calls somebody when it refuses many', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/WAFV2',
      MetricName: 'BlockedRequests',
      Dimensions: [
        { Name: 'Rule', Value: 'ALL' },
        { Name: 'WebACL', Value: 'Firewall' },
      ],
      Threshold: 3000,
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/edge.md'),
      AlarmActions: [Match.anyValue()],
    });
  });

  test('leaves no finding open', () => {
    expect(findings(firewall)).toEqual([]);
    expect(staleAcknowledgements(firewall)).toEqual([]);
  });
});
