import type { Scale } from '../platform/nouns/scale';
import type { IScaledObject } from './custom-types';

type Trigger = NonNullable<IScaledObject['spec']>['triggers'][number];

/** Schedules as KEDA has them: while one lasts there are at least so many pods. */
export const scheduleTriggers = ({ schedules }: Pick<Scale, 'schedules'>): readonly Trigger[] =>
  Object.entries(schedules).map(([name, { from, min, timeZone, until }]) => ({
    type: 'cron',
    name: `schedule-${name}`,
    metadata: { timezone: timeZone, start: from, end: until, desiredReplicas: String(min) },
  }));
