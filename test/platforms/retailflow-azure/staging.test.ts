import { proveLoad } from '../support/azure-load-proof';

// As many people as staging promises, every week.
proveLoad({
  platform: 'retailflow-azure',
  test: 'regression',
  origin: 'https://staging.shop.example.com',
  schedule: '0 3 * * 6',
  timeZone: 'America/New_York',
  users: 1500,
  programs: 1,
  admitted: 11_250,
  counts: { openRoute: 'gateway/Apis/CatalogApiProductsGET/Policy' },
});
