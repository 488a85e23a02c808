import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { containing, like } from '../../support/matchers';
import { account } from './facts';

const stack = 'Edge';

const groups = {
  Reputation: 'AWSManagedRulesAmazonIpReputationList',
  Common: 'AWSManagedRulesCommonRuleSet',
  KnownBadInputs: 'AWSManagedRulesKnownBadInputsRuleSet',
  SqlInjection: 'AWSManagedRulesSQLiRuleSet',
} as const;

const rules: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::WAFv2::WebACL', count: 1 },
    {
      'the firewall is that of the edge': { path: 'Scope', is: 'CLOUDFRONT' },
      ...Object.fromEntries(
        Object.entries(groups).flatMap(([rule, group]) => [
          [
            `the firewall has ${group}`,
            { path: `Rules[Name=${rule}].Statement.ManagedRuleGroupStatement.Name`, is: group },
          ],
          [
            `the firewall refuses what ${group} finds`,
            { path: `Rules[Name=${rule}].OverrideAction`, is: { None: {} } },
          ],
        ]),
      ),
      'nobody asks without end': {
        path: 'Rules[Name=RequestsPerAddress].Statement.RateBasedStatement.Limit',
        is: 3000,
      },
      'who asks without end is refused': {
        path: 'Rules[Name=RequestsPerAddress].Action.Block.CustomResponse.ResponseCode',
        is: 429,
      },
      'nobody guesses passwords': { path: 'Rules[Name=LoginsPerAddress].Statement.RateBasedStatement.Limit', is: 100 },
      'who guesses passwords is refused': {
        path: 'Rules[Name=LoginsPerAddress].Action.Block.CustomResponse.ResponseCode',
        is: 429,
      },
      'guesses are counted where customers log in': {
        path: 'Rules[Name=LoginsPerAddress].Statement.RateBasedStatement.ScopeDownStatement.OrStatement.Statements[*].ByteMatchStatement.SearchString',
        is: {
          says: 'the paths of logins',
          matches: (found) => ['/api/registrations', '/api/sessions'].every((path) => found.includes(path)),
        },
      },
      'limits are of an address': {
        path: 'Rules[Name=RequestsPerAddress].Statement.RateBasedStatement.AggregateKeyType',
        is: 'IP',
      },
      'every rule of the firewall is counted': { path: 'Rules[*].VisibilityConfig.CloudWatchMetricsEnabled', is: true },
      'the firewall as a whole is counted': { path: 'VisibilityConfig.CloudWatchMetricsEnabled', is: true },
      'the firewall shows no tokens': {
        path: 'DataProtectionConfig.DataProtections',
        is: containing({ Field: { FieldKeys: ['authorization'] } }),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::WAFv2::LoggingConfiguration', count: 1 },
    {
      'the firewall logs what it refuses': { path: 'ResourceArn', is: reference('Edge/Firewall/WebAcl', 'Arn') },
      'the firewall logs no tokens and no cookies': {
        path: 'RedactedFields[*].SingleHeader.Name',
        is: {
          says: 'authorization, cookie',
          matches: (found) => ['authorization', 'cookie'].every((name) => found.includes(name)),
        },
      },
      'the firewall logs into an encrypted log': {
        path: 'LogDestinationConfigs[*]',
        is: `arn:aws:logs:us-east-1:${account}:log-group:${reference('Edge/Firewall/Logs')}`,
      },
    },
  ),
];

const logs: readonly Expectation[] = [
  ...['Firewall/Logs', 'Edge/Logs/Logs'].map((log) => ({
    name: `AWS delivers into ${log}, for the account alone`,
    stack,
    type: 'AWS::Logs::ResourcePolicy',
    where: new RegExp(`^Edge/${log}/Policy/`),
    count: 1,
    path: 'PolicyDocument.Statement',
    is: containing({
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Resource: reference(`Edge/${log}`, 'Arn'),
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  })),
  ...about(
    { stack, type: 'AWS::Logs::MetricFilter', count: 2 },
    {
      'files are counted where every request is written down': {
        path: 'LogGroupName',
        is: reference('Edge/Edge/Logs/Logs'),
      },
      'answers of the API are no files': { path: 'FilterPattern', is: like(/cs-uri-stem != "\/api\/\*"/) },
    },
  ),
  ...about(
    { stack, type: 'AWS::Logs::DeliverySource', count: 1 },
    {
      'the edge logs every request': { path: 'LogType', is: 'ACCESS_LOGS' },
      'the log of the edge is of the edge': {
        path: 'ResourceArn',
        is: `arn:aws:cloudfront::${account}:distribution/${reference('Edge/Edge/Distribution')}`,
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::Logs::Delivery', count: 1 },
    {
      'the log of the edge is delivered': {
        path: 'DeliveryDestinationArn',
        is: reference('Edge/Edge/Logs/Destination', 'Arn'),
      },
      'the log of the edge holds no cookies and no queries': {
        path: 'RecordFields[*]',
        is: {
          says: 'neither cookies nor queries',
          matches: (found) =>
            found.length > 0 && !found.some((field) => /cs\(Cookie\)|cs-uri-query/.test(JSON.stringify(field))),
        },
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::Logs::DeliveryDestination', count: 1 },
    {
      'the log of the edge lies in an encrypted log': {
        path: 'DestinationResourceArn',
        is: `arn:aws:logs:us-east-1:${account}:log-group:${reference('Edge/Edge/Logs/Logs')}`,
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::CloudFront::MonitoringSubscription', count: 1 },
    {
      'the edge tells how much it answers from its cache': {
        path: 'MonitoringSubscription.RealtimeMetricsSubscriptionConfig.RealtimeMetricsSubscriptionStatus',
        is: 'Enabled',
      },
    },
  ),
];

export const firewall: Row = { row: 'edge: firewall and logs', expectations: [...rules, ...logs] };
