/** A field of a schedule: what it is called, and the numbers that it takes. */
const fields = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of the month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12 },
  { name: 'day of the week', min: 0, max: 6 },
] as const;
type Field = (typeof fields)[number];

/** `*`, `5`, `1-5`, each with or without a step. */
const part = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/;

function isPart(text: string, { max, min }: Field): boolean {
  const match = part.exec(text);
  if (match === null) return false;
  const [, from = String(min), to = from, step = '1'] = match;
  return Number(from) >= min && Number(to) <= max && Number(from) <= Number(to) && Number(step) >= 1;
}

/**
 * What is wrong with a schedule in five fields, in the words of a sentence that begins "must be …"; nothing if it is
 * sound. Clouds disagree on what two restricted days mean, so one of them is `*`.
 */
export function scheduleProblem(schedule: string): string | undefined {
  const texts = schedule.split(' ');
  if (texts.length !== fields.length) {
    return `of ${fields.length} fields joined by one space: ${fields.map(({ name }) => name).join(', ')}`;
  }
  const wrong = fields.find((field, index) => !(texts[index] ?? '').split(',').every((text) => isPart(text, field)));
  if (wrong !== undefined) {
    return `with a ${wrong.name} of *, numbers from ${wrong.min} to ${wrong.max}, ranges such as ${wrong.min}-${wrong.max}, and steps such as */2`;
  }
  const [, , dayOfMonth, , dayOfWeek] = texts;
  return dayOfMonth === '*' || dayOfWeek === '*'
    ? undefined
    : 'restricted by day of the month or day of the week, not both';
}

const minutesOfDay = 24 * 60;

/** The five fields of a sound schedule, each as the numbers that it stands for; nothing where it is `*`. */
export const fieldsOf = (schedule: string): readonly (readonly number[] | undefined)[] =>
  schedule.split(' ').map((text, index) => {
    const field = fields[index] ?? fields[0];
    return text === '*' ? undefined : text.split(',').flatMap((each) => numbersOf(each, field));
  });

/** The numbers of a field that a part stands for. */
function numbersOf(text: string, { max, min }: Field): readonly number[] {
  const match = part.exec(text);
  const [, from, to, step = '1'] = match ?? [];
  const first = from === undefined ? min : Number(from);
  const last = from === undefined ? max : Number(to ?? from);
  const count = Math.floor((last - first) / Number(step)) + 1;
  return Array.from({ length: count }, (_, index) => first + index * Number(step));
}

/**
 * The longest time between two runs of a sound schedule, in minutes; nothing if it leaves out days.
 */
export const longestGapMinutes = (schedule: string): number | undefined =>
  schedule
    .split(' ')
    .slice(2)
    .some((day) => day !== '*')
    ? undefined
    : Math.max(...gapsOfDay(schedule));

/** The shortest time between two runs of a sound schedule, in minutes, as if it ran each day. */
export const shortestGapMinutes = (schedule: string): number => Math.min(...gapsOfDay(schedule));

/** The times between the runs of a day, and from the last to the first of the next. */
function gapsOfDay(schedule: string): readonly number[] {
  const [minutes = '', hours = ''] = schedule.split(' ');
  const [minute, hour] = [fields[0], fields[1]];
  const runs = hours
    .split(',')
    .flatMap((text) => numbersOf(text, hour))
    .flatMap((each) => minutes.split(',').flatMap((text) => numbersOf(text, minute).map((at) => each * 60 + at)))
    .sort((a, b) => a - b);
  return runs.map((run, index) => (runs[index + 1] ?? (runs[0] ?? 0) + minutesOfDay) - run);
}

/** A time between two runs, in minutes of a calendar. */
export interface Window {
  readonly from: number;
  readonly until: number;
}

/** Years whose days are looked at: two leap years, and each weekday on nearly every date. */
const calendar = { from: Date.UTC(2026, 0, 1), until: Date.UTC(2033, 0, 1) } as const;
const dayMilliseconds = minutesOfDay * 60_000;

/** A day of the calendar, as schedules speak of it. */
interface Day {
  /** When it begins, in minutes of the calendar. */
  readonly begins: number;
  readonly dayOfMonth: number;
  readonly month: number;
  readonly dayOfWeek: number;
}

let days: readonly Day[] | undefined;

/** The days of the calendar, which are the same for every schedule. */
const daysOfCalendar = (): readonly Day[] =>
  (days ??= Array.from({ length: (calendar.until - calendar.from) / dayMilliseconds }, (_, index) => {
    const date = new Date(calendar.from + index * dayMilliseconds);
    return {
      begins: index * minutesOfDay,
      dayOfMonth: date.getUTCDate(),
      month: date.getUTCMonth() + 1,
      dayOfWeek: date.getUTCDay(),
    };
  }));

/** When a sound schedule runs in the years of the calendar, in minutes, by one clock without summer time. */
function runsOf(schedule: string): readonly number[] {
  const [minute, hour, dayOfMonth, month, dayOfWeek] = schedule
    .split(' ')
    .map((text, index) => new Set(text.split(',').flatMap((each) => numbersOf(each, fields[index] ?? fields[0]))));
  const times = [...(hour ?? [])]
    .flatMap((each) => [...(minute ?? [])].map((at) => each * 60 + at))
    .sort((a, b) => a - b);
  return daysOfCalendar()
    .filter((day) => month?.has(day.month) && dayOfMonth?.has(day.dayOfMonth) && dayOfWeek?.has(day.dayOfWeek))
    .flatMap(({ begins }) => times.map((time) => begins + time));
}

/** The times between each run of one sound schedule and the next run of another. */
export function windowsOf({ from, until }: { readonly from: string; readonly until: string }): readonly Window[] {
  const ends = runsOf(until);
  let next = 0;
  return runsOf(from).flatMap((start) => {
    // Both are in order: what an earlier start has passed is never asked again.
    while ((ends[next] ?? Infinity) <= start) next += 1;
    const end = ends[next];
    return end === undefined ? [] : [{ from: start, until: end }];
  });
}
