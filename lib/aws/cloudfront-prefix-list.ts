import { PlatformError } from '../platform/error';

/**
 * Prefix lists with the addresses from which CloudFront calls origins, by region, as `aws ec2
 * describe-managed-prefix-lists` prints them for `com.amazonaws.global.cloudfront.origin-facing`. The ids are Amazon's
 * and do not change; a look-up at synth would need an account.
 */
const lists: Readonly<Record<string, string>> = {
  'ap-east-1': 'pl-14b2577d',
  'ap-northeast-1': 'pl-58a04531',
  'ap-northeast-2': 'pl-22a6434b',
  'ap-northeast-3': 'pl-31a14458',
  'ap-south-1': 'pl-9aa247f3',
  'ap-southeast-1': 'pl-31a34658',
  'ap-southeast-2': 'pl-b8a742d1',
  'ca-central-1': 'pl-38a64351',
  'eu-central-1': 'pl-a3a144ca',
  'eu-north-1': 'pl-fab65393',
  'eu-south-1': 'pl-1bbc5972',
  'eu-west-1': 'pl-4fa04526',
  'eu-west-2': 'pl-93a247fa',
  'eu-west-3': 'pl-75b1541c',
  'sa-east-1': 'pl-5da64334',
  'us-east-1': 'pl-3b927c52',
  'us-east-2': 'pl-b6a144df',
  'us-west-1': 'pl-4ea04527',
  'us-west-2': 'pl-82a045eb',
};

/**
 * Id of CloudFront's prefix list in a region.
 *
 * @throws PlatformError that names the regions known and the command that prints the id of another.
 */
export function cloudfrontPrefixList(region: string): string {
  const id = lists[region];
  if (id !== undefined) return id;
  throw new PlatformError('edge', [
    {
      path: 'sites.primary.region',
      got: region,
      allowed: `one of ${Object.keys(lists).join(', ')} for an edge that alone reaches the load balancer`,
      remedy:
        `add to lib/aws/cloudfront-prefix-list.ts what 'aws ec2 describe-managed-prefix-lists --region ${region} --filters ` +
        `Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing' prints`,
    },
  ]);
}
