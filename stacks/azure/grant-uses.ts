import type { Construct } from 'constructs';
import type { Capability } from '../../lib/azure/capability';
import type { Identity } from '../../lib/azure/role';
import { usesNoun, type UseKind } from '../../lib/platform/definition';
import type { Platform } from '../../lib/platform/platform';

type Noun = (typeof usesNoun)[UseKind];

export interface UsesProps {
  readonly platform: Pick<Platform, 'functions' | 'services'>;
  /** Identities by service and function. Whoever has none here gets nothing. */
  readonly identities: Readonly<Record<string, Identity>>;
  /** Parts of the stack, by noun and name. */
  readonly parts: Readonly<Partial<Record<Noun, Readonly<Record<string, Capability & Construct>>>>>;
}

/** Gives each service and function what its `uses` asks of the parts, and nothing else. The roles stand with the part. */
export function grantUses({ identities, parts, platform }: UsesProps): void {
  for (const [user, { uses }] of Object.entries({ ...platform.services, ...platform.functions })) {
    const identity = identities[user];
    if (identity === undefined) continue;
    for (const [kind, names] of Object.entries(uses) as [UseKind, readonly string[]][]) {
      for (const name of names) {
        const part = parts[usesNoun[kind]]?.[name];
        part?.grant(part, identity, { service: user, kind });
      }
    }
  }
}
