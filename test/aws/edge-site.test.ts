import { Match, type Template } from 'aws-cdk-lib/assertions';
import { edgeSite } from '../../lib/platform/nouns/edge-site';
import { findings } from '../support/aws';
import { edgeWorld } from '../support/edge';

const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const next = edgeWorld({
  site: edgeSite.parse({
    service: 'web',
    files: ['/_next/static', '/images'],
    keepSeconds: 300,
    vary: ['RSC', 'Next-Url'],
    personal: ['/account'],
  }),
});
const unkept = edgeWorld({ site: edgeSite.parse({ service: 'web' }) });

interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly CachePolicyId: unknown;
  readonly ResponseHeadersPolicyId: unknown;
  readonly [property: string]: unknown;
}
interface Config {
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: readonly Behavior[];
  readonly Origins: readonly { readonly Id: string; readonly [property: string]: unknown }[];
  readonly [property: string]: unknown;
}
const configOf = (template: Template): Config =>
  Object.values(template.findResources('AWS::CloudFront::Distribution'))[0]?.['Properties']['DistributionConfig'];
const originOf = (config: Config, behavior: Behavior | undefined) =>
  config.Origins.find(({ Id }) => Id === behavior?.TargetOriginId);
const behaviorOf = (config: Config, path: string) =>
  config.CacheBehaviors.find(({ PathPattern }) => PathPattern === path);
const logicalId = (reference: unknown): string => (reference as { readonly Ref: string }).Ref;

describe('pages that a service makes', () => {
  const { template } = next;
  const config = configOf(template);
  const pages = config.DefaultCacheBehavior;

  test('come from the gateway, by HTTPS inside the network, and are told the name that people see', () => {
    expect(originOf(config, pages)).toMatchObject({
      DomainName: 'origin.shop.example.com',
      VpcOriginConfig: expect.anything(),
      OriginCustomHeaders: [{ HeaderName: 'X-Forwarded-Host', HeaderValue: 'shop.example.com' }],
    });
    expect(config['DefaultRootObject']).toBeUndefined();
    template.resourceCountIs('AWS::CloudFront::Function', 0);
    expect(pages['ViewerProtocolPolicy']).toBe('redirect-to-https');
  });

  test('are kept as they say, five minutes at most, and not at all if they say nothing', () => {
    expect(template.findResources('AWS::CloudFront::CachePolicy')[logicalId(pages.CachePolicyId)]).toMatchObject({
      Properties: {
        CachePolicyConfig: {
          MinTTL: 0,
          DefaultTTL: 0,
          MaxTTL: 300,
          ParametersInCacheKeyAndForwardedToOrigin: {
            CookiesConfig: { CookieBehavior: 'none' },
            HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['RSC', 'Next-Url'] },
            QueryStringsConfig: { QueryStringBehavior: 'all' },
          },
        },
      },
    });
    expect(pages['OriginRequestPolicyId']).toBeUndefined();
    expect(pages['AllowedMethods']).toEqual(['GET', 'HEAD', 'OPTIONS']);
  });

  test('set no cookie where everybody gets them, and may name sources of scripts of their own', () => {
    const { Properties } = template.findResources('AWS::CloudFront::ResponseHeadersPolicy')[
      logicalId(pages.ResponseHeadersPolicyId)
    ] as { Properties: { ResponseHeadersPolicyConfig: Record<string, never> } };
    expect(Properties.ResponseHeadersPolicyConfig['RemoveHeadersConfig']).toEqual({
      Items: [{ Header: 'Server' }, { Header: 'X-Powered-By' }, { Header: 'Set-Cookie' }],
    });
    expect(Properties.ResponseHeadersPolicyConfig['SecurityHeadersConfig']).toMatchObject({
      ContentSecurityPolicy: { Override: false },
      FrameOptions: { Override: true },
      StrictTransportSecurity: { Override: true },
    });
  });

  test('for one person alone are asked for each time, with cookies', () => {
    for (const path of ['/account', '/account/*']) {
      expect(behaviorOf(config, path)).toMatchObject({
        CachePolicyId: cachingDisabled,
        OriginRequestPolicyId: allViewerExceptHostHeader,
        TargetOriginId: pages.TargetOriginId,
        AllowedMethods: expect.arrayContaining(['POST']),
      });
    }
  });

  test('leave their files to the bucket, unchanged', () => {
    for (const path of ['/_next/static/*', '/images/*']) {
      const files = behaviorOf(config, path);
      expect(originOf(config, files)).toMatchObject({ S3OriginConfig: expect.anything() });
      expect(files).not.toHaveProperty('FunctionAssociations');
      expect(files?.['AllowedMethods']).toEqual(['GET', 'HEAD', 'OPTIONS']);
    }
  });

  test('leave the API what it was', () => {
    const plain = configOf(edgeWorld().template);
    const api = (config_: Config) =>
      config_.CacheBehaviors.filter(({ PathPattern }) => PathPattern?.startsWith('/api')).map(
        ({ TargetOriginId: _origin, ...behavior }) => behavior,
      );
    expect(api(config)).toEqual(api(plain));
    expect(originOf(config, behaviorOf(config, '/api/*'))).not.toHaveProperty('OriginCustomHeaders');
  });

  test('count with the files where the share of answers from the cache is watched', () => {
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      MetricTransformations: [Match.objectLike({ MetricName: 'FilesAsked' })],
      FilterPattern: Match.stringLikeRegexp('uri-stem != "/account/\\*"'),
    });
  });

  test('pass the rule packs', () => {
    expect(findings(next.stack)).toEqual(findings(edgeWorld().stack));
  });
});

describe('pages that nobody keeps', () => {
  const { template } = unkept;
  const config = configOf(template);

  test('are asked for each time, with everything that the browser sends', () => {
    expect(config.DefaultCacheBehavior).toMatchObject({
      CachePolicyId: cachingDisabled,
      OriginRequestPolicyId: allViewerExceptHostHeader,
      AllowedMethods: expect.arrayContaining(['GET', 'POST', 'DELETE']),
    });
    expect(originOf(config, config.DefaultCacheBehavior)).toHaveProperty('VpcOriginConfig');
  });

  test('do not count where the share of answers from the cache is watched', () => {
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      MetricTransformations: [Match.objectLike({ MetricName: 'FilesAsked' })],
      FilterPattern: Match.stringLikeRegexp('uri-stem = "/assets/\\*"'),
    });
  });
});
