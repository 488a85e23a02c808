import { Tags } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { scopeTag, type DeclaredCall } from '../platform/scopes';

/** Key of the metadata by which a review knows a security group: who is in it, and who is let in by the definition. */
export const groupMark = 'mainstay:group';

/** Marks what stands in a scope, so that a review of templates can tell it from everything else. */
export const inScope = (construct: IConstruct, name: string | undefined): void => {
  if (name !== undefined) Tags.of(construct).add(scopeTag, name);
};

/** Marks a security group with who is in it and whom the definition lets in. */
export function markGroup(group: ec2.SecurityGroup, name: string, admits: readonly DeclaredCall[]): void {
  (group.node.defaultChild as ec2.CfnSecurityGroup).addMetadata(groupMark, { name, admits });
}
