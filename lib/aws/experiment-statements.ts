import * as iam from 'aws-cdk-lib/aws-iam';
import { regional } from './regional';

/** Where an experiment runs. */
export interface ExperimentPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/**
 * What a partition needs: network lists of its own, which bear a tag of the experiment service, in place of those of the
 * subnets, and back. No list without the tag can be changed or removed.
 */
export function partitionStatements({ account, partition, region }: ExperimentPlace): readonly iam.PolicyStatement[] {
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
    new iam.PolicyStatement({ actions: ['ec2:CreateNetworkAcl'], resources: [own('vpc')] }),
    new iam.PolicyStatement({
      actions: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAcl'],
      resources: [own('network-acl')],
      conditions: { StringEquals: { 'ec2:ResourceTag/managedByFIS': 'true' } },
    }),
    new iam.PolicyStatement({
      actions: ['ec2:ReplaceNetworkAclAssociation'],
      resources: [own('subnet'), own('network-acl')],
    }),
    regional(region, [
      'ec2:DescribeManagedPrefixLists',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
      'ec2:GetManagedPrefixListEntries',
    ]),
  ];
}
