import { azureFlagsRow } from '../../../support/azure-flags-row';

/** The flags of the primary once more: on for the same people. */
export const flags = azureFlagsRow({
  set: 'StorefrontFlags',
  flags: {
    OnePageCheckout: { name: 'one-page-checkout', percent: 5, groups: ['tier=gold', 'tier=platinum'] },
    StockInSearch: { name: 'stock-in-search', percent: 10, groups: [] },
  },
  users: ['Catalog', 'Order'],
  tags: { owner: 'platform', 'cost-centre': 'commerce', platform: 'retailflow', stage: 'production' },
});
