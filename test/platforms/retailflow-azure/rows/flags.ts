import { azureFlagsRow } from '../../support/azure-flags-row';
import { flagTurnsRow } from '../../support/flag-turns-row';
import { tags } from './documents';

/** Flags that people turn while the shop is open. */
export const flags = azureFlagsRow({
  set: 'ShopFlags',
  flags: {
    QuickCheckout: { name: 'quick-checkout', percent: 5, groups: ['tier=gold'] },
    StockBadges: { name: 'stock-badges', percent: 25, groups: [] },
  },
  users: ['Order', 'Web'],
  tags,
});

/** What moves them, and takes them back. */
export const turns = flagTurnsRow({
  platform: 'retailflow-azure',
  set: 'shop',
  watched: ['order', 'web'],
  rollout: { minutes: 20, stepPercent: 20, bakeMinutes: 15 },
});
