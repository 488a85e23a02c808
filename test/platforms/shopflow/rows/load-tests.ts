import { loadRow } from '../../support/load-row';

/** As many people as staging promises, every week. */
export const loadTests = loadRow({
  test: 'Peak',
  origin: 'https://staging.shop.example.com',
  schedule: 'cron(0 3 ? * SAT *)',
  timeZone: 'America/New_York',
  users: 8000,
  programs: 4,
  admitted: 40_000,
  zones: ['UsEast2a'],
});
