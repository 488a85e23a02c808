import type { Platform } from '../../platform/platform';
import { sortFindings, type Finding } from '../finding';
import { betweenOf } from './between-of';
import { capacityProblems, capacityRows, type CapacityRow } from './capacity';
import { contractProblems, type Contracts } from './contracts';
import { keeperProblems } from './keeper';
import type { Kept } from './kept';
import type { Move } from './moves';
import { orderOf, orderProblems, type Order } from './order';
import type { Outputs } from './outputs';
import type { Pairing } from './pairing';
import { pairingsOf, parityProblems } from './parity';
import type { Sum } from './part';
import type { Point } from './point';
import { findingOf, type Problem } from './problem';
import { pointProblems, recoveryPoints } from './recovery-point';
import { recoveryTime, timeProblems } from './recovery-time';
import { contractsAt, routesAt, shownByPrimary, shownByRecovery } from './site';
import { versionProblems, type VersionPair } from './versions';
import { waiverProblems } from './waiver-problems';
import { waiversOf } from './waivers';
import { wayProblems, type Way } from './way';

/** What a stage's outputs say of its recovery site. */
export interface RecoveryReview {
  readonly platform: string;
  readonly stage: string;
  /** Everything that is wrong, sorted; none where the recovery site is what the definition promises. */
  readonly findings: readonly Finding[];
  readonly pairings: readonly Pairing[];
  readonly contracts: Contracts;
  readonly versions: readonly VersionPair[];
  readonly capacity: readonly CapacityRow[];
  readonly ways: readonly Way[];
  /** What the right to write stands on. */
  readonly kept: readonly Kept[];
  /** Keepers whose image nobody has told yet: until then neither cloud deploys them, and the right to write has no end. */
  readonly untold: readonly string[];
  /** Nothing where the definition promises none. */
  readonly time: Sum | undefined;
  readonly points: readonly Point[];
  readonly order: Order;
  /** Ways from one site to the other that are gone by hand. */
  readonly moves: readonly Move[];
}

/** Whether a proof can be made: the recovery site stands on Azure, the primary there or on AWS. */
export const hasRecovery = ({ stage: { sites } }: Pick<Platform, 'stage'>): boolean =>
  sites.recovery?.cloud === 'azure';

/** Why nothing is proved of a stage that has a recovery site all the same; nothing where it is proved, or there is no such site. */
export function unproved({ stage }: Pick<Platform, 'stage'>): string | undefined {
  const { primary, recovery } = stage.sites;
  return recovery === undefined || hasRecovery({ stage })
    ? undefined
    : `not proved: it is for a recovery site on azure, of a primary on aws or azure, got ${primary.cloud} and ${recovery.cloud}`;
}

/** What is asked of outputs, by the name under which it is found wrong. */
export const checks = {
  parity: (outputs, platform) => {
    const primary = shownByPrimary(outputs.primary);
    const pairings = pairingsOf(platform, primary, shownByRecovery(outputs));
    return [...parityProblems(pairings, primary), ...waiverProblems(platform, pairings)];
  },
  contracts: (outputs, platform) => contractProblems(contractsIn(outputs), waiversOf(platform)),
  versions: (outputs) => versionProblems(betweenOf(outputs).versions(outputs)),
  capacity: (outputs, platform) => capacityProblems(capacityRows(outputs, platform)),
  network: (outputs) => wayProblems(betweenOf(outputs).ways(outputs)),
  keeper: (outputs) => keeperProblems(betweenOf(outputs).kept(outputs)),
  time: (outputs, platform) => timeProblems(recoveryTime(outputs, platform)),
  point: (outputs, platform) => pointProblems(pointsOf(outputs, platform)),
  order: (outputs) => orderProblems(orderOf(outputs)),
} as const satisfies Readonly<Record<string, (outputs: Outputs, platform: Platform) => readonly Problem[]>>;

/**
 * Proves from what was synthesized that a platform's recovery site is what its definition promises. The definition is
 * asked for goals, waivers and placements alone.
 */
export function reviewRecovery(outputs: Outputs, platform: Platform): RecoveryReview {
  const { name, stageName } = platform;
  const between = betweenOf(outputs);
  const problems = Object.values(checks).flatMap((check) => check(outputs, platform));
  return {
    platform: name,
    stage: stageName,
    findings: sortFindings(problems.map((each) => findingOf(`${name}-${stageName}`, each))),
    pairings: pairsOf(outputs, platform),
    contracts: contractsIn(outputs),
    versions: between.versions(outputs),
    capacity: capacityRows(outputs, platform),
    ways: between.ways(outputs),
    kept: between.kept(outputs),
    untold: between.untold(outputs),
    time: recoveryTime(outputs, platform),
    points: pointsOf(outputs, platform),
    order: orderOf(outputs),
    moves: between.moves(outputs),
  };
}

const pairsOf = (outputs: Outputs, platform: Platform): readonly Pairing[] =>
  pairingsOf(platform, shownByPrimary(outputs.primary), shownByRecovery(outputs));

const pointsOf = (outputs: Outputs, platform: Platform): readonly Point[] =>
  recoveryPoints(outputs, platform, pairsOf(outputs, platform));

const contractsIn = ({ primary, recovery }: Outputs): Contracts => ({
  primary: contractsAt(primary),
  recovery: contractsAt(recovery),
  routes: { primary: routesAt(primary), recovery: routesAt(recovery) },
});
