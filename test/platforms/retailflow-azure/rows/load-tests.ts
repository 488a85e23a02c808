import { loadClusterRow, loadSiteRow, type AzureLoadRow } from '../../support/azure-load-row';

/** As many people as staging promises, every week. */
const facts: AzureLoadRow = {
  platform: 'retailflow-azure',
  test: 'regression',
  origin: 'https://staging.shop.example.com',
  schedule: '0 3 * * 6',
  timeZone: 'America/New_York',
  users: 1500,
  programs: 1,
};

export const loadSite = loadSiteRow(facts);
export const loadCluster = loadClusterRow(facts);
