import type { Platform } from '../../platform/platform';
import { sortFindings, type Finding } from '../finding';
import { awsContracts } from './aws-contracts';
import { capacityProblems, capacityRows, type CapacityRow } from './capacity';
import { look } from './capability';
import { contractProblems, type Contracts } from './contracts';
import { awsRows } from './data/aws-rows';
import { azureRows } from './data/azure-rows';
import { kubernetesRows, workloadRows } from './data/kubernetes-rows';
import { keeperProblems, keptIn, untoldKeepers } from './keeper';
import type { Kept } from './kept';
import { clusterContracts } from './kubernetes-contracts';
import { linkWays } from './link';
import { orderOf, orderProblems, type Order } from './order';
import type { Outputs } from './outputs';
import type { Pairing } from './pairing';
import { pairingsOf, parityProblems, type Shown } from './parity';
import { findingOf, type Problem } from './problem';
import { pointProblems, recoveryPoints, type Point } from './recovery-point';
import { recoveryTime, timeProblems, type Sum } from './recovery-time';
import { routesIn } from './routes';
import { awsThings, azureThings, clusterThings } from './things';
import { versionPairs, versionProblems, type VersionPair } from './versions';
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
}

/** Whether a proof can be made: the primary is on AWS and the recovery site on Azure. */
export const hasRecovery = ({ stage: { sites } }: Pick<Platform, 'stage'>): boolean =>
  sites.primary.cloud === 'aws' && sites.recovery?.cloud === 'azure';

/** Why nothing is proved of a stage that has a recovery site all the same; nothing where it is proved, or there is no such site. */
export function unproved({ stage }: Pick<Platform, 'stage'>): string | undefined {
  const { primary, recovery } = stage.sites;
  return recovery === undefined || hasRecovery({ stage })
    ? undefined
    : `not proved: it is for a primary on aws and a recovery site on azure, got ${primary.cloud} and ${recovery.cloud}`;
}

/** What is asked of outputs, by the name under which it is found wrong. */
export const checks = {
  parity: (outputs, platform) => {
    const primary = primaryShown(outputs);
    const pairings = pairingsOf(platform, primary, recoveryShown(outputs));
    return [...parityProblems(pairings, primary), ...waiverProblems(platform, pairings)];
  },
  contracts: (outputs, platform) => contractProblems(contractsIn(outputs), waiversOf(platform)),
  versions: (outputs) => versionProblems(versionPairs(outputs)),
  capacity: (outputs, platform) => capacityProblems(capacityRows(outputs, platform)),
  network: (outputs) => wayProblems(linkWays(outputs)),
  keeper: (outputs) => keeperProblems(keptIn(outputs)),
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
  const problems = Object.values(checks).flatMap((check) => check(outputs, platform));
  return {
    platform: name,
    stage: stageName,
    findings: sortFindings(problems.map((each) => findingOf(`${name}-${stageName}`, each))),
    pairings: pairsOf(outputs, platform),
    contracts: contractsIn(outputs),
    versions: versionPairs(outputs),
    capacity: capacityRows(outputs, platform),
    ways: linkWays(outputs),
    kept: keptIn(outputs),
    untold: untoldKeepers(outputs),
    time: recoveryTime(outputs, platform),
    points: pointsOf(outputs, platform),
    order: orderOf(outputs),
  };
}

const pairsOf = (outputs: Outputs, platform: Platform): readonly Pairing[] =>
  pairingsOf(platform, primaryShown(outputs), recoveryShown(outputs));

const pointsOf = (outputs: Outputs, platform: Platform): readonly Point[] =>
  recoveryPoints(outputs, platform, pairsOf(outputs, platform));

/** What the primary shows, in AWS and in its clusters. */
function primaryShown({ aws, primaryClusters }: Outputs): Shown {
  const { capabilities, unknown } = look(awsThings(aws), awsRows);
  return {
    capabilities: [
      ...capabilities,
      ...primaryClusters.flatMap((cluster) => look(clusterThings(cluster), workloadRows).capabilities),
    ],
    unknown,
  };
}

/** What the recovery site shows, in Azure and in its clusters. */
const recoveryShown = ({ azure, clusters }: Outputs): Shown => ({
  capabilities: [
    ...look(azureThings(azure), azureRows).capabilities,
    ...clusters.flatMap((cluster) => look(clusterThings(cluster), kubernetesRows).capabilities),
  ],
  unknown: [],
});

const contractsIn = ({ aws, clusters, primaryClusters }: Outputs): Contracts => ({
  primary: [...awsContracts(aws), ...primaryClusters.flatMap(clusterContracts)],
  recovery: clusters.flatMap(clusterContracts),
  routes: {
    primary: [
      ...awsThings(aws)
        .filter(({ type }) => type === 'AWS::ECS::TaskDefinition')
        .flatMap(({ value }) => routesIn(value)),
      ...primaryClusters.flatMap(({ objects }) => objects.flatMap(({ value }) => routesIn(value))),
    ],
    recovery: clusters.flatMap(({ objects }) => objects.flatMap(({ value }) => routesIn(value))),
  },
});
