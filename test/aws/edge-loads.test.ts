import type { Template } from 'aws-cdk-lib/assertions';
import { edgeSite } from '../../lib/platform/nouns/edge-site';
import { loads } from '../../lib/platform/nouns/load-tests';
import { edgeWorld } from '../support/edge';

const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const site = edgeSite.parse({ service: 'web', files: ['/images'], keepSeconds: 300, personal: ['/account'] });
const { template } = edgeWorld({ site, loads: loads.parse({}) });
const plain = edgeWorld({ site }).template;

interface Behavior {
  readonly PathPattern?: string;
  readonly OriginRequestPolicyId?: unknown;
}

const behaviorsOf = (of: Template): Readonly<Record<string, unknown>> => {
  const [distribution] = Object.values(of.findResources('AWS::CloudFront::Distribution'));
  const config = distribution?.['Properties']['DistributionConfig'] as {
    readonly DefaultCacheBehavior: Behavior;
    readonly CacheBehaviors: readonly Behavior[];
  };
  return Object.fromEntries(
    [config.DefaultCacheBehavior, ...config.CacheBehaviors].map(({ OriginRequestPolicyId, PathPattern = '*' }) => [
      PathPattern,
      OriginRequestPolicyId,
    ]),
  );
};

const [policyId = '', ...others] = Object.keys(template.findResources('AWS::CloudFront::OriginRequestPolicy'));

test('what is kept is asked for with the mark of load tests, and with nothing else of the request', () => {
  expect(others).toEqual([]);
  template.hasResourceProperties('AWS::CloudFront::OriginRequestPolicy', {
    OriginRequestPolicyConfig: {
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['x-amzn-waf-load-test'] },
      CookiesConfig: { CookieBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'none' },
    },
  });
});

test.each([
  ['*', { Ref: policyId }],
  ['/api/products', { Ref: policyId }],
  ['/api/products/*', { Ref: policyId }],
  ['/api', allViewerExceptHostHeader],
  ['/api/*', allViewerExceptHostHeader],
  ['/account', allViewerExceptHostHeader],
  ['/images/*', undefined],
])('requests for %s have it on their way to the gateway, files have none', (pattern, policy) => {
  expect(Object.entries(behaviorsOf(template))).toContainEqual([pattern, policy]);
});

test('no answer that is kept differs by the mark', () => {
  const policies = Object.values(template.findResources('AWS::CloudFront::CachePolicy'));
  expect(policies.length).toBeGreaterThan(1);
  expect(JSON.stringify(policies)).not.toContain('x-amzn-waf');
});

test('the firewall knows from where load tests come, and what they may', () => {
  template.hasResourceProperties('AWS::WAFv2::IPSet', { Addresses: ['198.51.100.7/32'], Scope: 'CLOUDFRONT' });
});

test('without load tests nobody is marked', () => {
  plain.resourceCountIs('AWS::CloudFront::OriginRequestPolicy', 0);
  plain.resourceCountIs('AWS::WAFv2::IPSet', 0);
  expect(JSON.stringify(plain.toJSON())).not.toContain('x-amzn-waf');
  expect(Object.entries(behaviorsOf(plain))).toContainEqual(['/api/products', undefined]);
});
