import type { Definition } from '../../../lib/platform/definition';
import { applyPatch } from '../../../lib/platform/patch';
import { problemsOf } from '../../support/platform';
import { twoAzureSites } from '../../support/two-azure-sites';

const answers = (patch: object, ...sites: Parameters<typeof twoAzureSites>) =>
  problemsOf(applyPatch(twoAzureSites(...sites), patch) as Definition);

const buckets = (count: number) => ({
  buckets: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `reports-${String(index).padStart(2, '0')}`,
      { holds: 'uploads', dataClass: 'internal' },
    ]),
  ),
});
const replicas = (readReplicas: number) => ({ databases: { store: { readReplicas } } });

describe('what a second region of Azure has copies of', () => {
  test('is a database with a replica left for it, and as many buckets as Azure copies', () => {
    expect(answers({ ...replicas(4), ...buckets(10) })).toEqual([]);
  });

  test('fails when a database has as many replicas as there can be, and none is left for the second region', () => {
    expect(answers(replicas(5))).toEqual([
      {
        path: 'databases.store.readReplicas',
        got: 5,
        allowed: expect.stringContaining('0 to 4 where both sites are on azure'),
        remedy: expect.stringContaining('lower it to 4'),
      },
    ]);
  });

  test('is a database of one tier, whose machines are of another generation in the second region', () => {
    const pair = { region: 'southeastasia', copies: { region: 'eastasia' } };
    const found = answers({}, { region: 'eastasia' }, { sites: { primary: pair } });
    expect(found.map(({ path }) => path)).not.toContain('databases.store.capacity');
  });

  test('fails when the second region sells no server as large, which could not take over', () => {
    const pair = { region: 'southeastasia', copies: { region: 'eastasia' } };
    const large = { databases: { store: { capacity: { vcpu: 96, memoryGiB: 384 } } } };
    expect(answers(large, { region: 'eastasia' }, { sites: { primary: pair } })).toContainEqual(
      expect.objectContaining({
        path: 'databases.store.capacity',
        allowed: expect.stringContaining('on azure in southeastasia'),
      }),
    );
  });

  test('fails when more buckets hold the like than Azure copies between two accounts, unless nothing is copied', () => {
    const found = {
      path: 'buckets',
      got: expect.arrayContaining(['reports-00', 'reports-10']),
      allowed: expect.stringContaining('10 that hold the like'),
      remedy: expect.stringContaining("place them with on: ['primary']"),
    };
    expect(answers(buckets(11))).toEqual([found]);
    expect(
      answers(buckets(11), { waives: { objects: { reason: 'they are made again from the database', minutes: 0 } } }),
    ).toEqual([]);
  });
});
