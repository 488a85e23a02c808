import { azureFlagsRow } from '../../support/azure-flags-row';
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
