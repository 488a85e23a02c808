import { flagTurnsRow } from '../../../support/flag-turns-row';

/** Flags on a site that follows: they move all the same, and errors of the site take them back once it leads. */
export const flags = flagTurnsRow({
  platform: 'retailflow',
  set: 'storefront',
  watched: ['catalog', 'order'],
  rollout: { minutes: 20, stepPercent: 20, bakeMinutes: 15 },
});
