import type { App } from 'aws-cdk-lib';
import type { Platform } from '../lib/platform/platform';
import { readAssembly } from '../lib/review/aws/assembly';
import { reviewAssembly } from '../lib/review/aws/review';
import { reviewValidation } from '../lib/review/aws/validation-report';
import { findingAt, ReviewError } from '../lib/review/finding';
import { awsAlone } from '../lib/review/goals/outputs';
import { reviewGoals } from '../lib/review/goals/review';
import { acknowledgementsIn, unseenByRulePacks } from '../stacks/aws/gates';
import { loadStatefulLock } from './inputs';
import { straysBeside } from './strays';

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
    ...reviewGoals(awsAlone(readAssembly(directory), platform), platform).findings,
    ...straysBeside(lock, platform.name),
  ];
  if (findings.length > 0) throw new ReviewError(`platform ${platform.name}, stage ${platform.stageName}`, findings);
}
