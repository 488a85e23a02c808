import { aws_ec2 as ec2, type CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PlatformError, type Problem } from '../platform/error';

/**
 * What CloudFront's prefix list counts for, the only one from which anything is let in; any other rule counts for one.
 *
 * Source: VPC user guide, "AWS-managed prefix lists", read in November 2026.
 */
const cloudfrontWeight = 55;

interface Counted {
  readonly path: string;
  readonly direction: 'in' | 'out';
  readonly weight: number;
}

/** How many rules every security group below a construct has, by the group's path and direction, whichever stack adds them. */
export function ruleCounts(scope: IConstruct): ReadonlyMap<string, number> {
  const rules = scope.node.findAll().flatMap((construct) => rulesIn(construct));
  const counts = new Map<string, number>();
  for (const { path, direction, weight } of rules) {
    const key = `${path} ${direction}`;
    counts.set(key, (counts.get(key) ?? 0) + weight);
  }
  return counts;
}

/**
 * Refuses more rules than a security group may have: AWS would refuse the one too many, in the middle of a deployment.
 *
 * @throws PlatformError that names each such group, how many rules it has, and the quota to raise
 */
export function refuseTooManyRules(scope: IConstruct, quota: number): void {
  const problems = [...ruleCounts(scope)]
    .filter(([, count]) => count > quota)
    .map(([group, count]): Problem => ({
      path: group,
      got: count,
      allowed: `at most ${quota} rules`,
      remedy:
        "raise the quota L-0EA8095F of the service vpc in the account and write it as the site's network.securityGroupRules, " +
        'or let fewer services use the part',
    }));
  if (problems.length > 0) throw new PlatformError('security groups', problems);
}

function rulesIn(construct: IConstruct): readonly Counted[] {
  if (construct instanceof ec2.CfnSecurityGroupIngress) {
    const weight = construct.sourcePrefixListId === undefined ? 1 : cloudfrontWeight;
    return [{ path: groupAt(construct.groupId, construct), direction: 'in', weight }];
  }
  if (construct instanceof ec2.CfnSecurityGroupEgress) {
    return [{ path: groupAt(construct.groupId, construct), direction: 'out', weight: 1 }];
  }
  if (!(construct instanceof ec2.CfnSecurityGroup)) return [];
  const path = construct.node.path;
  const inside = (rules: unknown): readonly unknown[] =>
    (Stack.of(construct).resolve(rules) as readonly unknown[] | undefined) ?? [];
  return [
    ...inside(construct.securityGroupIngress).map(() => ({ path, direction: 'in' as const, weight: 1 })),
    ...inside(construct.securityGroupEgress).map(() => ({ path, direction: 'out' as const, weight: 1 })),
  ];
}

/** The group that a rule is added to, through references between stacks. */
function groupAt(groupId: string | undefined, rule: CfnResource): string {
  const token = Tokenization.reverseString(groupId ?? '').firstToken;
  if (Reference.isReference(token)) return token.target.node.path;
  throw new Error(`${rule.node.path} must add to a security group of the app, got ${groupId}`);
}
