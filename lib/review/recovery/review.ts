import type { Platform } from '../../platform/platform';
import { sortFindings, type Finding } from '../finding';
import { awsContracts } from './aws-contracts';
import { look } from './capability';
import { contractProblems, type Contracts } from './contracts';
import { awsRows } from './data/aws-rows';
import { azureRows } from './data/azure-rows';
import { kubernetesRows } from './data/kubernetes-rows';
import { clusterContracts } from './kubernetes-contracts';
import type { Outputs } from './outputs';
import type { Pairing } from './pairing';
import { pairingsOf, parityProblems, type Shown } from './parity';
import { findingOf, type Problem } from './problem';
import { routesIn } from './routes';
import { awsThings, azureThings, clusterThings } from './things';
import { waiverProblems } from './waiver-problems';
import { waiversOf } from './waivers';

/** What a stage's outputs say of its recovery site. */
export interface RecoveryReview {
  readonly platform: string;
  readonly stage: string;
  /** Everything that is wrong, sorted; none where the recovery site is what the definition promises. */
  readonly findings: readonly Finding[];
  readonly pairings: readonly Pairing[];
  readonly contracts: Contracts;
}

/** Whether a proof can be made: the primary is on AWS and the recovery site on Azure. */
export const hasRecovery = ({ stage: { sites } }: Pick<Platform, 'stage'>): boolean =>
  sites.primary.cloud === 'aws' && sites.recovery?.cloud === 'azure';

/**
 * Proves from what was synthesized that a platform's recovery site is what its definition promises. The definition is
 * asked for goals, waivers and placements alone.
 */
export function reviewRecovery(outputs: Outputs, platform: Platform): RecoveryReview {
  const primary = look(awsThings(outputs.aws), awsRows);
  const pairings = pairingsOf(platform, primary, recoveryShown(outputs));
  const contracts = contractsIn(outputs);
  const problems: readonly Problem[] = [
    ...parityProblems(pairings, primary),
    ...waiverProblems(platform, pairings),
    ...contractProblems(contracts, waiversOf(platform)),
  ];
  const { name, stageName } = platform;
  return {
    platform: name,
    stage: stageName,
    findings: sortFindings(problems.map((each) => findingOf(`${name}-${stageName}`, each))),
    pairings,
    contracts,
  };
}

/** What the recovery site shows, in Azure and in its clusters. */
export const recoveryShown = ({ azure, clusters }: Pick<Outputs, 'azure' | 'clusters'>): Shown => ({
  capabilities: [
    ...look(azureThings(azure), azureRows).capabilities,
    ...clusters.flatMap((cluster) => look(clusterThings(cluster), kubernetesRows).capabilities),
  ],
  unknown: [],
});

const contractsIn = ({ aws, clusters }: Outputs): Contracts => ({
  primary: awsContracts(aws),
  recovery: clusters.flatMap(clusterContracts),
  routes: {
    primary: awsThings(aws)
      .filter(({ type }) => type === 'AWS::ECS::TaskDefinition')
      .flatMap(({ value }) => routesIn(value)),
    recovery: clusters.flatMap(({ objects }) => objects.flatMap(({ value }) => routesIn(value))),
  },
});
