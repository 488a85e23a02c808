import { createRequire } from 'node:module';

/** What counts tokens. */
export interface TokenCount {
  tokenCounter: number;
}

/** Where the CDK counts its tokens: it has no public way to it. */
const { TokenMap } = createRequire(require.resolve('aws-cdk-lib'))('./core/lib/private/token-map.js') as {
  readonly TokenMap: { readonly instance: () => TokenCount };
};

/** The count of this process. */
export const tokenCount = (): TokenCount => TokenMap.instance();

/** From here to ten times as many, all numbers are as long. An app of RetailFlow's size makes some five thousand. */
export const leastToken = 1_000_000;

/**
 * Lets the numbers of an app's tokens all have the same length. The CDK orders the outputs of a stack by these numbers as texts:
 * where one got a digit more, whatever made more tokens before it would reorder the outputs of a stack that it does not touch,
 * and a process that synthesizes several apps would write other bytes than one that synthesizes one.
 */
export function countTokensAlike(count = tokenCount()): void {
  count.tokenCounter = Math.max(count.tokenCounter, leastToken);
}
