import type { Hardened } from '../../support/mutations';
import { hardenedPods } from './hardened-pods';
import { hardenedPolicies } from './hardened-policies';
import { hardenedReleases } from './hardened-releases';

/**
 * What makes RetailFlow's cluster safe, by kind of object: taken away, or made worse, it must be noticed. Written without a
 * look at what is expected elsewhere, so that nothing is forgotten in both places.
 */
export const hardened: Readonly<Record<string, readonly Hardened[]>> = {
  ...hardenedPods,
  ...hardenedPolicies,
  ...hardenedReleases,
};
