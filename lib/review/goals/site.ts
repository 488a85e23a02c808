import type { Platform } from '../../platform/platform';
import { findingAt, sortFindings, type Finding } from '../finding';
import type { Assembly } from '../aws/stack';
import type { Site } from '../azure/stack';
import type { Cluster } from '../kubernetes/cluster';
import { shownParts } from '../recovery/part';
import { problemAt, type Problem } from '../recovery/problem';
import { availabilityOf, type Availability } from './availability';
import { cadenceProblems, cadencesOf, type Cadence } from './cadence';
import { computeCost, costProblems, type ComputeCost } from './compute';
import { loadFigures, type LoadFigure } from './loads';
import { repairsOf } from './repairs';
import { rollbacksOf, type Rollback } from './rollbacks';
import { spendsOf, type Spend } from './spend';
import { lateProblems, type Timed } from './timed';

/** What a stage is synthesized to, on whichever cloud. */
export interface SiteOutputs {
  /** Nothing for a stage without a site on AWS. */
  readonly aws: Assembly | undefined;
  /** Nothing for a stage without a site on Azure. */
  readonly azure: Site | undefined;
  readonly clusters: readonly Cluster[];
}

/** What a stage's outputs say of goals that one site keeps by itself. */
export interface SiteReview {
  readonly platform: string;
  readonly stage: string;
  /** Everything that is wrong, sorted; none where the output keeps what the definition promises. */
  readonly findings: readonly Finding[];
  readonly rollbacks: readonly Rollback[];
  /** Nothing where nothing is promised. */
  readonly rollbackGoalSeconds: number | undefined;
  /** From a fault to its end without anybody's doing. */
  readonly repairs: readonly Timed[];
  readonly cadences: readonly Cadence[];
  readonly releasesPerWeek: number | undefined;
  readonly availability: Availability;
  /** What is watched of spending. */
  readonly spends: readonly Spend[];
  /** What is proved of it: no less is spent. Nothing where nothing that runs has a price here. */
  readonly compute: ComputeCost | undefined;
  readonly monthlyDollars: number | undefined;
  /** What load tests are to prove, and did. */
  readonly loads: readonly LoadFigure[];
}

/** Computes from what was synthesized whether a stage keeps what it promises of rollbacks, repairs, releases, availability and spending. */
export function reviewSite(outputs: SiteOutputs, platform: Platform): SiteReview {
  const { goals, name, stage, stageName } = platform;
  const rollbacks = rollbacksOf(outputs, platform);
  const rollbackGoalSeconds = goals.rollbackMinutes === undefined ? undefined : goals.rollbackMinutes * 60;
  const repairs = repairsOf(outputs, rollbacks, platform);
  const cadences = cadencesOf(outputs, platform);
  const availability = availabilityOf(outputs, goals.availabilityPercent);
  const spends = spendsOf(outputs);
  const compute = computeCost(outputs.aws);
  const problems = [
    ...rollbackProblems(rollbacks, rollbackGoalSeconds, platform),
    ...lateProblems('repairs', repairs, 'notice it sooner, take it back faster'),
    ...cadenceProblems(cadences, platform),
    ...(stage.protected ? zoneProblems(availability) : []),
    ...spendProblems(spends, goals.monthlyDollars),
    ...costProblems(compute, platform),
  ];
  return {
    platform: name,
    stage: stageName,
    findings: sortFindings(
      problems.map(({ about, message, rule }) => findingAt(`${name}-${stageName}/goals/${about}`, rule, message)),
    ),
    rollbacks,
    rollbackGoalSeconds,
    repairs,
    cadences,
    releasesPerWeek: goals.releasesPerWeek,
    availability,
    spends,
    compute,
    monthlyDollars: goals.monthlyDollars,
    loads: loadFigures(platform),
  };
}

function rollbackProblems(
  rollbacks: readonly Rollback[],
  goalSeconds: number | undefined,
  { services }: Platform,
): readonly Problem[] {
  if (goalSeconds === undefined) return [];
  const missing = Object.keys(services).filter((name) => !rollbacks.some(({ about }) => about === `services.${name}`));
  return [
    ...missing.map((name) =>
      problemAt(
        'rollback',
        `services.${name}`,
        'has a promise and no task or pod in any output: synthesize every part',
      ),
    ),
    ...rollbacks
      .filter(({ seconds }) => !(seconds <= goalSeconds))
      .map(({ about, by, parts, seconds }) =>
        problemAt(
          'rollback',
          about,
          `comes back in ${seconds} s by a ${by} release and goals.rollbackMinutes allows ${goalSeconds} s: ${shownParts(parts)}; release by canary or blue-green, make starts faster, or promise what they add up to`,
        ),
      ),
  ];
}

const zoneProblems = ({ parts }: Availability): readonly Problem[] =>
  parts
    .filter(({ spansZones }) => !spansZones)
    .map(({ at, part }) =>
      problemAt('availability', part, `stands in one zone (${at}) and requests need it: have it span zones`),
    );

/** People are told of a budget before it is spent, and not after. */
const soonPercent = 100;

function spendProblems(spends: readonly Spend[], monthlyDollars: number | undefined): readonly Problem[] {
  if (monthlyDollars === undefined) return [];
  if (spends.length === 0) {
    return [
      problemAt(
        'spend',
        'budget',
        `must be there, since goals.monthlyDollars is ${monthlyDollars}, got none: make one`,
      ),
    ];
  }
  return spends.flatMap(({ at, dollars, tells }) => [
    ...(dollars <= monthlyDollars
      ? []
      : [
          problemAt(
            'spend',
            'budget',
            `is ${dollars} dollars (${at}) and goals.monthlyDollars allows ${monthlyDollars}`,
          ),
        ]),
    ...(tells.some((percent) => percent < soonPercent)
      ? []
      : [problemAt('spend', 'budget', `tells nobody before it is spent (${at}): tell people at 80%`)]),
  ]);
}
