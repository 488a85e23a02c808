import { about, none, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, all, atLeast, between, exactly, like, oneLike, oneOf } from '../../support/matchers';
import { domain, edgeTopic, home } from './facts';

const stack = 'Edge';
const config = 'DistributionConfig';
const api = `${config}.Origins[DomainName=origin.${domain}]`;
const assets = `${config}.Origins[DomainName=${reference('Data/AssetsBucket/Bucket', 'RegionalDomainName')}]`;
const headers = reference('Edge/Edge/Policies/Headers');

const distribution: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::CloudFront::Distribution', count: 1 },
    {
      'the edge answers for the domain': { path: `${config}.Aliases`, is: exactly(domain) },
      'the edge speaks HTTP/3': { path: `${config}.HttpVersion`, is: 'http2and3' },
      'the edge speaks IPv6': { path: `${config}.IPV6Enabled`, is: true },
      'the edge refuses old TLS': {
        path: `${config}.ViewerCertificate.MinimumProtocolVersion`,
        is: like(/^TLSv1\.[23]_20(2[1-9])$/),
      },
      'the edge has the certificate of the domain': {
        path: `${config}.ViewerCertificate.AcmCertificateArn`,
        is: reference('Edge/Certificate/Certificate'),
      },
      'the edge stands behind the firewall': {
        path: `${config}.WebACLId`,
        is: reference('Edge/Firewall/WebAcl', 'Arn'),
      },
      'requests for pages come by TLS': {
        path: `${config}.DefaultCacheBehavior.ViewerProtocolPolicy`,
        is: 'redirect-to-https',
      },
      'requests for the API come by TLS': {
        path: `${config}.CacheBehaviors[*].ViewerProtocolPolicy`,
        is: 'https-only',
      },
      'pages are compressed': { path: `${config}.DefaultCacheBehavior.Compress`, is: true },
      'answers of the API are compressed': { path: `${config}.CacheBehaviors[*].Compress`, is: true },
      'pages bear the headers that protect customers': {
        path: `${config}.DefaultCacheBehavior.ResponseHeadersPolicyId`,
        is: headers,
      },
      'answers of the API bear the headers that protect customers': {
        path: `${config}.CacheBehaviors[*].ResponseHeadersPolicyId`,
        is: headers,
      },
      'pages are kept as assets are': {
        path: `${config}.DefaultCacheBehavior.CachePolicyId`,
        is: reference('Edge/Edge/Policies/Assets'),
      },
      'nobody writes assets through the edge': {
        path: `${config}.DefaultCacheBehavior.AllowedMethods`,
        is: exactly('GET', 'HEAD', 'OPTIONS'),
      },
      'requests for the API itself are answered as those below it': {
        path: `${config}.CacheBehaviors[PathPattern=/api].CachePolicyId`,
        is: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      },
      'answers about customers are kept nowhere': {
        path: `${config}.CacheBehaviors[PathPattern=/api/*].CachePolicyId`,
        is: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      },
      'the API learns what the customer sent, but for the host': {
        path: `${config}.CacheBehaviors[PathPattern=/api/*].OriginRequestPolicyId`,
        is: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      },
      'the load balancer is asked inside AWS': {
        path: `${api}.VpcOriginConfig.VpcOriginId`,
        is: reference('Cluster/EdgeOrigin/VpcOrigin', 'Id'),
      },
      'the edge waits for the slowest service': {
        path: `${api}.VpcOriginConfig.OriginReadTimeout`,
        is: between(30, 120),
      },
      'the load balancer is asked once for what many ask': { path: `${api}.OriginShield.Enabled`, is: true },
      'the load balancer is asked from its own region': { path: `${api}.OriginShield.OriginShieldRegion`, is: home },
      'assets are asked for once': { path: `${assets}.OriginShield.Enabled`, is: true },
      'assets are asked for with a signature': {
        path: `${assets}.OriginAccessControlId`,
        is: reference('Edge/Edge/AssetsAccess', 'Id'),
      },
      'assets are not asked for by an identity of old': {
        path: `${assets}.S3OriginConfig.OriginAccessIdentity`,
        is: '',
      },
      'errors are not kept': { path: `${config}.CustomErrorResponses[*].ErrorCachingMinTTL`, is: 0 },
      'the edge is on': { path: `${config}.Enabled`, is: true },
    },
  ),
  ...[
    { path: '/api/products', seconds: 60 },
    { path: '/api/products/*', seconds: 60 },
    { path: '/api/categories', seconds: 300 },
    { path: '/api/categories/*', seconds: 300 },
    { path: '/api/search', seconds: 30 },
    { path: '/api/search/*', seconds: 30 },
  ].map(({ path, seconds }) => ({
    name: `answers of ${path} are kept for ${seconds} s`,
    stack,
    type: 'AWS::CloudFront::Distribution',
    path: `${config}.CacheBehaviors[PathPattern=${path}].CachePolicyId`,
    is: reference(`Edge/Edge/Policies/Answers${seconds}Seconds`),
  })),
  ...[30, 60, 300].flatMap((seconds) =>
    about(
      { stack, type: 'AWS::CloudFront::CachePolicy', where: new RegExp(`/Answers${seconds}Seconds$`), count: 1 },
      {
        [`what is kept for ${seconds} s is kept no longer`]: { path: 'CachePolicyConfig.MaxTTL', is: seconds },
        [`what is kept for ${seconds} s is the same for everybody`]: {
          path: 'CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.CookiesConfig.CookieBehavior',
          is: 'none',
        },
        [`what is kept for ${seconds} s differs by what was asked`]: {
          path: 'CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig.QueryStringBehavior',
          is: 'all',
        },
      },
    ),
  ),
  ...about(
    { stack, type: 'AWS::CloudFront::CachePolicy', count: 4 },
    {
      'the best compression is kept': {
        path: 'CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.EnableAcceptEncodingBrotli',
        is: true,
      },
    },
  ),
];

const security = 'ResponseHeadersPolicyConfig.SecurityHeadersConfig';
const protection: readonly Expectation[] = about(
  { stack, type: 'AWS::CloudFront::ResponseHeadersPolicy', count: 1 },
  {
    'browsers come by TLS for ever': {
      path: `${security}.StrictTransportSecurity.AccessControlMaxAgeSec`,
      is: atLeast(31_536_000),
    },
    'browsers come by TLS to every name of the domain': {
      path: `${security}.StrictTransportSecurity.IncludeSubdomains`,
      is: true,
    },
    'no page shows ours inside its own': { path: `${security}.FrameOptions.FrameOption`, is: 'DENY' },
    'browsers do not guess what a file is': { path: `${security}.ContentTypeOptions.Override`, is: true },
    'pages run our own programs alone': {
      path: `${security}.ContentSecurityPolicy.ContentSecurityPolicy`,
      is: all(like(/default-src 'self'/), like(/script-src 'self';/), like(/frame-ancestors 'none'/)),
    },
    'other sites learn little of where a customer was': {
      path: `${security}.ReferrerPolicy.ReferrerPolicy`,
      is: oneOf('strict-origin-when-cross-origin', 'no-referrer'),
    },
    'nobody learns what the servers are': {
      path: 'ResponseHeadersPolicyConfig.RemoveHeadersConfig.Items[*].Header',
      is: oneLike(/^Server$/),
    },
  },
);

const origin: readonly Expectation[] = [
  ...about(
    { stack: 'Cluster', type: 'AWS::CloudFront::VpcOrigin', count: 1 },
    {
      'the edge reaches the load balancer by TLS': {
        path: 'VpcOriginEndpointConfig.OriginProtocolPolicy',
        is: 'https-only',
      },
      'the edge reaches the load balancer by new TLS': {
        path: 'VpcOriginEndpointConfig.OriginSSLProtocols',
        is: exactly('TLSv1.2'),
      },
      'the edge reaches the load balancer of the platform': {
        path: 'VpcOriginEndpointConfig.Arn',
        is: reference('Cluster/Balancer/LoadBalancer'),
      },
      'the edge reaches the port of the gateway': { path: 'VpcOriginEndpointConfig.HTTPSPort', is: 443 },
    },
  ),
  ...about(
    { stack: 'Cluster', type: 'AWS::EC2::SecurityGroupIngress', where: /EdgeOrigin\/FromEdge$/, count: 1 },
    {
      'the load balancer is open to the edge alone': { path: 'SourcePrefixListId', is: 'pl-31a34658' },
      'the load balancer is open to the edge for the gateway': { path: 'ToPort', is: 443 },
      'the load balancer is open to no address': { path: 'CidrIp', is: absent },
    },
  ),
  ...about(
    { stack: 'Cluster', type: 'AWS::Route53::RecordSet', where: /EdgeOrigin\/Name$/, count: 1 },
    { 'the edge knows the load balancer by name': { path: 'Name', is: `origin.${domain}.` } },
  ),
  ...about(
    { stack, type: 'AWS::CloudFront::OriginAccessControl', count: 1 },
    {
      'requests for assets are always signed': { path: 'OriginAccessControlConfig.SigningBehavior', is: 'always' },
      'requests for assets are signed by SigV4': { path: 'OriginAccessControlConfig.SigningProtocol', is: 'sigv4' },
    },
  ),
];

export const edge: Row = {
  row: 'edge',
  expectations: [
    ...distribution,
    ...protection,
    ...origin,
    ...about(
      { stack, type: 'AWS::Route53::RecordSet', count: 1 },
      {
        'the domain leads to the edge': {
          path: 'ResourceRecords',
          is: exactly(reference('Edge/Edge/Distribution', 'DomainName')),
        },
        'the domain is of the type that both sites have': { path: 'Type', is: 'CNAME' },
        'the domain can lead elsewhere when the site is lost': { path: 'SetIdentifier', is: 'primary' },
        'the domain is ours': { path: 'Name', is: `${domain}.` },
      },
    ),
    ...about(
      { stack, type: 'AWS::CertificateManager::Certificate', count: 1 },
      {
        'the certificate of the edge is for the domain': { path: 'DomainName', is: domain },
        'the certificate of the edge renews itself': { path: 'ValidationMethod', is: 'DNS' },
      },
    ),
    none({ stack, type: 'AWS::CloudFront::CloudFrontOriginAccessIdentity' }, 'no identity of old reads assets'),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm' },
      { 'alarms of the edge are told at the edge': { path: 'AlarmActions', is: exactly(edgeTopic) } },
    ),
  ],
};
