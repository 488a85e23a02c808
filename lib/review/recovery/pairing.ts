import type { Waiver } from './waivers';

/** A capability, and where each site has it. */
export interface Pairing {
  readonly noun: string;
  readonly name: string;
  /** Where it was found; nothing where it is not. */
  readonly primary?: string;
  readonly recovery?: string;
  /** Why the recovery site does without. */
  readonly waiver?: Waiver;
  /** Whether it stands on one site on purpose: the definition places it there. */
  readonly placed?: true;
}
