import type { Platform } from '../platform';

/** Where CloudFront and its firewall write their logs, whatever the region of the site. */
export const awsEdgeRegion = 'us-east-1';

/** Whether the edge on AWS may write down addresses of people: where data may lie there, or nothing is said of where it lies. */
export const edgeKeepsAddresses = ({ residency }: Pick<Platform, 'residency'>): boolean =>
  residency === undefined || residency.regions.includes(awsEdgeRegion);
