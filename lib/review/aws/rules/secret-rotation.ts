import { textOf } from '../../json';
import { oncePer } from '../../../platform/once';
import { REASON_LENGTH } from '../acknowledgement';
import { referent } from '../references';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { resourcesOf } from '../stack';
import type { Assembly, Resource } from '../stack';

const report = reporter('secret-rotation');

/** Key of a secret's metadata under which it is written why no schedule rotates it. */
export const UNROTATED = 'mainstay:unrotated';

/** The secrets that schedules rotate, in whichever stacks. A schedule of an attachment rotates what is attached. */
const rotated = oncePer(
  (assembly: Assembly) =>
    new Set(
      assembly.stacks.flatMap((stack) =>
        resourcesOf(stack, 'AWS::SecretsManager::RotationSchedule').flatMap((schedule) => {
          const found = referent(schedule.properties['SecretId'], stack, assembly);
          const attached =
            found?.resource.type === 'AWS::SecretsManager::SecretTargetAttachment'
              ? referent(found.resource.properties['SecretId'], found.stack, assembly)
              : found;
          return attached === undefined ? [] : [attached.resource];
        }),
      ),
    ),
);

/** A schedule rotates every secret, or its metadata says in a sentence why none does; never both. */
export const secretRotation: Rule = (stack, assembly) =>
  resourcesOf(stack, 'AWS::SecretsManager::Secret').flatMap((secret) => {
    const message = wrong(secret, rotated(assembly).has(secret));
    return message === undefined ? [] : [report(stack, secret, message)];
  });

function wrong({ metadata }: Resource, isRotated: boolean): string | undefined {
  const at = `Metadata.${UNROTATED}`;
  const given = metadata[UNROTATED];
  if (given === undefined) {
    return isRotated
      ? undefined
      : `must be rotated by a schedule, got none: add one, or write in ${at} who changes it, and who is told when nobody did`;
  }
  if (isRotated) return `${at} says why no schedule rotates it, and one does: remove the reason`;
  const reason = textOf(given) ?? '';
  return reason.trim().length < REASON_LENGTH
    ? `${at} must have at least ${REASON_LENGTH} characters, got '${reason}': say who changes it, and who is told when nobody did`
    : undefined;
}
