import { aws_cloudfront as cloudfront } from 'aws-cdk-lib';
import type { EdgePath } from '../platform/edge/paths';

/**
 * Where a region's requests are gathered before they go to the origin: regions in which CloudFront has no shield of its
 * own, and the one that Amazon names for each. Source: the CloudFront developer guide, "Choosing the AWS Region for
 * Origin Shield".
 */
const shieldOf: Readonly<Record<string, string>> = {
  'af-south-1': 'eu-west-1',
  'ap-east-1': 'ap-southeast-1',
  'ap-northeast-3': 'ap-northeast-1',
  'ap-southeast-3': 'ap-southeast-1',
  'ap-southeast-4': 'ap-southeast-2',
  'ca-central-1': 'us-east-1',
  'eu-central-2': 'eu-central-1',
  'eu-north-1': 'eu-west-2',
  'eu-south-1': 'eu-central-1',
  'eu-west-3': 'eu-west-2',
  'us-west-1': 'us-west-2',
};

/** The region whose shield stands before an origin in the given region. */
export const originShieldRegion = (region: string): string => shieldOf[region] ?? region;

/** Price classes by the beginning of the home region's name, the first that fits: near customers, and no farther. */
const priceClasses: readonly (readonly [beginning: string, priceClass: cloudfront.PriceClass])[] = [
  ['sa-', cloudfront.PriceClass.PRICE_CLASS_ALL],
  ['ap-southeast-2', cloudfront.PriceClass.PRICE_CLASS_ALL],
  ['ap-southeast-4', cloudfront.PriceClass.PRICE_CLASS_ALL],
  ['us-', cloudfront.PriceClass.PRICE_CLASS_100],
  ['ca-', cloudfront.PriceClass.PRICE_CLASS_100],
  ['eu-', cloudfront.PriceClass.PRICE_CLASS_100],
];

/** The cheapest set of locations that has some near the home region. @default Asia, Africa and the Middle East too */
export const priceClass = (region: string): cloudfront.PriceClass =>
  priceClasses.find(([beginning]) => region.startsWith(beginning))?.[1] ?? cloudfront.PriceClass.PRICE_CLASS_200;

/** CloudFront waits for an origin this long at most without a raised quota, in seconds. */
const longestReadSeconds = 120;

/** How long the edge waits for an answer, in seconds: longer than the gateway, so that the gateway says what went wrong. */
export const readSeconds = (longestTimeoutSeconds: number): number =>
  Math.min(longestReadSeconds, longestTimeoutSeconds + 5);

/** A pattern of paths, and how long answers are kept, in seconds. */
export interface EdgePattern {
  readonly pattern: string;
  readonly cacheSeconds: number;
}

/** A path and everything below it in CloudFront's patterns, which know no "or": `/api` and `/api/*`, but not `/apis`. */
export const edgePatterns = (paths: readonly EdgePath[]): readonly EdgePattern[] =>
  paths.flatMap(({ cacheSeconds, path }) =>
    [path, `${path}/*`].filter((pattern) => pattern !== '').map((pattern) => ({ pattern, cacheSeconds })),
  );

/**
 * Errors that pass: CloudFront would keep each for 10 seconds, and answer everybody with it. Their bodies stay the
 * origin's own, since CloudFront cannot give the API other pages than the shop.
 */
export const errorResponseStatuses = [403, 404, 500, 502, 503, 504] as const;

/**
 * Runs at the edge before anything else: addresses of pages, which the shop makes up in the browser, become the one page
 * that there is. Files, which have an ending, and what lies under `/.well-known/` stay as they are.
 */
export const pageFunction = `function handler(event) {
  var request = event.request;
  var name = request.uri.split('/').pop();
  if (!name.includes('.') && !request.uri.startsWith('/.well-known/')) {
    request.uri = '/index.html';
  }
  return request;
}
`;
