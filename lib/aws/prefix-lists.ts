/**
 * Prefix lists of S3 by region, as `aws ec2 describe-prefix-lists` prints them. The ids are Amazon's and do not change;
 * a look-up at synth would need an account.
 */
const s3: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'pl-61a54008',
  'ap-northeast-2': 'pl-78a54011',
  'ap-northeast-3': 'pl-a4a540cd',
  'ap-south-1': 'pl-78a54011',
  'ap-southeast-1': 'pl-6fa54006',
  'ap-southeast-2': 'pl-6ca54005',
  'ca-central-1': 'pl-7da54014',
  'eu-central-1': 'pl-6ea54007',
  'eu-north-1': 'pl-c3aa4faa',
  'eu-west-1': 'pl-6da54004',
  'eu-west-2': 'pl-7ca54015',
  'eu-west-3': 'pl-23ad484a',
  'sa-east-1': 'pl-6aa54003',
  'us-east-1': 'pl-63a5400a',
  'us-east-2': 'pl-7ba54012',
  'us-west-1': 'pl-6ba54002',
  'us-west-2': 'pl-68a54001',
};

/**
 * Id of the prefix list of S3 in a region.
 *
 * @throws Error that names the regions known and the command that prints the id of another.
 */
export function s3PrefixList(region: string): string {
  const id = s3[region];
  if (id === undefined) {
    throw new Error(
      `region must be one of ${Object.keys(s3).join(', ')} for private traffic to S3, got ${region}: add the id that ` +
        `'aws ec2 describe-prefix-lists --region ${region}' prints for com.amazonaws.${region}.s3`,
    );
  }
  return id;
}
