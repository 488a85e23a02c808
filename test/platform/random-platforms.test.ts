import fc from 'fast-check';
import { allocate } from '../../lib/platform/allocation';
import { contractOf } from '../../lib/platform/contract';
import type { Definition } from '../../lib/platform/definition';
import { azureAuthentications, azureValue } from '../../lib/platform/azure-values';
import { callersOf, consumersOf, sitesOf, sitesOn, type Platform } from '../../lib/platform/platform';
import { allocationRequests, resolveUnallocated } from '../../lib/platform/resolve';
import { arbitraryPlatform, arbitraryRegions } from '../support/arbitrary-platform';
import { allocationsFor, problemsOf, resolved } from '../support/platform';
import { reordered } from '../support/reordered';

const authentications = { databases: 'password', caches: 'iam', searches: 'iam', messages: 'iam' } as const;

const contracts = (platform: Platform) =>
  sitesOf(platform).flatMap(({ siteName }) =>
    Object.keys(platform.services).map((service) => ({
      key: `${siteName}/${service}`,
      entries: contractOf({ platform, site: siteName, authentications }, service),
    })),
  );

const check = (property: (definition: Definition) => void): void =>
  fc.assert(fc.property(arbitraryPlatform, property), { numRuns: 30 });

describe('any small platform', () => {
  test('resolves', () => check((definition) => expect(problemsOf(definition)).toEqual([])));

  test('is data: the same after a round trip through JSON', () =>
    check((definition) => {
      const platform = resolved(definition);
      expect(JSON.parse(JSON.stringify(platform))).toEqual(platform);
    }));

  test('resolves to the same bytes in whatever order it is written', () => {
    fc.assert(
      fc.property(arbitraryPlatform, fc.string(), (definition, salt) => {
        expect(JSON.stringify(resolved(reordered(definition, salt)))).toBe(JSON.stringify(resolved(definition)));
      }),
      { numRuns: 30 },
    );
  });

  test('gives no service a variable twice', () =>
    check((definition) => {
      for (const { entries } of contracts(resolved(definition))) {
        const names = entries.map(({ variable }) => variable);
        expect(names).toEqual([...new Set(names)].sort());
      }
    }));

  test('fills every variable from a part that it has', () =>
    check((definition) => {
      const platform = resolved(definition);
      for (const { entries } of contracts(platform)) {
        for (const entry of entries) {
          if (entry.kind !== 'constant') expect(platform[entry.source.noun]).toHaveProperty([entry.source.name]);
        }
      }
    }));

  test('knows consumers and callers as they know it', () =>
    check((definition) => {
      const platform = resolved(definition);
      for (const [name, { uses }] of Object.entries(platform.services)) {
        for (const other of Object.keys(platform.services)) {
          expect(callersOf(platform, other).includes(name)).toBe(uses.calls.includes(other));
        }
        for (const queue of Object.keys(platform.queues)) {
          expect(consumersOf(platform, queue).includes(name)).toBe(uses.receives.includes(queue));
        }
      }
    }));

  test('keeps what it was given, and every other contract, when a service is added', () =>
    check((definition) => {
      const before = resolved(definition);
      const larger: Definition = {
        ...definition,
        services: {
          ...definition.services,
          // First by name, where it would push the others back.
          aardvark: { scale: { min: 1, max: 2 }, routes: [{ path: '/api/aardvark' }] },
        },
      };
      const lock = allocationsFor(definition)['production'] ?? { listenerPriorities: {}, addresses: {} };
      const after = resolveUnallocated(larger, 'production');
      const appended = allocate(lock, allocationRequests(after));
      expect(appended.listenerPriorities).toMatchObject(lock.listenerPriorities);
      expect(appended.addresses).toEqual(lock.addresses);
      const others = contracts(after).filter(({ key }) => !key.endsWith('/aardvark'));
      expect(others).toEqual(contracts(before));
    }));
});

describe('any small platform in two regions of Azure', () => {
  const told = (platform: Platform, service: string) =>
    sitesOn(platform, 'azure').map((site) => {
      const contract = { platform, site: site.siteName, authentications: azureAuthentications };
      return contractOf(contract, service).map((entry) => {
        if (entry.kind !== 'value') return { ...entry, text: '' };
        const { noun } = entry.source;
        return {
          ...entry,
          text: noun === 'services' ? '' : azureValue(entry.source, { platform, site, principalId: 'same' }),
        };
      });
    });

  const checkRegions = (property: (platform: Platform) => void): void =>
    fc.assert(
      fc.property(arbitraryRegions, (definition) => {
        property(resolved(definition));
      }),
      { numRuns: 30 },
    );

  test('resolves', () => {
    fc.assert(
      fc.property(arbitraryRegions, (definition) => {
        expect(problemsOf(definition)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('tells a service the same variables on both sites', () =>
    checkRegions((platform) => {
      for (const service of Object.keys(platform.services)) {
        const [here, there] = told(platform, service);
        expect(there?.map(({ variable }) => variable)).toEqual(here?.map(({ variable }) => variable));
      }
    }));

  test('leads both sites to the same databases, queues and topics, and each to caches of its own', () =>
    checkRegions((platform) => {
      for (const service of Object.keys(platform.services)) {
        const [here = [], there = []] = told(platform, service);
        for (const [index, entry] of here.entries()) {
          if (entry.kind !== 'value') continue;
          const { field, noun } = entry.source;
          const isOwn = noun === 'caches' && field === 'host';
          const isShared =
            field === 'port' || (field === 'host' && noun === 'databases') || noun === 'queues' || noun === 'topics';
          if (isOwn) expect(there[index]?.text).not.toBe(entry.text);
          if (isShared) expect(there[index]?.text).toBe(entry.text);
        }
      }
    }));
});
