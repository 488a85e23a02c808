import { loadPlatform } from '../../../bin/inputs';
import { renderedCluster, type ReadCluster } from '../../support/clusters';

const { allocations, stage } = loadPlatform('techflow', 'production').platform;
const { primary, recovery } = stage.sites;
const clusters: Partial<Record<'primary' | 'recovery', ReadCluster>> = {};
beforeAll(async () => {
  clusters.primary = await renderedCluster('techflow', 'production');
  clusters.recovery = await renderedCluster('techflow', 'production', 'recovery');
});

const textsOf = (site: 'primary' | 'recovery'): Readonly<Record<string, string>> => clusters[site]?.texts ?? {};

/** Ranges of a network that any file of a cluster names, once each. */
const rangesIn = (site: 'primary' | 'recovery', network: string): readonly string[] => {
  const [first = '', second = ''] = network.split('.');
  const pattern = new RegExp(`\\b${first}\\.${second}\\.\\d+\\.\\d+/\\d+`, 'g');
  return [...new Set(Object.values(textsOf(site)).flatMap((text) => text.match(pattern) ?? []))].sort();
};

describe('the two clusters of TechFlow', () => {
  test('are called apart, and hold the same objects, but for caches and buckets, which are of a site', () => {
    expect([clusters.primary?.cluster, clusters.recovery?.cluster]).toEqual([
      'aks-techflow-production',
      'aks-techflow-production-recovery',
    ]);
    const files = (site: 'primary' | 'recovery') =>
      Object.keys(textsOf(site)).map((file) =>
        file.replace(/serviceentry-(amr|st)[a-z0-9.-]+$/, 'serviceentry-$1.yaml'),
      );
    expect(files('recovery').sort()).toEqual(files('primary').sort());
    expect(Object.keys(textsOf('recovery')).length).toBeGreaterThan(200);
  });

  test('pull the same images from the one registry', () => {
    expect(clusters.recovery?.registry).toBe(clusters.primary?.registry);
  });

  test('reach servers of databases of each other, and nothing else', () => {
    expect(rangesIn('recovery', primary.network.cidr)).toEqual([allocations.addresses['primary/postgres']]);
    expect(rangesIn('primary', recovery?.network.cidr ?? '')).toEqual([allocations.addresses['recovery/postgres']]);
  });

  test('read secrets from vaults of their own', () => {
    const vaultsIn = (site: 'primary' | 'recovery') => [
      ...new Set(Object.values(textsOf(site)).flatMap((text) => text.match(/kv-[a-z0-9-]+\.vault/g) ?? [])),
    ];
    expect(vaultsIn('primary')).toHaveLength(1);
    expect(vaultsIn('recovery')).toHaveLength(1);
    expect(vaultsIn('recovery')).not.toEqual(vaultsIn('primary'));
  });

  test('act as the same identities', () => {
    const accounts = (site: 'primary' | 'recovery') =>
      Object.entries(textsOf(site)).filter(([file]) => /\/serviceaccount-/.test(file));
    expect(accounts('primary').length).toBeGreaterThan(6);
    expect(accounts('recovery')).toEqual(accounts('primary'));
  });
});
