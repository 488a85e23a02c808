import type { Facts } from './step';

/** Something that happened in a run. */
export interface JournalEvent {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly run: string;
  /** Absent for what concerns the whole run. */
  readonly step?: string;
  readonly what: 'began' | 'passed' | 'asked' | 'approved' | 'started' | 'ran' | 'verified' | 'failed' | 'ended';
  readonly because?: string;
  readonly by?: string;
  readonly facts?: Facts;
}

/** Where events go, one line of JSON each. What was appended is never changed. */
export interface Journal {
  /** Returns when the line would outlive this machine. */
  append(line: string): Promise<void>;
}

/**
 * The events of a journal's text. A last line that was cut off is no event: whoever wrote it died before it was kept.
 *
 * @throws Error if a line before the last one is no event.
 */
export function readJournal(text: string): readonly JournalEvent[] {
  const lines = text.split('\n');
  const cut = lines.pop() ?? '';
  const complete = lines.filter((line) => line !== '').map(eventOf);
  const broken = complete.findIndex((event) => event === undefined);
  if (broken >= 0) throw new Error(`line ${broken + 1} of the journal must be an event, got ${lines[broken]}`);
  const events = complete.filter((event) => event !== undefined);
  const last = cut === '' ? undefined : eventOf(cut);
  return last === undefined ? events : [...events, last];
}

function eventOf(line: string): JournalEvent | undefined {
  try {
    const event = JSON.parse(line) as Partial<JournalEvent> | null;
    if (typeof event?.at !== 'string' || typeof event.run !== 'string' || typeof event.what !== 'string')
      return undefined;
    return event as JournalEvent;
  } catch {
    return undefined;
  }
}

/** What each step of a run did, as the journal tells it. */
export function factsOf(events: readonly JournalEvent[], run: string): ReadonlyMap<string, Facts> {
  return new Map(
    events.flatMap((event): readonly (readonly [string, Facts])[] =>
      event.run === run && event.step !== undefined && event.facts !== undefined ? [[event.step, event.facts]] : [],
    ),
  );
}

/** Whether somebody approved a step of a run: they are not asked twice. */
export const approvedIn = (events: readonly JournalEvent[], run: string, step: string): boolean =>
  events.some((event) => event.run === run && event.step === step && event.what === 'approved');
