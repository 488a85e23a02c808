import { flagsRow as rowOf } from '../../support/flags-row';
import { key } from './facts';

const onePercent = { enabled: true, percent: 1 };

export const flagsRow = rowOf({
  key: key.data,
  minutes: 10,
  bakeMinutes: 15,
  outsider: 'Inventory',
  sets: [
    {
      set: 'ShopFlags',
      word: 'SHOP',
      flag: 'new-checkout',
      is: onePercent,
      users: ['Cart', 'Catalog', 'Order', 'Web'],
      alarms: /:alarm:shopflow-production-(cart|catalog|order|web)-release-errors$/,
    },
    {
      set: 'AccountsFlags',
      word: 'ACCOUNTS',
      flag: 'embedded-payment',
      is: onePercent,
      users: ['Payment', 'User'],
      alarms: /:alarm:shopflow-production-(payment|user)-release-errors$/,
    },
  ],
});
