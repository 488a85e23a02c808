import type { Hardened } from './mutations';

/** What limits whom a network finds by name must not lose. */
export const hardenedNames: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::Route53Resolver::FirewallDomainList': [
    {},
    { where: /\/Known$/, path: 'Domains', weak: [['*'], ['*.amazonaws.com']] },
    { where: /\/Everything$/, path: 'Domains', weak: [['example.com'], []] },
  ],
  'AWS::Route53Resolver::FirewallRuleGroup': [
    {},
    { path: 'FirewallRules[Priority=1].FirewallDomainRedirectionAction', weak: ['INSPECT_REDIRECTION_DOMAIN'] },
    { path: 'FirewallRules[Priority=2].Action', weak: ['ALERT', 'ALLOW'] },
    { path: 'FirewallRules[Priority=2].BlockResponse', weak: ['NXDOMAIN'] },
  ],
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': [
    {},
    { path: 'VpcId', weak: ['vpc-of-somebody-else'] },
    { path: 'FirewallRuleGroupId', weak: ['rules-of-somebody-else'] },
    { path: 'MutationProtection', weak: ['DISABLED'] },
  ],
  'AWS::Route53Resolver::FirewallConfig': [{}, { path: 'FirewallFailOpen', weak: ['ENABLED'] }],
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': [
    {},
    { path: 'DestinationArn', weak: ['arn:aws:s3:::somebody-else'] },
  ],
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation': [
    {},
    { path: 'ResourceId', weak: ['vpc-of-somebody-else'] },
  ],
};
