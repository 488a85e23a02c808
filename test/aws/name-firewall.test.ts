import { Match } from 'aws-cdk-lib/assertions';
import { AccessLogBucket } from '../../lib/aws/access-log-bucket';
import { FlowLogs } from '../../lib/aws/flow-logs';
import { NameFirewall } from '../../lib/aws/name-firewall';
import { account, findings, region, surroundings, templateOf, testStack } from '../support/aws';
import { remember } from '../support/remember';

const made = remember((isProtected: boolean = true) => {
  const stack = testStack();
  const { alarms, key, vpc } = surroundings(stack);
  const accessLogs = new AccessLogBucket(stack, 'AccessLogs', { days: 30 }).bucket;
  const { bucket } = new FlowLogs(stack, 'FlowLogs', { vpc, key, accessLogs, days: 365 });
  const firewall = new NameFirewall(stack, 'Names', {
    vpc,
    names: ['*.example.com', 'partner.example.org'],
    archive: bucket,
    protected: isProtected,
    alarms,
  });
  return { stack, firewall };
});
const template = remember((isProtected?: boolean) => templateOf(made(isProtected).stack));
const id = (name: string) => ({ 'Fn::GetAtt': [Match.stringLikeRegexp(`^Names${name}`), 'Id'] });

describe('the firewall of names', () => {
  test('lets through what is known, wherever it leads, and then nothing', () => {
    template().hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroup', {
      FirewallRules: [
        {
          Priority: 1,
          Action: 'ALLOW',
          FirewallDomainListId: id('Known'),
          FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
        },
        { Priority: 2, Action: 'BLOCK', BlockResponse: 'NODATA', FirewallDomainListId: id('Everything') },
      ],
    });
  });

  test('knows the names that it is given, and everybody', () => {
    const lists = template().findResources('AWS::Route53Resolver::FirewallDomainList');
    const domains = Object.values(lists).map(({ Properties }) => (Properties as { Domains: unknown }).Domains);
    expect(domains).toEqual([['*.example.com', 'partner.example.org'], ['*']]);
  });

  test('follows no name that is not known', () => {
    const [group] = Object.values(template().findResources('AWS::Route53Resolver::FirewallRuleGroup'));
    expect(JSON.stringify(group)).not.toMatch(/ALERT|OVERRIDE|NXDOMAIN/);
  });

  test('stands before the network, and closes it when it fails', () => {
    const vpc = { Ref: Match.stringLikeRegexp('^Vpc') };
    template().hasResourceProperties('AWS::Route53Resolver::FirewallConfig', {
      ResourceId: vpc,
      FirewallFailOpen: 'DISABLED',
    });
    template().hasResource('AWS::Route53Resolver::FirewallRuleGroupAssociation', {
      Properties: { VpcId: vpc, FirewallRuleGroupId: id('Rules'), Priority: 5000, MutationProtection: 'ENABLED' },
      DependsOn: [Match.stringLikeRegexp('^NamesFailure')],
    });
  });

  test('can be taken off a network of which nothing is protected', () => {
    template(false).hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroupAssociation', {
      MutationProtection: 'DISABLED',
    });
  });

  test('writes down what is asked for, where only the delivery of this account may write', () => {
    template().hasResource('AWS::Route53Resolver::ResolverQueryLoggingConfig', {
      Properties: {
        DestinationArn: {
          'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^FlowLogsBucket'), 'Arn'] }, '/names']],
        },
      },
      DependsOn: [Match.stringLikeRegexp('^FlowLogsBucketPolicy')],
    });
    template().hasResourceProperties('AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', {
      ResolverQueryLogConfigId: id('Record'),
      ResourceId: { Ref: Match.stringLikeRegexp('^Vpc') },
    });
    template().hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Effect: 'Allow',
            Action: 's3:PutObject',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Resource: {
              'Fn::Join': [
                '',
                [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^FlowLogsBucket'), 'Arn'] }, `/names/AWSLogs/${account}/*`],
              ],
            },
            Condition: {
              StringEquals: { 'aws:SourceAccount': account, 's3:x-amz-acl': 'bucket-owner-full-control' },
              ArnLike: { 'aws:SourceArn': `arn:aws:logs:${region}:${account}:*` },
            },
          },
        ]),
      },
    });
  });

  test('calls somebody when names are refused, and counts no others', () => {
    template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Route53Resolver',
      MetricName: 'FirewallRuleQueryVolume',
      Statistic: 'Sum',
      Period: 300,
      Threshold: 20,
      EvaluationPeriods: 1,
      Dimensions: [
        { Name: 'FirewallDomainListId', Value: id('Everything') },
        { Name: 'FirewallRuleGroupId', Value: id('Rules') },
      ],
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/egress\\.md$'),
      AlarmActions: [Match.anyValue()],
    });
  });

  test('breaks no rule of the packs', () => {
    expect(findings(made().firewall)).toEqual([]);
  });
});
