import { fieldsOf } from '../platform/cron';

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

/**
 * A sound schedule of five fields as AWS spells it: with a year, days of the week by name, and a question mark for whichever of
 * the two days is free. Ranges and steps are written out, because AWS counts them in its own way.
 */
export function awsCron(schedule: string): string {
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fieldsOf(schedule);
  const text = (numbers: readonly number[] | undefined): string => numbers?.join(',') ?? '*';
  const days =
    dayOfWeek === undefined
      ? [text(dayOfMonth), text(month), '?']
      : ['?', text(month), dayOfWeek.map((day) => weekdays[day]).join(',')];
  return `cron(${[text(minute), text(hour), ...days, '*'].join(' ')})`;
}
