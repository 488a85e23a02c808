import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterSitesOf, siteOn, type Platform } from '../lib/platform/platform';
import { readAssembly } from '../lib/review/aws/assembly';
import { readSite } from '../lib/review/azure/read-site';
import { distinct, ReviewError, type Finding } from '../lib/review/finding';
import { readGoalOutputs } from '../lib/review/goals/outputs';
import { goalsJson, goalsLines, goalsReport } from '../lib/review/goals/report';
import { reviewGoals } from '../lib/review/goals/review';
import { reviewSite, type SiteOutputs } from '../lib/review/goals/site';
import { siteJson, siteLines, siteReport } from '../lib/review/goals/site-report';
import { readClusters } from '../lib/review/kubernetes/read-cluster';
import { movesReport } from '../lib/review/recovery/moves';
import { orderJson, orderReport } from '../lib/review/recovery/order-report';
import { readOutputs, type OutputDirectories, type Outputs } from '../lib/review/recovery/outputs';
import { recoveryJson, recoveryLines, recoveryReport } from '../lib/review/recovery/report';
import { hasRecovery, reviewRecovery, unproved } from '../lib/review/recovery/review';
import { loadPlatform } from './inputs';
import type { Target } from './parts';

/** Where what was proved is written. */
export const REVIEW_DIRECTORY = 'review.out';

/**
 * Proves from a stage's outputs that its recovery site is what the definition promises, and that it keeps its goals, and writes what
 * was proved. Of a protected stage it proves besides what its primary keeps by itself: rollbacks, repairs, releases, availability, spending.
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
  const both = hasRecovery(platform) ? readOutputs(from, platform.stage.sites.primary.cloud) : undefined;
  const proofs = [
    ...(both === undefined ? [] : [recoveryProved(platform, both)]),
    goalsKept(platform, from),
    ...(keepsGoals(platform)
      ? [siteKept(platform, both === undefined ? oneSite(platform, from) : primaryOf(both))]
      : []),
  ];
  const findings = distinct(proofs.flatMap((proof) => proof.findings));
  if (findings.length > 0) throw new ReviewError(`platform ${name}, stage ${stage}`, findings);
  for (const [file, text] of proofs.flatMap(({ files }) => Object.entries(files()))) {
    writeFileSync(join(outdir, file), text);
  }
  const why = unproved(platform);
  return [...(why === undefined ? [] : [why]), ...proofs.flatMap(({ lines }) => lines())];
}

/** What was proved, or what is wrong. */
interface Proof {
  readonly findings: readonly Finding[];
  /** Texts to be written where nothing is wrong, by the file. */
  readonly files: () => Readonly<Record<string, string>>;
  /** What is printed then. */
  readonly lines: () => readonly string[];
}

/** Proves that a recovery site is what the definition promises. */
function recoveryProved(platform: Platform, outputs: Outputs): Proof {
  const review = reviewRecovery(outputs, platform);
  const of = `${platform.name} ${platform.stageName}`;
  return {
    findings: review.findings,
    files: () => ({
      'recovery.md': recoveryReport(review),
      'recovery.json': recoveryJson(review),
      'order.md': orderReport(review.order, of),
      'order.json': orderJson(review.order),
      ...(review.moves.length > 0 ? { 'failover.md': movesReport(review.moves, of) } : {}),
    }),
    lines: () => recoveryLines(review),
  };
}

/** Proves that a stage keeps what it promises of starts, growth, undoing and its peak. */
function goalsKept(platform: Platform, from: OutputDirectories): Proof {
  const review = reviewGoals(readGoalOutputs(from, platform), platform);
  return {
    findings: review.findings,
    files: () => ({ 'goals.md': goalsReport(review), 'goals.json': goalsJson(review) }),
    lines: () => goalsLines(review),
  };
}

/** Whether goals are looked for that the primary keeps by itself: where nothing may be lost, or there is a promise of rollbacks. */
const keepsGoals = ({ goals, stage }: Platform): boolean => stage.protected || goals.rollbackMinutes !== undefined;

/** What a stage with one site is synthesized to. */
const oneSite = (platform: Platform, from: OutputDirectories): SiteOutputs => ({
  aws: siteOn(platform, 'aws') === undefined ? undefined : readAssembly(from.aws),
  azure: siteOn(platform, 'azure') === undefined ? undefined : readSite(from.azure),
  clusters: clusterSitesOf(platform).length === 0 ? [] : readClusters(from.kubernetes),
});

const primaryOf = ({ primary }: Outputs): SiteOutputs => ({
  aws: primary.cloud === 'aws' ? primary.assembly : undefined,
  azure: primary.cloud === 'azure' ? primary.site : undefined,
  clusters: primary.clusters,
});

/** Proves that a stage keeps what one site promises. */
function siteKept(platform: Platform, outputs: SiteOutputs): Proof {
  const review = reviewSite(outputs, platform);
  return {
    findings: review.findings,
    files: () => ({ 'site.md': siteReport(review), 'site.json': siteJson(review) }),
    lines: () => siteLines(review),
  };
}
