import { pairedRegion, serverBackupRegion } from '../../lib/platform/azure-paired-regions';
import { regionNames } from '../../lib/platform/regions';

describe('the pair of a region', () => {
  test.each([
    ['eastasia', 'southeastasia', 'southeastasia'],
    ['westeurope', 'northeurope', 'northeurope'],
    ['westus3', 'eastus', undefined],
    ['germanywestcentral', 'germanynorth', undefined],
    ['italynorth', undefined, undefined],
    ['indonesiacentral', undefined, undefined],
  ])('of %s is %s, which takes backups of PostgreSQL servers: %s', (region, pair, backups) => {
    expect(pairedRegion(region)).toBe(pair);
    expect(serverBackupRegion(region)).toBe(backups);
  });

  test('is never the region itself, and is known for all but two regions', () => {
    const unpaired = regionNames('azure').filter((region) => pairedRegion(region) === undefined);
    expect(unpaired).toEqual(['italynorth', 'indonesiacentral']);
    for (const region of regionNames('azure')) expect(pairedRegion(region)).not.toBe(region);
  });
});
