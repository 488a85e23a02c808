import { proveLoad } from '../support/azure-load-proof';

// As many people as staging promises, every week.
proveLoad({
  platform: 'techflow',
  test: 'regression',
  origin: 'https://staging.app.example.com',
  schedule: '0 4 * * 6',
  timeZone: 'Europe/Amsterdam',
  users: 11500,
  programs: 6,
  admitted: 21_563,
  counts: 'kong',
});
