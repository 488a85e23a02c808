import { about, type Row } from './about';
import { reference } from './graph';
import { containing, exactly, like } from './matchers';

/** Whom a platform finds by name in its network on AWS. */
export interface KnownNames {
  readonly region: string;
  /** As whom addresses of the network are asked for: `16.10` for 10.16.0.0/16. */
  readonly reverse: string;
  /** Third parties, and what else is not AWS. */
  readonly hosts: readonly string[];
}

const stack = 'Network';
const at = 'Network/Network/Names';
const vpc = reference('Network/Network/Vpc');
const archive = 'Network/Network/FlowLogs/Bucket';

/** Names of the definition are found in the network, and no others; whatever is asked for is written down. */
export const knownNamesRow = ({ hosts, region, reverse }: KnownNames): Row => ({
  row: 'limited destinations',
  expectations: [
    ...about(
      { stack, type: 'AWS::Route53Resolver::FirewallDomainList', where: /\/Known$/, count: 1 },
      {
        'AWS, the other site and third parties are found by name, and nobody else': {
          path: 'Domains',
          is: exactly(
            `*.${region}.amazonaws.com`,
            `*.${region}.api.aws`,
            `*.${region}.rds.amazonaws.com`,
            `*.${region}.es.amazonaws.com`,
            `*.${region}.eks.amazonaws.com`,
            `*.${region}.compute.internal`,
            `*.${reverse}.in-addr.arpa`,
            '*.cache.amazonaws.com',
            'sts.amazonaws.com',
            `prod-${region}-starport-layer-bucket.s3.amazonaws.com`,
            `cloudformation-custom-resource-response-${region.replaceAll('-', '')}.s3.amazonaws.com`,
            ...hosts,
          ),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Route53Resolver::FirewallDomainList', where: /\/Everything$/, count: 1 },
      { 'whoever is not named is everybody': { path: 'Domains', is: ['*'] } },
    ),
    ...about(
      { stack, type: 'AWS::Route53Resolver::FirewallRuleGroup', count: 1 },
      {
        'names that are known are let through first, wherever they lead': {
          path: 'FirewallRules[Priority=1]',
          is: {
            Action: 'ALLOW',
            FirewallDomainListId: reference(`${at}/Known`, 'Id'),
            FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
            Priority: 1,
          },
        },
        'all others have no address': {
          path: 'FirewallRules[Priority=2]',
          is: {
            Action: 'BLOCK',
            BlockResponse: 'NODATA',
            FirewallDomainListId: reference(`${at}/Everything`, 'Id'),
            Priority: 2,
          },
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation', count: 1 },
      {
        'names are judged in the network of the platform': { path: 'VpcId', is: vpc },
        'names are judged by the rules of the definition': {
          path: 'FirewallRuleGroupId',
          is: reference(`${at}/Rules`, 'Id'),
        },
        'nobody takes the rules off the network by mistake': { path: 'MutationProtection', is: 'ENABLED' },
      },
    ),
    ...about(
      { stack, type: 'AWS::Route53Resolver::FirewallConfig', count: 1 },
      {
        'a firewall of names that fails lets nobody out': { path: 'FirewallFailOpen', is: 'DISABLED' },
        'that holds for the network of the platform': { path: 'ResourceId', is: vpc },
      },
    ),
    ...about(
      { stack, type: 'AWS::Route53Resolver::ResolverQueryLoggingConfig', count: 1 },
      {
        'what is asked for is written beside who talked to whom': {
          path: 'DestinationArn',
          is: like(/^\$\{Network\/Network\/FlowLogs\/Bucket\.Arn\}\/names$/),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', count: 1 },
      {
        'what is asked for in the network is written down': { path: 'ResourceId', is: vpc },
        'it is written down as configured': { path: 'ResolverQueryLogConfigId', is: reference(`${at}/Record`, 'Id') },
      },
    ),
    ...about(
      { stack, type: 'AWS::S3::BucketPolicy', where: /FlowLogs/, count: 1 },
      {
        'AWS may write that there, for this account': {
          path: 'PolicyDocument.Statement',
          is: containing({ Resource: `\${${archive}.Arn}/names/AWSLogs/111122223333/*` }),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /\/Names\/Refused$/, count: 1 },
      {
        'somebody is called for names that are refused': {
          path: 'AlarmActions',
          is: [reference('Security/Alarms/Topic')],
        },
        'refused names are counted by rule': { path: 'MetricName', is: 'FirewallRuleQueryVolume' },
        'refused names are those that nobody declared': {
          path: 'Dimensions[Name=FirewallDomainListId].Value',
          is: reference(`${at}/Everything`, 'Id'),
        },
        'twenty refused names in five minutes are many': { path: 'Threshold', is: 20 },
      },
    ),
  ],
});
