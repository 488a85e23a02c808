import fc from 'fast-check';
import { azureName, type AzureResource } from '../../lib/platform/azure-names';

const retailflow = {
  name: 'retailflow',
  site: 'production',
  subscription: '7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a',
};

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9})?$/);
const platform = fc.record({ name: word, site: word, subscription: fc.uuid() });

describe('the name of a resource on Azure', () => {
  test.each<[AzureResource, readonly string[], RegExp]>([
    ['cluster', [], /^aks-retailflow-production$/],
    ['resource-group', ['data'], /^rg-retailflow-production-data$/],
    ['postgres-server', ['store'], /^psql-retailflow-production-store-[a-z0-9]{6}$/],
    ['container-registry', [], /^crretailflowproduction[a-z0-9]{6}$/],
  ])('%s %j', (resource, words, expected) => {
    expect(azureName(resource, retailflow, ...words)).toMatch(expected);
  });

  test.each<[AzureResource, number, RegExp]>([
    ['key-vault', 24, /^kv-[a-z0-9-]*[a-z0-9]$/],
    ['storage-account', 24, /^st[a-z0-9]+$/],
    ['container-registry', 50, /^cr[a-z0-9]+$/],
    ['grafana', 23, /^amg-[a-z0-9-]*[a-z0-9]$/],
    ['service-bus', 50, /^sbns-[a-z0-9-]*[a-z0-9]$/],
    ['cluster', 63, /^aks-[a-z0-9-]*[a-z0-9]$/],
  ])('%s has at most %d characters of its kind, and no two hyphens in a row', (resource, max, pattern) => {
    fc.assert(
      fc.property(platform, fc.array(word, { maxLength: 3 }), (named, words) => {
        const name = azureName(resource, named, ...words);
        expect(name.length).toBeLessThanOrEqual(max);
        expect(name).toMatch(pattern);
        expect(name).not.toContain('--');
      }),
    );
  });

  test('is another one in another subscription, where all customers share the names', () => {
    const elsewhere = { ...retailflow, subscription: '0d3a5b1e-6c42-4d7a-9b8f-2e5a7c9d1b64' };
    for (const resource of ['key-vault', 'storage-account', 'service-bus'] as const) {
      expect(azureName(resource, elsewhere)).not.toBe(azureName(resource, retailflow));
    }
    expect(azureName('cluster', elsewhere)).toBe(azureName('cluster', retailflow));
  });

  test('tells apart what only differs beyond the longest length', () => {
    const [hot, archive] = ['hot', 'archive'].map((word) => azureName('storage-account', retailflow, word));
    expect(hot).not.toBe(archive);
  });
});
