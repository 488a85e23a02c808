import type { Finding } from '../../finding';
import { REASON_LENGTH } from '../acknowledgement';
import { objectOf, shown, textOf } from '../../json';
import type { Json } from '../../json';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import type { Resource, Stack } from '../stack';
import { EMPTYING_TYPES, STATEFUL_TYPES, statefulType } from '../stateful-types';
import type { StatefulType } from '../stateful-types';

const report = reporter('retention');

/** Key of a resource's metadata under which a last snapshot instead of retention is explained: `{ reason }`. */
export const RETENTION = 'mainstay:retention';

/** Keeps the resource. The second removes it only if its very creation is rolled back, when it is empty. */
const RETAINING: readonly (Json | undefined)[] = ['Retain', 'RetainExceptOnCreate'];

/** How much a stage wants kept. */
export interface RetentionOptions {
  /** The types that are kept when they leave the template. @default - every type that holds data */
  readonly types?: ReadonlySet<string>;
  /** Whether what can be protected from deletion is. @default true */
  readonly deletionProtection?: boolean;
}

/**
 * Everything that holds data outlives its place in the template, whether it is deleted or replaced, and cannot be
 * deleted by mistake.
 */
export function retention(options: RetentionOptions = {}): Rule {
  const { types = new Set(Object.keys(STATEFUL_TYPES)), deletionProtection = true } = options;
  return (stack) =>
    stack.resources.flatMap((resource) => {
      const held = statefulType(resource);
      return [
        ...(held !== undefined && types.has(resource.type) ? unkept(stack, resource, held) : []),
        ...(held !== undefined && deletionProtection ? unprotected(stack, resource, held) : []),
        ...(deletionProtection && EMPTYING_TYPES.includes(resource.type)
          ? [report(stack, resource, `${resource.type} empties what it stands beside: leave it out`)]
          : []),
      ];
    });
}

function unkept(stack: Stack, resource: Resource, { snapshot, loses }: StatefulType): readonly Finding[] {
  const reason = textOf(objectOf(resource.metadata[RETENTION]).reason) ?? '';
  const mayTakeSnapshot = snapshot === true && reason.trim().length >= REASON_LENGTH;
  const alternative = snapshot === true ? `, or Snapshot with a reason in Metadata.${RETENTION}` : '';
  return (
    [
      ['DeletionPolicy', resource.deletionPolicy],
      ['UpdateReplacePolicy', resource.updateReplacePolicy],
    ] as const
  )
    .filter(([, policy]) => !RETAINING.includes(policy) && !(mayTakeSnapshot && policy === 'Snapshot'))
    .map(([name, policy]) => {
      const message = `${name} must be Retain${alternative}, got ${shown(policy)}, which loses ${loses}: retain it`;
      return report(stack, resource, message);
    });
}

function unprotected(stack: Stack, resource: Resource, { protection, loses }: StatefulType): readonly Finding[] {
  return protection === undefined || protection.isOn(resource.properties)
    ? []
    : [report(stack, resource, `must be protected by ${protection.setting}, or a mistake loses ${loses}: set it`)];
}
