import { kilometresBetween, regionNames, zonesOf, type Cloud } from '../../lib/platform/regions';

const clouds: readonly Cloud[] = ['aws', 'azure'];
const all = clouds.flatMap((cloud) => regionNames(cloud).map((region) => ({ cloud, region })));

describe('regions', () => {
  test.each([
    ['aws', 'ap-southeast-1', ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c']],
    ['aws', 'ca-central-1', ['ca-central-1a', 'ca-central-1b', 'ca-central-1d']],
    ['azure', 'eastasia', ['1', '2', '3']],
    ['azure', 'westus', []],
  ] as const)('on %s, %s has the zones %j', (cloud, region, zones) => {
    expect(zonesOf(cloud, region)).toEqual(zones);
  });

  test.each([
    ['aws', 'eastasia'],
    ['azure', 'ap-southeast-1'],
  ] as const)('on %s there is no %s', (cloud, region) => {
    expect(zonesOf(cloud, region)).toBeUndefined();
    expect(regionNames(cloud)).not.toContain(region);
  });

  // Distances between the cities, from great-circle tables.
  test.each([
    ['ap-southeast-1', 'southeastasia', 0, 0],
    ['ap-southeast-1', 'eastasia', 2500, 2650],
    ['ap-southeast-1', 'indonesiacentral', 850, 950],
    ['us-east-1', 'eastus', 0, 0],
    ['us-east-1', 'northeurope', 5350, 5600],
    ['eu-central-1', 'switzerlandnorth', 280, 320],
    ['ap-northeast-1', 'japanwest', 380, 420],
    ['ap-southeast-2', 'brazilsouth', 13_200, 13_500],
  ])('%s and %s are %d to %d km apart', (aws, azure, least, most) => {
    const kilometres = kilometresBetween({ cloud: 'aws', region: aws }, { cloud: 'azure', region: azure });
    expect(kilometres).toBeGreaterThanOrEqual(least);
    expect(kilometres).toBeLessThanOrEqual(most);
  });

  test('are as far there as back, none farther than half the way around the earth', () => {
    for (const a of all) {
      for (const b of all) {
        const there = kilometresBetween(a, b);
        expect(there).toBe(kilometresBetween(b, a));
        expect(there).toBeLessThanOrEqual(20_016);
      }
      expect(kilometresBetween(a, a)).toBe(0);
    }
  });

  test('are nowhere if they are not known', () => {
    expect(
      kilometresBetween({ cloud: 'aws', region: 'mars-1' }, { cloud: 'azure', region: 'eastasia' }),
    ).toBeUndefined();
  });
});
