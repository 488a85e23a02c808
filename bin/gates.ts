import type { App } from 'aws-cdk-lib';
import type { Platform } from '../lib/platform/platform';
import { reviewAssembly } from '../lib/review/aws/review';
import { straysOf } from '../lib/review/stateful-lock';
import { reviewValidation } from '../lib/review/aws/validation-report';
import { findingAt, ReviewError } from '../lib/review/finding';
import { acknowledgementsIn, unseenByRulePacks } from '../stacks/aws/gates';
import { loadDefinition, loadStatefulLock, platformNames } from './inputs';

/**
 * Runs the gates that look at what was written: the report of the validator and the rule packs, what these cannot see,
 * our own review, and the lock of what holds data.
 *
 * @throws ReviewError that lists everything found.
 */
export async function passGates(app: App, platform: Platform, directory: string): Promise<void> {
  const lock = loadStatefulLock();
  const findings = [
    ...reviewValidation(directory, acknowledgementsIn(app)),
    ...unseenByRulePacks(app).map(({ path, what }) =>
      findingAt(path, 'seen-by-rule-packs', `has ${what}, which no rule pack sees: use the class and its properties`),
    ),
    ...(await reviewAssembly(directory, { lock, retention: { deletionProtection: platform.stage.protected } })),
    ...straysOf(lock, (stage) => mayBeDeclared(stage, platform)),
  ];
  if (findings.length > 0) throw new ReviewError(`platform ${platform.name}, stage ${platform.stageName}`, findings);
}

/** Whether a locked stage is one of the platform's, or of another platform that there is. */
function mayBeDeclared(locked: string, { name }: Platform): boolean {
  const owners = platformNames().filter((each) => locked.startsWith(`${each}-`));
  const owner = owners.sort((a, b) => b.length - a.length)[0];
  return owner === name ? stagesOf(name).includes(locked) : owner !== undefined;
}

const stagesOf = (name: string): readonly string[] =>
  Object.keys(loadDefinition(name).stages).map((stage) => `${name}-${stage}`);
