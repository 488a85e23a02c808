import { sortFindings } from '../finding';
import type { Finding } from '../finding';
import { compareLock } from '../stateful-lock';
import type { StatefulLock } from '../stateful-lock';
import { applyExemptions } from './exemptions';
import { heldIn } from './held';
import { readSite } from './read-site';
import type { Rule } from './rule';
import { googleRules } from '../google/rules';
import { rules } from './rules';

/** What a review of a site needs to know. */
export interface SiteReviewOptions {
  /** `<platform>-<stage>` */
  readonly stage: string;
  /** What holds data in each stage, as committed. */
  readonly lock: StatefulLock;
}

/** All rules, of every cloud that comes out as Terraform. */
export const siteRules: readonly Rule[] = [...rules, ...googleRules];

/**
 * Runs every rule over every stack of a site, compares the site with the lock, and takes away what is exempted.
 *
 * @returns all findings, sorted; none for a site that may be applied
 * @throws Error if the directory is not the whole output of a synth
 */
export function reviewSite(directory: string, { lock, stage }: SiteReviewOptions): readonly Finding[] {
  const site = readSite(directory);
  const found = site.stacks.flatMap((stack) => siteRules.flatMap(({ judge }) => judge(stack, site)));
  return sortFindings([...applyExemptions(found, site, siteRules), ...compareLock(lock, heldIn(site, stage))]);
}
