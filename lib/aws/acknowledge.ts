import { Validations } from 'aws-cdk-lib';
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
      throw new Error(`${construct.node.path}: the reason for ${id} must be at least ${shortestReason} characters, got "${reason}"`);
    }
    Validations.of(construct).acknowledge({ id: prefixedRuleId(id), reason });
  }
}
