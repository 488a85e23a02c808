import { loadRow } from '../../support/load-row';

/** As many people as staging promises, every week. */
export const loadTests = loadRow({
  test: 'TenTimes',
  origin: 'https://staging.shop.example.com',
  schedule: 'cron(0 3 ? * SAT *)',
  timeZone: 'Asia/Singapore',
  users: 5000,
  programs: 3,
  admitted: 37_500,
  zones: ['ApSoutheast1a'],
});
