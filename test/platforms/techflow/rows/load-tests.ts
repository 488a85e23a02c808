import { loadClusterRow, loadSiteRow, type AzureLoadRow } from '../../support/azure-load-row';

/** As many people as staging promises, every week. */
const facts: AzureLoadRow = {
  platform: 'techflow',
  test: 'regression',
  origin: 'https://staging.app.example.com',
  schedule: '0 4 * * 6',
  timeZone: 'Europe/Amsterdam',
  users: 11500,
  programs: 6,
};

export const loadSite = loadSiteRow(facts);
export const loadCluster = loadClusterRow(facts);
