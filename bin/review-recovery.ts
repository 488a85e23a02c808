import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../lib/platform/platform';
import { ReviewError } from '../lib/review/finding';
import { readGoalOutputs } from '../lib/review/goals/outputs';
import { goalsJson, goalsLines, goalsReport } from '../lib/review/goals/report';
import { promisesAnything, reviewGoals } from '../lib/review/goals/review';
import { movesReport } from '../lib/review/recovery/moves';
import { orderJson, orderReport } from '../lib/review/recovery/order-report';
import { readOutputs, type OutputDirectories } from '../lib/review/recovery/outputs';
import { recoveryJson, recoveryLines, recoveryReport } from '../lib/review/recovery/report';
import { hasRecovery, reviewRecovery, unproved } from '../lib/review/recovery/review';
import { loadPlatform } from './inputs';
import type { Target } from './parts';

/** Where what was proved is written. */
export const REVIEW_DIRECTORY = 'review.out';

/**
 * Proves from a stage's outputs that its recovery site is what the definition promises, and that it keeps its goals, and writes what
 * was proved. A stage without a recovery site and without such goals leaves the directory empty.
 *
 * @returns what to print, a line each; none without a recovery site, and why where it cannot be proved
 * @throws ReviewError that lists everything that is wrong
 */
export function reviewStage(
  { platform: name, stage }: Target,
  from: OutputDirectories,
  outdir: string,
): readonly string[] {
  const { platform } = loadPlatform(name, stage);
  mkdirSync(outdir, { recursive: true });
  const goals = promisesAnything(platform) ? goalsKept(platform, from, outdir) : [];
  if (!hasRecovery(platform)) {
    const why = unproved(platform);
    return [...(why === undefined ? [] : [why]), ...goals];
  }
  const review = reviewRecovery(readOutputs(from, platform.stage.sites.primary.cloud), platform);
  if (review.findings.length > 0) throw new ReviewError(`platform ${name}, stage ${stage}`, review.findings);
  writeFileSync(join(outdir, 'recovery.md'), recoveryReport(review));
  writeFileSync(join(outdir, 'recovery.json'), recoveryJson(review));
  writeFileSync(join(outdir, 'order.md'), orderReport(review.order, `${name} ${stage}`));
  writeFileSync(join(outdir, 'order.json'), orderJson(review.order));
  if (review.moves.length > 0) {
    writeFileSync(join(outdir, 'failover.md'), movesReport(review.moves, `${name} ${stage}`));
  }
  return [...recoveryLines(review), ...goals];
}

/** Proves that a stage keeps what it promises of starts, growth, undoing and its peak, and writes what was proved. */
function goalsKept(platform: Platform, from: OutputDirectories, outdir: string): readonly string[] {
  const review = reviewGoals(readGoalOutputs(from, platform), platform);
  if (review.findings.length > 0) {
    throw new ReviewError(`platform ${platform.name}, stage ${platform.stageName}`, review.findings);
  }
  writeFileSync(join(outdir, 'goals.md'), goalsReport(review));
  writeFileSync(join(outdir, 'goals.json'), goalsJson(review));
  return goalsLines(review);
}
