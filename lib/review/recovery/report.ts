import { mayDiffer } from './data/may-differ';
import { unscaled } from './data/unscaled';
import type { Contract } from './contract';
import { keyOf } from './capability';
import type { Pairing } from './pairing';
import type { Sum } from './part';
import { table } from './table';
import type { RecoveryReview } from './review';

/** A review as a person reads it, in Markdown. */
export const recoveryReport = (review: RecoveryReview): string => `${sections(review).join('\n\n')}\n`;

/** A review as a program reads it, in JSON. */
export const recoveryJson = ({ contracts, findings: _, moves: ___, order: __, ...review }: RecoveryReview): string =>
  `${JSON.stringify({ ...review, contracts: contracts.recovery.map(contractJson), routes: contracts.routes.recovery.map(({ name }) => name) }, undefined, 2)}\n`;

const contractJson = ({ variables, ...contract }: Contract) => ({ ...contract, variables: [...variables.keys()] });

/** What the command line says of a review. */
export function recoveryLines(review: RecoveryReview): readonly string[] {
  const { capacity, contracts, kept, order, pairings, points, time, untold, ways } = review;
  const there = pairings.filter(({ primary }) => primary !== undefined);
  const waived = there.filter(({ recovery, waiver }) => recovery === undefined && waiver !== undefined);
  return [
    [
      `parity ok: ${there.length - waived.length} of ${there.length} capabilities, ${waived.length} waived`,
      `${contracts.recovery.length} contracts, ${contracts.routes.recovery.length} routes`,
      `${capacity.length} sizes, ${ways.length} ways of the network, ${kept.length} of the right to write`,
    ].join('; '),
    `${order.steps.length} steps from nothing to both sites`,
    ...(time === undefined ? [] : [`recovery time ${shownMinutes(time.seconds)} of ${shownMinutes(time.goalSeconds)}`]),
    ...(untold.length === 0
      ? []
      : [`${untold.length} keepers wait for their image: neither is deployed before it is told`]),
    ...points.flatMap(({ data, sum }) =>
      sum === undefined ? [] : [`recovery point of ${data} ${sum.seconds} s of ${sum.goalSeconds} s`],
    ),
  ];
}

const shownMinutes = (seconds: number): string => `${rounded(seconds / 60)} min`;

function sections({
  capacity,
  contracts,
  kept,
  pairings,
  platform,
  points,
  stage,
  time,
  untold,
  versions,
  ways,
}: RecoveryReview): readonly string[] {
  const both = pairings.filter(({ primary, recovery }) => primary !== undefined && recovery !== undefined);
  const lacking = pairings.filter(({ recovery, waiver }) => recovery === undefined && waiver !== undefined);
  const placed = pairings.filter(({ primary }) => primary === undefined);
  return [
    `# Recovery of ${platform} ${stage}`,
    'Made from the files that were synthesized. What is wrong would have refused them.',
    ...timeSection(time),
    '## Recovery point',
    table(
      ['data', 'seconds', 'goal', 'because'],
      points.map(({ because, data, sum }) => [
        data,
        String(sum?.seconds ?? ''),
        String(sum?.goalSeconds ?? ''),
        because,
      ]),
    ),
    `## Capabilities\n\n${both.length} of ${both.length + lacking.length} on both sites, ${lacking.length} waived, ${placed.length} on the recovery site alone.`,
    table(['capability', 'primary', 'recovery'], both.map(paired)),
    ...(lacking.length === 0
      ? []
      : [
          '### Waived',
          table(
            ['capability', 'waiver', 'minutes', 'reason'],
            lacking.map((each) => [
              keyOf(each),
              each.waiver?.of ?? '',
              String(each.waiver?.minutes ?? ''),
              each.waiver?.reason ?? '',
            ]),
          ),
        ]),
    ...(placed.length === 0
      ? []
      : [
          '### On the recovery site alone',
          table(
            ['capability', 'recovery'],
            placed.map((each) => [keyOf(each), each.recovery ?? '']),
          ),
        ]),
    '## Contracts',
    table(['service', 'variables', 'secrets', 'ports', 'health', 'called by'], contracts.recovery.map(contractRow)),
    `The gateway has ${contracts.routes.recovery.length} routes, the same on both sites.`,
    '### What may differ',
    table(
      ['variable', 'because'],
      mayDiffer.map(({ because, variable }) => [`\`${variable.source}\``, because]),
    ),
    '## Versions',
    table(
      ['what', 'primary', 'recovery'],
      versions.map(({ primary, recovery, what }) => [what, primary, recovery]),
    ),
    '## Capacity at full size',
    table(
      ['what', 'goal', 'recovery'],
      capacity.map(({ goal, recovery, unit, what }) => [what, `${goal} ${unit}`, `${rounded(recovery)} ${unit}`]),
    ),
    ['What does not grow by itself there:', '', ...unscaled.map(({ because, what }) => `- ${what}: ${because}`)].join(
      '\n',
    ),
    '## Right to write',
    table(
      ['what holds', 'by'],
      kept.map(({ found, way }) => [way, found ?? '']),
    ),
    ...(untold.length === 0
      ? []
      : [
          `Nobody has told the image of ${untold.join(' and of ')}. Until then neither cloud deploys them, and the right of the primary to write has no end.`,
        ]),
    '## Network between the sites',
    table(
      ['open where', 'by'],
      ways.map(({ found, way }) => [way, found ?? '']),
    ),
  ];
}

const timeSection = (time: Sum | undefined): readonly string[] =>
  time === undefined
    ? []
    : [
        '## Recovery time',
        table(
          ['part', 'seconds', 'source'],
          [
            ...time.parts.map(({ part, seconds, source }) => [part, String(seconds), source]),
            ['**sum**', `**${time.seconds}**`, `the goal is ${time.goalSeconds}`],
          ],
        ),
      ];

const rounded = (value: number): number => Math.round(value * 100) / 100;

const paired = (each: Pairing): readonly string[] => [keyOf(each), each.primary ?? '', each.recovery ?? ''];

const contractRow = ({ callers, live, ports, ready, secrets, service, variables }: Contract): readonly string[] => [
  service,
  String(variables.size),
  String(secrets.length),
  ports.join(', '),
  [live, ready].join(', '),
  callers.join(', ') || 'nobody',
];
