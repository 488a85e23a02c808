import { table } from '../recovery/table';
import { fargate } from './figures';
import { timedTable, worst } from './report';
import type { SiteReview } from './site';

/** A review of one site's goals as a person reads it, in Markdown. */
export const siteReport = (review: SiteReview): string => `${sections(review).join('\n\n')}\n`;

/** The same as a program reads it, in JSON. */
export const siteJson = ({ findings: _, ...review }: SiteReview): string => `${JSON.stringify(review, undefined, 2)}\n`;

/** What the command line says of it. */
export function siteLines({
  availability,
  cadences,
  compute,
  monthlyDollars,
  releasesPerWeek,
  repairs,
  rollbackGoalSeconds,
  rollbacks,
}: SiteReview): readonly string[] {
  const slowest = Math.max(0, ...rollbacks.map(({ seconds }) => seconds));
  const { goalMinutes, promisedMinutes } = availability;
  return [
    ...(rollbackGoalSeconds === undefined ? [] : [`a release comes back in ${slowest} s of ${rollbackGoalSeconds} s`]),
    ...worst(repairs, 'mended by itself in', 's', 1),
    ...(releasesPerWeek === undefined
      ? []
      : [`room for ${weekly(cadences)} releases a week, ${releasesPerWeek} promised`]),
    ...(monthlyDollars === undefined
      ? []
      : [
          compute === undefined
            ? `${monthlyDollars} dollars a month are watched, not proved`
            : `tasks cost ${compute.least} of ${monthlyDollars} dollars a month at least, the rest is watched, not proved`,
        ]),
    `vendors promise all but ${promisedMinutes} min of a month, the goal all but ${goalMinutes} min`,
  ];
}

const weekly = (cadences: SiteReview['cadences']): number => cadences.reduce((sum, each) => sum + each.weekly, 0);

function sections(review: SiteReview): readonly string[] {
  const {
    availability,
    cadences,
    loads,
    platform,
    releasesPerWeek,
    repairs,
    rollbackGoalSeconds,
    rollbacks,
    spends,
    stage,
  } = review;
  const { goalMinutes, goalPercent, parts, promisedMinutes, promisedPercent } = availability;
  return [
    `# Goals of ${platform} ${stage} that its primary keeps by itself`,
    'Made from the files that were synthesized. What is wrong would have refused them.',
    '## From the decision to take a release back to every request on the old version',
    `${rollbackGoalSeconds === undefined ? 'Nothing is promised.' : `Promised: ${rollbackGoalSeconds} s.`} Until it is decided, a measurement takes two minutes, and three bad ones decide.`,
    table(
      ['about', 'by', 'seconds', 'made of'],
      rollbacks.map(({ about, by, parts: made, seconds }) => [
        about,
        by,
        String(seconds),
        made.map((each) => `${each.part} ${each.seconds} (${each.source})`).join(' + '),
      ]),
    ),
    '## From a fault to its end, without anybody',
    'What no measurement takes back, people mend: services that get no requests are not in this table.',
    timedTable(repairs),
    '## Releases',
    `${releasesPerWeek === undefined ? 'Nothing is promised.' : `Promised: ${releasesPerWeek} a week.`} ${weekly(cadences)} can begin, each service's one after the other. Proved is that nothing synthesized stands in the way of as many; to build, to test and to decide takes its time besides, and how many there are is counted by the pipeline.`,
    table(
      ['about', 'a release takes, min', 'a week', 'where'],
      cadences.map(({ about, at, releaseMinutes, weekly: most }) => [about, String(releaseMinutes), String(most), at]),
    ),
    '## Availability',
    `Promised: ${goalPercent}%, all but ${goalMinutes} minutes of a month. Vendors promise ${promisedPercent}% of the parts in a row that requests need, all but ${promisedMinutes} minutes${
      promisedMinutes > goalMinutes
        ? ': less than the goal, so that it is kept by what they reach and not by what they promise. Alerts measure it from outside.'
        : '.'
    }`,
    table(
      ['part', 'spans zones', 'promised, %', 'where', 'source'],
      parts.map(({ at, part, promisedPercent: percent, source, spansZones }) => [
        part,
        spansZones ? 'yes' : 'no',
        String(percent),
        at,
        source,
      ]),
    ),
    '## Spending',
    spending(review),
    table(
      ['budget', 'dollars', 'people are told at, %'],
      spends.map(({ at, dollars, tells }) => [at, String(dollars), tells.join(', ')]),
    ),
    ...(loads.length === 0 ? [] : ['## Load', loadTable(loads)]),
  ];
}

/** What is proved of spending, and what is only watched. */
const spending = ({ compute, monthlyDollars }: SiteReview): string =>
  monthlyDollars === undefined
    ? 'Nothing is promised. People are told, and nothing is stopped.'
    : [
        `Promised: ${monthlyDollars} dollars a month. Watched, not proved: the budget is the promise itself, people are told, and nothing is stopped.`,
        compute === undefined
          ? 'No price of what stands here is reckoned.'
          : `Proved is what tasks cost on demand, as few as there may be: ${compute.least} dollars, ${share(compute.least, monthlyDollars)}% of it (${fargate.ARM64.source}; most regions cost more).`,
        'Databases, traffic, logs and all else are in no reckoning.',
      ].join(' ');

const share = (part: number, of: number): number => Math.round((100 * part) / of);

const loadTable = (loads: SiteReview['loads']): string =>
  table(
    ['load test', 'users at once', 'requests a minute', 'slowest 5%, ms', 'errors, %', 'from'],
    loads.map(({ errorPercent, p95Milliseconds, requestsPerMinute, source, test, users }) => [
      test,
      String(users),
      String(requestsPerMinute ?? ''),
      of(p95Milliseconds),
      of(errorPercent),
      source,
    ]),
  );

const of = ({ goal, measured }: { readonly goal: number; readonly measured: number | undefined }): string =>
  measured === undefined ? `${goal} promised` : `${measured} of ${goal}`;
