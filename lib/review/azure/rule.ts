import type { Finding } from '../finding';
import type { Resource, Site, Stack } from './stack';

/** Judges one stack, in the light of its site. */
export interface Rule {
  /** What its findings bear, and exemptions name. */
  readonly name: string;
  /** Why no resource may be exempted from it. @default - a resource may */
  readonly strict?: string;
  readonly judge: (stack: Stack, site: Site) => readonly Finding[];
}

/** Makes the findings of one rule about a resource, or about a whole stack. */
export function reporter(rule: string): (about: Resource | Stack, message: string) => Finding {
  return (about, message) =>
    'address' in about
      ? { rule, stack: about.stack, path: about.path, logicalId: about.address, message }
      : { rule, stack: about.name, path: about.name, logicalId: '', message };
}
