import type { Hardened } from '../support/mutations';

const paths = (...all: readonly string[]): readonly Hardened[] => all.map((path) => ({ path }));

const tunnel = 'VpnTunnelOptionsSpecifications[*]';

/** The link to the recovery site: what encrypts it, leads through it, and tells that it is there. */
export const hardenedLink: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::EC2::TransitGateway': [
    {},
    { path: 'AutoAcceptSharedAttachments', weak: ['enable'] },
    { path: 'VpnEcmpSupport', weak: ['disable'] },
    { path: 'DefaultRouteTableAssociation', weak: ['disable'] },
    { path: 'DefaultRouteTablePropagation', weak: ['disable'] },
    { path: 'AmazonSideAsn', weak: [65_010] },
  ],
  'AWS::EC2::TransitGatewayAttachment': [{}, ...paths('VpcId', 'TransitGatewayId', 'SubnetIds', 'DependsOn')],
  'AWS::EC2::CustomerGateway': [{}, { path: 'BgpAsn', weak: [64_512] }, { path: 'IpAddress', weak: ['192.0.2.3'] }],
  'AWS::EC2::VPNConnection': [
    {},
    ...paths('CustomerGatewayId', 'TransitGatewayId'),
    { path: 'StaticRoutesOnly', weak: [true] },
    { path: 'PreSharedKeyStorage', weak: ['Standard'] },
    { path: `${tunnel}.TunnelInsideCidr`, weak: ['169.254.21.8/30'] },
    { path: `${tunnel}.IKEVersions`, weak: [[{ Value: 'ikev1' }, { Value: 'ikev2' }]] },
    { path: `${tunnel}.Phase1EncryptionAlgorithms`, weak: [[{ Value: 'AES128' }, { Value: 'AES256' }]] },
    { path: `${tunnel}.Phase1IntegrityAlgorithms`, weak: [[{ Value: 'SHA1' }]] },
    { path: `${tunnel}.Phase1DHGroupNumbers`, weak: [[{ Value: 2 }]] },
    { path: `${tunnel}.Phase2EncryptionAlgorithms`, weak: [[{ Value: 'AES128' }]] },
    { path: `${tunnel}.Phase2DHGroupNumbers`, weak: [[{ Value: 2 }, { Value: 14 }]] },
    { path: `${tunnel}.StartupAction`, weak: ['add'] },
    { path: `${tunnel}.DPDTimeoutAction`, weak: ['none', 'clear'] },
    { path: `${tunnel}.LogOptions.CloudwatchLogOptions.LogEnabled` },
    { path: `${tunnel}.LogOptions.CloudwatchLogOptions.BgpLogEnabled` },
    ...paths(`${tunnel}.LogOptions.CloudwatchLogOptions.LogGroupArn`),
  ],
  'AWS::Route53Resolver::ResolverEndpoint': [{}, ...paths('Direction', 'IpAddresses', 'SecurityGroupIds')],
  'AWS::Route53Resolver::ResolverRule': [
    {},
    { path: 'DomainName', weak: ['azure.com'] },
    { path: 'TargetIps', weak: [[{ Ip: '192.0.2.53', Port: '53' }]] },
    ...paths('ResolverEndpointId'),
  ],
  'AWS::Route53Resolver::ResolverRuleAssociation': [{}, ...paths('VPCId', 'ResolverRuleId')],
  'Custom::LinkAddresses': [{}, ...paths('VpnConnectionId', 'InsideCidrs')],
};
