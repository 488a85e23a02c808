import { aws_iam as iam } from 'aws-cdk-lib';

/** Allows what AWS lets nobody confine to a resource; confined to the region. */
export const regional = (region: string, actions: readonly string[]): iam.PolicyStatement =>
  new iam.PolicyStatement({
    actions: [...actions],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:RequestedRegion': region } },
  });
