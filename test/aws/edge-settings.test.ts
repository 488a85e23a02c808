import { runInNewContext } from 'node:vm';
import { PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { cloudfrontPrefixList } from '../../lib/aws/cloudfront-prefix-list';
import { edgePatterns, originShieldRegion, pageFunction, priceClass, readSeconds } from '../../lib/aws/edge-settings';
import { PlatformError } from '../../lib/platform/error';

test.each([
  ['ap-southeast-1', 'ap-southeast-1'],
  ['us-east-1', 'us-east-1'],
  ['us-west-1', 'us-west-2'],
  ['eu-north-1', 'eu-west-2'],
  ['af-south-1', 'eu-west-1'],
])('the shield of an origin in %s stands in %s', (region, shield) => {
  expect(originShieldRegion(region)).toBe(shield);
});

test.each([
  ['us-east-1', PriceClass.PRICE_CLASS_100],
  ['eu-west-1', PriceClass.PRICE_CLASS_100],
  ['ap-southeast-1', PriceClass.PRICE_CLASS_200],
  ['me-central-1', PriceClass.PRICE_CLASS_200],
  ['ap-southeast-2', PriceClass.PRICE_CLASS_ALL],
  ['sa-east-1', PriceClass.PRICE_CLASS_ALL],
])('customers around %s are served from %s', (region, expected) => {
  expect(priceClass(region)).toBe(expected);
});

test.each([
  [15, 20],
  [110, 115],
  [120, 120],
  [900, 120],
])('a gateway that waits %d s has an edge that waits %d s', (gateway, edge) => {
  expect(readSeconds(gateway)).toBe(edge);
});

test('a path and what lies below it are two patterns, and what begins alike is none of them', () => {
  expect(
    edgePatterns([
      { path: '/api/products', cacheSeconds: 60 },
      { path: '/api', cacheSeconds: 0 },
    ]),
  ).toEqual([
    { pattern: '/api/products', cacheSeconds: 60 },
    { pattern: '/api/products/*', cacheSeconds: 60 },
    { pattern: '/api', cacheSeconds: 0 },
    { pattern: '/api/*', cacheSeconds: 0 },
  ]);
  expect(edgePatterns([{ path: '', cacheSeconds: 0 }])).toEqual([{ pattern: '/*', cacheSeconds: 0 }]);
});

describe('the function of pages', () => {
  type Event = { readonly request: { readonly uri: string } };
  const handler = runInNewContext(`${pageFunction}; handler`) as (event: Event) => Event['request'];

  test.each([
    ['/', '/index.html'],
    ['/orders/42', '/index.html'],
    ['/v1.2/orders', '/index.html'],
    ['/main.3f2a.js', '/main.3f2a.js'],
    ['/images/a.png', '/images/a.png'],
    ['/.well-known/apple-app-site-association', '/.well-known/apple-app-site-association'],
  ])('answers %s with %s', (uri, expected) => {
    expect(handler({ request: { uri } }).uri).toBe(expected);
  });
});

describe('CloudFront’s prefix list', () => {
  test('is known in RetailFlow’s region', () => {
    expect(cloudfrontPrefixList('ap-southeast-1')).toBe('pl-31a34658');
  });

  test('is another in every region', () => {
    const regions = ['us-east-1', 'us-west-1', 'eu-west-1', 'eu-central-1', 'ap-south-1', 'ap-southeast-1'];
    const ids = regions.map(cloudfrontPrefixList);
    expect(new Set(ids).size).toBe(regions.length);
    for (const id of ids) expect(id).toMatch(/^pl-[0-9a-f]{8}$/);
  });

  test('fails when the region is not in the table, and says which command prints the id', () => {
    expect(() => cloudfrontPrefixList('ap-southeast-4')).toThrow(PlatformError);
    expect(() => cloudfrontPrefixList('ap-southeast-4')).toThrow(
      /describe-managed-prefix-lists --region ap-southeast-4/,
    );
  });
});
