import { loadRow } from '../../support/load-row';

/** Ten times the load of before, every week. */
export const loadTests = loadRow({
  test: 'TenTimes',
  origin: 'https://staging.projects.example.com',
  schedule: 'cron(0 4 ? * SAT *)',
  timeZone: 'Europe/Berlin',
  users: 5000,
  programs: 3,
  admitted: 37_500,
  zones: ['EuCentral1a'],
});
