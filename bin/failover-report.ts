import type { JournalEvent } from '../lib/recovery/journal';
import type { Outcome, PlannedStep } from '../lib/recovery/runner';
import type { Facts } from '../lib/recovery/step';

const factsText = (facts: Facts | undefined): string =>
  facts === undefined
    ? ''
    : Object.entries(facts)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', ');

/** A plan as people read it before: each step, how the world is now, and whether somebody is asked. */
export function planText(planned: readonly PlannedStep[]): string {
  const width = String(planned.length).length;
  return planned
    .flatMap(({ asks, because, does, name, state }, index) => [
      `${String(index + 1).padStart(width)}. ${name}: ${state}${asks ? ', asks a person' : ''}`,
      `${' '.repeat(width + 2)}${does}`,
      `${' '.repeat(width + 2)}now: ${because}`,
    ])
    .join('\n');
}

/** An event in a line. */
export const eventText = ({ at, because, by, facts, run, step, what }: JournalEvent): string =>
  [`${at} ${run}`, step, what, by, because, factsText(facts)]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');

/** How far a run is: its events, and what is to be done next. */
export function statusText(events: readonly JournalEvent[], run: string | undefined): string {
  const name = run ?? events.at(-1)?.run;
  const own = events.filter((event) => event.run === name);
  if (own.length === 0) {
    const known = [...new Set(events.map((event) => event.run))];
    return known.length === 0 ? 'the journal holds no run' : `there is no run ${name ?? ''}, only ${known.join(', ')}`;
  }
  const last = own.at(-1);
  return [
    ...own.map(eventText),
    last?.what === 'ended' ? 'it has ended' : 'it has not ended: run it again by its name',
  ].join('\n');
}

/** How a run came out, and what to do about it. */
export function outcomeText(outcome: Outcome, run: string): string {
  const again = `run it again with --run ${run}: what is done stays done`;
  switch (outcome.ended) {
    case 'all':
      return `run ${run} has ended: every step is done`;
    case 'not approved':
      return `run ${run} waits: nobody agreed to ${outcome.step}; ${again}, and --approved-by <name>`;
    case 'failed':
      return `run ${run} stopped at ${outcome.step}: ${outcome.error.message}\n${again}`;
  }
}
