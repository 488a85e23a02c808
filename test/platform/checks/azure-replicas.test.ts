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

  test('fails when the regions sell no server of one size, which could not take over', () => {
    const pair = { region: 'southeastasia', copies: { region: 'eastasia' } };
    expect(answers({}, { region: 'eastasia' }, { sites: { primary: pair } })).toContainEqual({
      path: 'databases.store.capacity',
      got: { vcpu: 8, memoryGiB: 64 },
      allowed: expect.stringContaining('southeastasia and eastasia sell alike'),
      remedy: expect.stringContaining('MO_Standard_E8ds_v4 is not MO_Standard_E8ds_v5'),
    });
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
