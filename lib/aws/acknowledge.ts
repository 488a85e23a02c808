import { CfnResource, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

const packs = ['AwsSolutions', 'NIST.800.53.R5', 'PCI.DSS.321', 'CloudFormation-Validate'] as const;

type RuleId = `${(typeof packs)[number]}-${string}` | `CloudFormation-Validate::${string}`;

/** Reasons by the rule they answer. */
export type Acknowledgements = { readonly [Rule in RuleId]: string };

/** The id under which a pack records that a finding was acknowledged: the pack's name in front. */
export function prefixedRuleId(id: string): string {
  if (id.includes('::') && packs.some((pack) => id.startsWith(`${pack}::`))) return id;
  const pack = packs.find((name) => id.startsWith(`${name}-`));
  if (pack === undefined) throw new Error(`acknowledged rule must begin with one of ${packs.join(', ')}, got ${id}`);
  return `${pack}::${id}`;
}

const shortestReason = 20;

/**
 * Acknowledges findings of one construct and the resources below it, with a reason that a security reviewer accepts.
 * Name the rule exactly as it is reported, brackets included, on the narrowest construct that has the finding; an
 * acknowledgement that matches no finding fails the synth.
 */
export function acknowledge(construct: IConstruct, findings: Acknowledgements): void {
  for (const [id, reason] of Object.entries<string>(findings)) {
    if (reason.length < shortestReason) {
      throw new Error(
        `${construct.node.path}: the reason for ${id} must be at least ${shortestReason} characters, got "${reason}"`,
      );
    }
    withoutTrace(() => Validations.of(construct).acknowledge({ id: prefixedRuleId(id), reason }));
  }
}

/** Acknowledges that a role has policies which Amazon keeps, by their names. */
export function acknowledgeManaged(role: IConstruct, policies: readonly string[], reason: string): void {
  const finding = (policy: string) => `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`;
  acknowledge(role, Object.fromEntries(policies.map((policy) => [finding(policy), reason])));
}

/** The CDK records where it was asked, by paths of this machine: the same definition would give other bytes elsewhere. */
function withoutTrace(act: () => void): void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    act();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** A permission that cannot be narrowed to a resource. */
export interface Wildcard {
  /** The action exactly as it stands in the policy. */
  readonly action: string;
  readonly reason: string;
}

/** Where a resource keeps the wildcards that it acknowledges; the review of the synthesized files reads it. */
export const wildcardsMetadata = 'mainstay:wildcards';

/**
 * Acknowledges that statements of a policy allow actions on every resource, because those actions know no resources or
 * the resources do not exist yet. Each entry is one action; an entry that matches nothing fails the synth.
 */
export function acknowledgeWildcards(policy: IConstruct, wildcards: readonly Wildcard[]): void {
  const resource = CfnResource.isCfnResource(policy) ? policy : policy.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${policy.node.path} is not a resource`);
  resource.addMetadata(wildcardsMetadata, wildcards);
  const reason = wildcards.map((wildcard) => `${wildcard.action}: ${wildcard.reason}`).join(' ');
  acknowledge(policy, { 'AwsSolutions-IAM5[Resource::*]': reason });
}
