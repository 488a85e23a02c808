const shortestReason = 20;

/**
 * Annotations that exempt one object from rules of the review, each with a reason that a security reviewer accepts. Name the
 * rule as it is reported. An exemption that answers no finding fails the synth.
 *
 * @throws Error if a reason is too short to be one.
 */
export function exempt(reasons: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(reasons).map(([rule, reason]) => {
      if (reason.length < shortestReason) {
        throw new Error(`the reason for ${rule} must be at least ${shortestReason} characters, got "${reason}"`);
      }
      return [`mainstay/exempt.${rule}`, reason];
    }),
  );
}
