import type { TerraformElement } from 'cdktf';

/** Under which key of a resource's comment the review finds its exemptions. */
export const exemptionsKey = 'exemptions';

const shortestReason = 20;

/**
 * Exempts one resource from rules of the review, each with a reason that a security reviewer accepts. Name the rule as it
 * is reported. An exemption that answers no finding fails the synth.
 *
 * @throws Error if a reason is too short to be one.
 */
export function exempt(resource: TerraformElement, reasons: Readonly<Record<string, string>>): void {
  for (const [rule, reason] of Object.entries(reasons)) {
    if (reason.length < shortestReason) {
      throw new Error(
        `${resource.node.path}: the reason for ${rule} must be at least ${shortestReason} characters, got "${reason}"`,
      );
    }
  }
  resource.addOverride('//.exemptions', reasons);
}
