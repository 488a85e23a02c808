import { weekdays, type ReleaseHours } from './nouns/delivery';

const hourMinutes = 60;

const timeOf = (clock: string): { readonly hour: number; readonly minute: number } => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return { hour, minute };
};

/** When the door for releases opens and when it closes, as cron spells it, and for how long it stands open. */
export function doorTimes({ days, from, until }: Pick<ReleaseHours, 'days' | 'from' | 'until'>): {
  readonly opens: string;
  readonly closes: string;
  /** In minutes. */
  readonly lasts: number;
} {
  const numbers = days.map((day) => weekdays.indexOf(day)).sort((a, b) => a - b);
  const [start, end] = [timeOf(from), timeOf(until)];
  const at = ({ hour, minute }: typeof start): string => `${minute} ${hour} * * ${numbers.join(',')}`;
  return {
    opens: at(start),
    closes: at(end),
    lasts: (end.hour - start.hour) * hourMinutes + end.minute - start.minute,
  };
}
