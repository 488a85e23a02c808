import { azureSite } from '../../../lib/platform/nouns/site';
import type { Definition } from '../../../lib/platform/definition';
import { applyPatch } from '../../../lib/platform/patch';
import { problemsOf, production } from '../../support/platform';
import { techflowWith } from '../../support/techflow';
import { twoAzureSites } from '../../support/two-azure-sites';

const found = (primary: unknown) =>
  problemsOf(techflowWith(production({ sites: { primary } }))).map(({ got, path, remedy }) => ({ path, got, remedy }));

const path = 'stages.production.sites.primary.copies.region';

test('copies are in the pair of the region', () => {
  expect(found({})).toEqual([]);
  expect(found({ copies: null })).toEqual([]);
});

test('fails when messages would be copied elsewhere than backups', () => {
  expect(found({ copies: { region: 'uksouth' } })).toEqual([
    { path, got: 'uksouth', remedy: expect.stringContaining('set northeurope') },
  ]);
});

test('fails when the region has no pair', () => {
  expect(found({ region: 'italynorth' })).toContainEqual({
    path,
    got: 'northeurope',
    remedy: expect.stringContaining('stand in a region that has a pair'),
  });
});

test.each([0, 300, 86_400])('%d s may copies of messages be behind', (messagesLagSeconds) => {
  expect(azureSite.shape.copies.safeParse({ region: 'northeurope', messagesLagSeconds }).success).toBe(true);
});

test.each([1, 299, 86_401])('fails when copies of messages may be %d s behind, which Azure knows not', (lag) => {
  const { error } = azureSite.shape.copies.safeParse({ region: 'northeurope', messagesLagSeconds: lag });
  expect(error?.issues.map(({ message }) => message)).toEqual(['0, or 300 to 86400']);
});

describe('objects that go back', () => {
  const since = '2026-03-01T04:00:00Z';
  const at = (site: string): string => `stages.production.sites.${site}.objectsBackSince`;

  test('go from the second site on Azure to the first', () => {
    expect(problemsOf(twoAzureSites({ objectsBackSince: since }))).toEqual([]);
  });

  test.each(['2026-03-01', '2026-03-01T04:00:00+01:00', '2026-03-01T04:00:00.000Z', 'yesterday'])(
    'fails when they go back since %s',
    (wrong) => {
      const { error } = azureSite.shape.objectsBackSince.safeParse(wrong);
      expect(error?.issues.map(({ message }) => message)).toEqual([
        'a time in UTC, to the second: 2026-03-01T04:00:00Z',
      ]);
    },
  );

  test('fails when they would go back from the first', () => {
    expect(problemsOf(twoAzureSites({}, { sites: { primary: { objectsBackSince: since } } }))).toEqual([
      expect.objectContaining({ path: at('primary'), got: since, remedy: expect.stringContaining('remove it') }),
    ]);
  });

  test('fails when none were copied there', () => {
    const waives = { objects: { reason: 'nobody asks for old reports', minutes: 0 } };
    expect(problemsOf(twoAzureSites({ objectsBackSince: since, waives }))).toEqual([
      expect.objectContaining({
        path: at('recovery'),
        allowed: 'absent where objects are waived: none are copied here, and none go back',
      }),
    ]);
  });
});

describe('two sites on Azure', () => {
  const sites = 'stages.production.sites';
  const answers = (recovery: object, patch: object = {}, more: object = {}) =>
    problemsOf(applyPatch(twoAzureSites(recovery, patch), more) as Definition).map(({ got, path: at }) => ({
      path: at,
      got,
    }));

  test('stand in regions of a pair, in one subscription', () => {
    expect(problemsOf(twoAzureSites())).toEqual([]);
  });

  test.each<readonly [string, object, object]>([
    [
      'the second is not in the pair of the first',
      { region: 'swedencentral' },
      { path: `${sites}.recovery.region`, got: 'swedencentral' },
    ],
    [
      'the second is in another subscription, which shares no identities',
      { subscription: '11111111-0000-4000-8000-000000000000' },
      { path: `${sites}.recovery.subscription`, got: '11111111-0000-4000-8000-000000000000' },
    ],
    [
      'the second is in another tenant',
      { tenant: '11111111-0000-4000-8000-000000000000' },
      { path: `${sites}.recovery.tenant`, got: '11111111-0000-4000-8000-000000000000' },
    ],
    [
      'the second copies what the first one has',
      { copies: { region: 'westeurope' } },
      { path: `${sites}.recovery.copies`, got: { region: 'westeurope', messagesLagSeconds: 300 } },
    ],
    [
      'ranges of the two overlap',
      { network: { cidr: '10.16.0.0/16', pods: '10.76.0.0/14', services: '10.33.0.0/16' } },
      { path: `${sites}.recovery.network.cidr`, got: '10.16.0.0/16' },
    ],
    [
      'the pods of the second do not fit into its range',
      { network: { cidr: '10.32.0.0/16', pods: '10.76.0.0/22', services: '10.33.0.0/16' } },
      { path: `${sites}.recovery.network.pods`, got: '10.76.0.0/22' },
    ],
  ])('fails when %s', (_when, recovery, answer) => {
    expect(answers(recovery)).toContainEqual(answer);
  });

  test('fails when copies of the first go elsewhere than where the second stands', () => {
    const primary = { copies: { region: 'uksouth' } };
    expect(problemsOf(applyPatch(twoAzureSites(), production({ sites: { primary } })) as Definition)).toEqual([
      expect.objectContaining({ path, got: 'uksouth' }),
    ]);
  });

  test('fails when documents are placed on both, which have regions of their own', () => {
    expect(
      answers({}, {}, { documents: { shop: { collections: { orders: { partitionKey: '/customer' } } } } }),
    ).toContainEqual({
      path: 'documents.shop.on',
      got: ['primary', 'recovery'],
    });
  });

  test('fails when a SQL Server database is placed on both', () => {
    const legacy = { engine: 'sqlserver', capacity: { vcpu: 2, memoryGiB: 10 } };
    expect(answers({}, {}, { databases: { legacy } })).toContainEqual({
      path: 'databases.legacy.on',
      got: ['primary', 'recovery'],
    });
  });

  test('fails when the edge serves files that the second has not', () => {
    expect(answers({}, {}, { buckets: { assets: { on: ['primary'] } } })).toContainEqual({
      path: 'buckets.assets.on',
      got: ['primary'],
    });
  });
});
