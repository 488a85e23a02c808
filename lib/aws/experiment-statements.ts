import { aws_iam as iam } from 'aws-cdk-lib';
import { regional } from './regional';

/** Where an experiment runs. */
export interface ExperimentPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** ARN of the network. */
  readonly vpcArn: string;
}

/**
 * What a partition needs: network lists of its own, which bear a tag of the experiment service, in place of those of the
 * subnets, and back. No list without the tag can be changed or removed, and no subnet without the tags that are given gets
 * another list. AWS's own policy for it allows any subnet of the account:
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSFaultInjectionSimulatorNetworkAccess.html
 *
 * @param subnetTags What all subnets that may be cut off bear.
 */
export function partitionStatements(
  { account, partition, region, vpcArn }: ExperimentPlace,
  subnetTags: Readonly<Record<string, string>>,
): readonly iam.PolicyStatement[] {
  const own = (resource: string) => `arn:${partition}:ec2:${region}:${account}:${resource}/*`;
  const made = { 'aws:RequestTag/managedByFIS': 'true' };
  return [
    new iam.PolicyStatement({
      actions: ['ec2:CreateTags'],
      resources: [own('network-acl')],
      conditions: { StringEquals: { 'ec2:CreateAction': 'CreateNetworkAcl', ...made } },
    }),
    new iam.PolicyStatement({
      actions: ['ec2:CreateNetworkAcl'],
      resources: [own('network-acl')],
      conditions: { StringEquals: made },
    }),
    new iam.PolicyStatement({ actions: ['ec2:CreateNetworkAcl'], resources: [vpcArn] }),
    new iam.PolicyStatement({
      actions: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAcl'],
      resources: [own('network-acl')],
      conditions: { StringEquals: { 'ec2:ResourceTag/managedByFIS': 'true' } },
    }),
    new iam.PolicyStatement({
      actions: ['ec2:ReplaceNetworkAclAssociation'],
      resources: [own('subnet')],
      conditions: {
        StringEquals: Object.fromEntries(
          Object.entries(subnetTags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
        ),
      },
    }),
    // The list of before has no tag, and comes back when the experiment ends.
    new iam.PolicyStatement({ actions: ['ec2:ReplaceNetworkAclAssociation'], resources: [own('network-acl')] }),
    regional(region, [
      'ec2:DescribeManagedPrefixLists',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
      'ec2:GetManagedPrefixListEntries',
    ]),
  ];
}
