import type { App } from 'aws-cdk-lib';
import type { Platform } from '../lib/platform/platform';
import { reviewAssembly } from '../lib/review/aws/review';
import { ReviewError } from '../lib/review/finding';
import { validationProblems } from '../stacks/aws/gates';
import { loadStatefulLock } from './inputs';

/**
 * Runs the gates that look at what was written: the report of the rule packs, and the review of the templates.
 *
 * @throws Error that lists everything found.
 */
export async function passGates(app: App, platform: Platform, directory: string): Promise<void> {
  const subject = `platform ${platform.name}, stage ${platform.stageName}`;
  const problems = validationProblems(app, directory);
  if (problems.length > 0)
    throw new Error([`${subject}: validation`, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  const findings = await reviewAssembly(directory, {
    lock: loadStatefulLock(),
    retention: { deletionProtection: platform.stage.protected },
  });
  if (findings.length > 0) throw new ReviewError(subject, findings);
}
