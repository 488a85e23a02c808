import { findingAt, type Finding } from '../finding';

/** What is wrong with a recovery site, before its platform is named. */
export interface Problem {
  /** `parity`, `contract`, … */
  readonly rule: string;
  /** `caches.catalog` */
  readonly about: string;
  readonly message: string;
}

export const problemAt = (rule: string, about: string, message: string): Problem => ({ rule, about, message });

/** A problem as a finding of a stage: `<platform>-<stage>`. */
export const findingOf = (stage: string, { about, message, rule }: Problem): Finding =>
  findingAt(`${stage}/recovery/${about}`, rule, message);
