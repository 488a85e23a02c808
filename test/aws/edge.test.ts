import { Match } from 'aws-cdk-lib/assertions';
import { findings } from '../support/aws';
import { edgeWorld } from '../support/edge';

const { balancer, home, homeTemplate, stack, template } = edgeWorld();

const config = (): Record<string, never> =>
  Object.values(template.findResources('AWS::CloudFront::Distribution'))[0]?.['Properties']['DistributionConfig'];
interface Behavior {
  readonly PathPattern: string;
  readonly CachePolicyId: unknown;
  readonly [property: string]: unknown;
}
const behaviors = (): readonly Behavior[] => config()['CacheBehaviors'] ?? [];

describe('the distribution', () => {
  test('serves the platform’s domain over modern TLS, HTTP/3 and IPv6, behind the firewall', () => {
    expect(stack.region).toBe('us-east-1');
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        Aliases: ['shop.example.com'],
        HttpVersion: 'http2and3',
        IPV6Enabled: true,
        PriceClass: 'PriceClass_200',
        ViewerCertificate: Match.objectLike({ MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' }),
        WebACLId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FirewallWebAcl'), 'Arn'] },
        Logging: Match.absent(),
      }),
    });
  });

  test('reaches the load balancer inside the network by HTTPS, by the name on its certificate', () => {
    const origins = config()['Origins'] as unknown as Record<string, unknown>[];
    expect(origins).toHaveLength(2);
    expect(origins).toContainEqual(
      expect.objectContaining({
        DomainName: 'origin.shop.example.com',
        VpcOriginConfig: expect.objectContaining({ OriginReadTimeout: 120, OriginKeepaliveTimeout: 60 }),
        OriginShield: { Enabled: true, OriginShieldRegion: 'ap-southeast-1' },
      }),
    );
    expect(JSON.stringify(origins)).not.toContain('CustomOriginConfig');
    homeTemplate.hasResourceProperties('AWS::CloudFront::VpcOrigin', {
      VpcOriginEndpointConfig: {
        Arn: { Ref: home.getLogicalId(balancer.loadBalancer.node.defaultChild as never) },
        HTTPSPort: 443,
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      },
    });
  });

  test('reads the assets under its own name, signed, and nobody’s identity', () => {
    template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: Match.objectLike({
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      }),
    });
    const origins = config()['Origins'] as unknown as Record<string, unknown>[];
    expect(origins).toContainEqual(
      expect.objectContaining({
        S3OriginConfig: { OriginAccessIdentity: '' },
        OriginAccessControlId: expect.anything(),
        OriginShield: { Enabled: true, OriginShieldRegion: 'ap-southeast-1' },
      }),
    );
    template.resourceCountIs('AWS::S3::BucketPolicy', 0);
  });

  test('tries the paths whose answers are kept before the API', () => {
    expect(behaviors().map(({ PathPattern }) => PathPattern)).toEqual([
      '/api/categories',
      '/api/categories/*',
      '/api/products',
      '/api/products/*',
      '/api/search',
      '/api/search/*',
      '/api',
      '/api/*',
    ]);
  });

  test('keeps no answer of the API, and passes on all but the host', () => {
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
    for (const path of ['/api', '/api/*']) {
      expect(behaviors().find(({ PathPattern }) => PathPattern === path)).toMatchObject({
        CachePolicyId: cachingDisabled,
        OriginRequestPolicyId: allViewerExceptHostHeader,
        AllowedMethods: expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
        ViewerProtocolPolicy: 'https-only',
      });
    }
  });

  test('keeps the answers of public routes for their time, by address and query alone', () => {
    const kept = behaviors().find(({ PathPattern }) => PathPattern === '/api/products/*');
    expect(kept).toMatchObject({ AllowedMethods: ['GET', 'HEAD'], ViewerProtocolPolicy: 'https-only' });
    expect(kept).not.toHaveProperty('OriginRequestPolicyId');
    const policies = template.findResources('AWS::CloudFront::CachePolicy');
    const policy = policies[(kept?.CachePolicyId as { readonly Ref: string } | undefined)?.Ref ?? 'none'];
    expect(policy?.['Properties']['CachePolicyConfig']).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 60,
      MaxTTL: 60,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
      },
    });
    expect(Object.keys(policies)).toHaveLength(4);
  });

  test('compresses, redirects to HTTPS and turns addresses of pages into the page', () => {
    expect(config()['DefaultCacheBehavior']).toMatchObject({
      Compress: true,
      ViewerProtocolPolicy: 'redirect-to-https',
      FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: expect.anything() }],
    });
    template.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionConfig: Match.objectLike({ Runtime: 'cloudfront-js-2.0' }),
      AutoPublish: true,
    });
  });

  test('keeps no error that passes', () => {
    const errors = config()['CustomErrorResponses'] as unknown as { ErrorCode: number; ErrorCachingMinTTL: number }[];
    expect(errors.map(({ ErrorCode }) => ErrorCode)).toEqual([403, 404, 500, 502, 503, 504]);
    for (const error of errors) {
      expect(error.ErrorCachingMinTTL).toBe(0);
      expect(error).not.toHaveProperty('ResponsePagePath');
    }
  });

  test('adds the security headers to every answer', () => {
    const [id] = Object.keys(template.findResources('AWS::CloudFront::ResponseHeadersPolicy'));
    for (const behavior of [config()['DefaultCacheBehavior'] as unknown as Behavior, ...behaviors()]) {
      expect(behavior['ResponseHeadersPolicyId']).toEqual({ Ref: id });
    }
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: Match.objectLike({
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: Match.stringLikeRegexp("default-src 'self'.*frame-ancestors 'none'"),
            Override: true,
          },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: true },
          StrictTransportSecurity: {
            AccessControlMaxAgeSec: 63_072_000,
            IncludeSubdomains: true,
            Preload: true,
            Override: true,
          },
        },
      }),
    });
  });

  test('has its requests logged by a delivery, without cookies and queries', () => {
    template.hasResourceProperties('AWS::Logs::DeliverySource', {
      Name: 'retailflow-production-edge',
      LogType: 'ACCESS_LOGS',
      ResourceArn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':cloudfront::.*distribution/')])] },
    });
    template.hasResourceProperties('AWS::Logs::DeliveryDestination', {
      OutputFormat: 'json',
      DestinationResourceArn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':log-group:$')])] },
    });
    const [delivery] = Object.values(template.findResources('AWS::Logs::Delivery'));
    const fields = delivery?.['Properties']['RecordFields'] as string[];
    expect(fields).toEqual(expect.arrayContaining(['c-ip', 'sc-status', 'cs-uri-stem', 'x-edge-result-type']));
    expect(fields.filter((field) => /cookie|query/i.test(field))).toEqual([]);
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue(), RetentionInDays: 365 });
  });

  test('measures its hits', () => {
    template.hasResourceProperties('AWS::CloudFront::MonitoringSubscription', {
      MonitoringSubscription: {
        RealtimeMetricsSubscriptionConfig: { RealtimeMetricsSubscriptionStatus: 'Enabled' },
      },
    });
  });
});

test('leaves no finding open', () => {
  expect(findings(stack.edge)).toEqual([]);
});
