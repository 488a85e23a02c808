import { table } from '../recovery/table';
import type { SiteReview } from './site';

/** A review of one site's goals as a person reads it, in Markdown. */
export const siteReport = (review: SiteReview): string => `${sections(review).join('\n\n')}\n`;

/** The same as a program reads it, in JSON. */
export const siteJson = ({ findings: _, ...review }: SiteReview): string => `${JSON.stringify(review, undefined, 2)}\n`;

/** What the command line says of it. */
export function siteLines({ availability, rollbackGoalSeconds, rollbacks }: SiteReview): readonly string[] {
  const slowest = Math.max(0, ...rollbacks.map(({ seconds }) => seconds));
  const { goalMinutes, promisedMinutes } = availability;
  return [
    ...(rollbackGoalSeconds === undefined ? [] : [`a release comes back in ${slowest} s of ${rollbackGoalSeconds} s`]),
    `vendors promise all but ${promisedMinutes} min of a month, the goal all but ${goalMinutes} min`,
  ];
}

function sections(review: SiteReview): readonly string[] {
  const { availability, monthlyDollars, platform, rollbackGoalSeconds, rollbacks, spends, stage } = review;
  const { goalMinutes, goalPercent, parts, promisedMinutes, promisedPercent } = availability;
  return [
    `# Goals of ${platform} ${stage}, one site`,
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
    `${monthlyDollars === undefined ? 'Nothing is promised.' : `Promised: ${monthlyDollars} dollars a month.`} People are told, and nothing is stopped.`,
    table(
      ['budget', 'dollars', 'people are told at, %'],
      spends.map(({ at, dollars, tells }) => [at, String(dollars), tells.join(', ')]),
    ),
  ];
}
