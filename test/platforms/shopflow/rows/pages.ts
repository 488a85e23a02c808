import { about, type Row } from '../../support/about';
import { gatewayLogin } from '../../support/gateway-login';
import { tokenKeys } from '../../support/token-keys';
import { absent, containing, exactly, like, oneLike } from '../../support/matchers';
import { reference } from '../../support/graph';
import { domain } from './facts';

const config = 'DistributionConfig';
const routed = 'ContainerDefinitions[Name=kong].Environment[Name=GATEWAY_DOCUMENT].Value';
const distribution = { stack: 'Edge', type: 'AWS::CloudFront::Distribution', count: 1 } as const;

export const pagesRow: Row = {
  row: 'web',
  expectations: [
    ...about(distribution, {
      'pages are kept by the policy of pages': {
        path: `${config}.DefaultCacheBehavior.CachePolicyId`,
        is: reference('Edge/Edge/Site/Pages'),
      },
      'pages come by TLS': { path: `${config}.DefaultCacheBehavior.ViewerProtocolPolicy`, is: 'redirect-to-https' },
      'there is no one page for all addresses': { path: `${config}.DefaultRootObject`, is: absent },
      'the firewall stands before pages': { path: `${config}.WebACLId`, is: reference('Edge/Firewall/WebAcl', 'Arn') },
      'the service is told the name that people see': {
        path: `${config}.Origins[*].OriginCustomHeaders[HeaderName=X-Forwarded-Host].HeaderValue`,
        is: oneLike(/^shop\.example\.com$/),
      },
      'personal pages are never kept': {
        path: `${config}.CacheBehaviors[PathPattern=/checkout/*].CachePolicyId`,
        is: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      },
      'files of pages come from the bucket': {
        path: `${config}.CacheBehaviors[PathPattern=/_next/static/*].CachePolicyId`,
        is: reference('Edge/Edge/Policies/Assets'),
      },
    }),
    ...about(
      { stack: 'Edge', type: 'AWS::CloudFront::CachePolicy', where: /\/Site\/Pages$/, count: 1 },
      {
        'a page is made anew after five minutes at the latest': { path: 'CachePolicyConfig.MaxTTL', is: 300 },
        'a page that says nothing is not kept': { path: 'CachePolicyConfig.DefaultTTL', is: 0 },
        'no cookie tells kept pages apart': {
          path: 'CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.CookiesConfig.CookieBehavior',
          is: 'none',
        },
        'parts of a page are told apart as Next.js asks for them': {
          path: 'CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig.Headers',
          is: exactly('RSC', 'Next-Router-Prefetch', 'Next-Router-State-Tree', 'Next-Url'),
        },
      },
    ),
    ...about(
      { stack: 'Service-Web', type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/, count: 1 },
      {
        'the service of pages knows its address': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=SITE_URL].Value',
          is: `https://${domain}`,
        },
        'the service of pages knows what to say of them': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=SITE_PAGES_CACHE_CONTROL].Value',
          is: like(/s-maxage=300, stale-while-revalidate=300/),
        },
      },
    ),
    ...about(
      { stack: 'Pages', type: 'AWS::Events::Rule', count: 1 },
      {
        'the end of a release of web is heard': {
          path: 'EventPattern.resources',
          is: containing(reference('Service-Web/Service/Service/Service')),
        },
        'what is heard lets the edge forget': {
          path: 'Targets[*].Arn',
          is: reference('Pages/Release/Machine', 'Arn'),
        },
      },
    ),
    ...gatewayLogin('gateway-shopflow-production'),
    ...tokenKeys,
    ...about(
      { stack: 'Cluster', type: 'AWS::ECS::TaskDefinition', where: /\/Gateway\/Task$/, count: 1 },
      {
        'the gateway leads every other path to web': {
          path: `${routed}.services[name=web].routes[name=web].paths`,
          is: ['~/'],
        },
        'pages are asked by the encrypted way inside': {
          path: `${routed}.services[name=web].url`,
          is: 'https://web.services.shop.example.com:8443',
        },
        'GraphQL of the front end is asked of catalog': {
          path: `${routed}.services[name=catalog].routes[name=catalog~api~graphql].paths`,
          is: ['~/api/graphql(?:/|$)'],
        },
        'GraphQL has a limit of its own': {
          path: `${routed}.services[name=catalog].routes[name=catalog~api~graphql].plugins[name=rate-limiting].config.minute`,
          is: 600,
        },
        'an order is placed with a token': {
          path: `${routed}.services[name=order].routes[name=order~api~checkout].plugins[name=jwt].config.claims_to_verify`,
          is: ['exp'],
        },
        'Stripe calls payment without a token, and within a limit': {
          path: `${routed}.services[name=payment].routes[name=payment~api~payments~callbacks~~POST].plugins[*].name`,
          is: exactly('rate-limiting'),
        },
        'payments are asked for with a token': {
          path: `${routed}.services[name=payment].routes[name=payment~api~payments].plugins[name=jwt].config.claims_to_verify`,
          is: ['exp'],
        },
      },
    ),
  ],
};
