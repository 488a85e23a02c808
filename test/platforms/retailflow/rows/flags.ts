import { reference } from '../../support/graph';
import { flagsRow as rowOf } from '../../support/flags-row';

/** Flags by percentage and by segment, off at once. */
export const flagsRow = rowOf({
  key: reference('Security/Keys/Data', 'Arn'),
  minutes: 20,
  bakeMinutes: 15,
  outsider: 'Payment',
  sets: [
    {
      set: 'StorefrontFlags',
      word: 'STOREFRONT',
      flag: 'one-page-checkout',
      is: { enabled: true, percent: 5, segments: 'tier=gold tier=platinum' },
      users: ['Catalog', 'Order'],
      alarms: /:alarm:retailflow-production-(catalog|order)-release-errors$/,
    },
  ],
});
