import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, oneLike } from '../../support/matchers';

const config = 'DistributionConfig';
/** Of CloudFront itself: nothing is kept. */
const neverKept = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/** Pages that a server makes for each person. */
export const web: Row = {
  row: 'web',
  expectations: [
    ...about(
      { stack: 'Edge', type: 'AWS::CloudFront::Distribution', count: 1 },
      {
        'a page of somebody is never kept': { path: `${config}.DefaultCacheBehavior.CachePolicyId`, is: neverKept },
        'pages come by TLS alone': {
          path: `${config}.DefaultCacheBehavior.ViewerProtocolPolicy`,
          is: 'redirect-to-https',
        },
        'no one page answers for all addresses': { path: `${config}.DefaultRootObject`, is: absent },
        'the firewall stands before pages': {
          path: `${config}.WebACLId`,
          is: reference('Edge/Firewall/WebAcl', 'Arn'),
        },
        'the service of pages is told the name that people see': {
          path: `${config}.Origins[*].OriginCustomHeaders[HeaderName=X-Forwarded-Host].HeaderValue`,
          is: oneLike(/^projects\.example\.com$/),
        },
        'files of a release are kept': {
          path: `${config}.CacheBehaviors[PathPattern=/_next/static/*].CachePolicyId`,
          is: reference('Edge/Edge/Policies/Assets'),
        },
      },
    ),
    ...about(
      { stack: 'Service-Web', type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/, count: 1 },
      {
        'the service of pages knows its address': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=SITE_URL].Value',
          is: 'https://projects.example.com',
        },
        'the service of pages has no way to a database': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=DATABASE_STORE_HOST].Value',
          is: absent,
        },
      },
    ),
    ...about(
      { stack: 'Service-Web', type: 'AWS::ECS::Service', where: /\/Service\/Service$/, count: 1 },
      {
        'pages are released by canary': { path: 'DeploymentConfiguration.Strategy', is: 'CANARY' },
        'pages have no address on the internet': {
          path: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
          is: 'DISABLED',
        },
      },
    ),
  ],
};
