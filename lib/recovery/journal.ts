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

/** The end of a journal's text that is no line: whoever wrote it died before it was kept. */
export const cutOff = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);

/**
 * The events of a journal's text. A last line that was cut off is no event.
 *
 * @throws Error if a line is no event.
 */
export function readJournal(text: string): readonly JournalEvent[] {
  const lines = text.slice(0, text.length - cutOff(text).length).split('\n');
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    const event = eventOf(line);
    if (event === undefined) throw new Error(`line ${index + 1} of the journal must be an event, got ${line}`);
    return [event];
  });
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
