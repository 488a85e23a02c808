import type { Reach } from './cloud';
import { selectorOf } from './labels';
import { mergedReach } from './outside';
import { reachRule, type EgressRule, type PolicySpec } from './peers';

/** Pods of a program that call what is named and nothing else; nobody calls them. Services in the cluster come first. */
export const wayOut = (program: string, ways: readonly Reach[], inside: readonly EgressRule[] = []): PolicySpec => ({
  podSelector: { matchLabels: selectorOf({ name: program }) },
  policyTypes: ['Egress'],
  egress: [...inside, ...mergedReach(ways).map(reachRule)],
});
