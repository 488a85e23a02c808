import type { Definition } from '../../../lib/platform/definition';
import { applyPatch } from '../../../lib/platform/patch';
import retailflowAzure from '../../../platforms/retailflow-azure';
import { problemsOf } from '../../support/platform';

const catalog = (patch: object): object => ({ databases: { catalog: patch } });
const problems = (patch: object, stage = 'production') =>
  problemsOf(applyPatch(retailflowAzure, patch) as Definition, stage);

describe('databases of Azure SQL', () => {
  test('of the platform have no problem', () => {
    expect(problems({})).toEqual([]);
  });

  test.each([
    [
      'Hyperscale lacks the processors',
      { capacity: { vcpu: 5, memoryGiB: 20 } },
      { path: 'databases.catalog.capacity', allowed: 'of 2, 4, 6, 8,', remedy: 'choose 6 vcpu' },
    ],
    [
      'Hyperscale has no such memory with the processors',
      { capacity: { vcpu: 4, memoryGiB: 64 } },
      { path: 'databases.catalog.capacity', allowed: 'at most 10 GiB for each', remedy: 'choose 8 vcpu' },
    ],
    [
      'Hyperscale is never so large',
      { capacity: { vcpu: 96, memoryGiB: 480 } },
      { path: 'databases.catalog.capacity', allowed: '80 vcpu', remedy: 'less, and divide the database' },
    ],
    [
      'a named replica has a size that Hyperscale lacks',
      { namedReplicas: { reports: { capacity: { vcpu: 3, memoryGiB: 10 } } } },
      { path: 'databases.catalog.namedReplicas.reports.capacity', allowed: 'vcpu', remedy: 'choose 4 vcpu' },
    ],
    [
      'nothing spans zones in a protected stage',
      { readReplicas: 0, peak: null },
      { path: 'databases.catalog.readReplicas', allowed: 'at least 1', remedy: "choose tier 'general'" },
    ],
    [
      'general has no replicas',
      { tier: 'general', peak: null },
      {
        path: 'databases.catalog.readReplicas',
        allowed: 'absent with tier general',
        remedy: "choose tier 'hyperscale'",
      },
    ],
    [
      'the writer and its replicas take fewer connections',
      { peak: { connections: 130_000, activePercent: 1 } },
      { path: 'databases.catalog.peak', allowed: 'at most 120000 connections', remedy: 'add replicas' },
    ],
    [
      'they run fewer statements at once',
      { readReplicas: 1 },
      {
        path: 'databases.catalog.peak',
        allowed: 'at most 800 statements at once',
        remedy: 'raise capacity.vcpu or readReplicas',
      },
    ],
  ])('fails when %s', (_, patch, { allowed, path, remedy }) => {
    expect(problems(catalog(patch))).toEqual([
      expect.objectContaining({
        path,
        allowed: expect.stringContaining(allowed),
        remedy: expect.stringContaining(remedy),
      }),
    ]);
  });

  test('fails when a function has more instances ready than it may have', () => {
    expect(problems({ functions: { payment: { alwaysReady: 41 } } })).toEqual([
      {
        path: 'functions.payment.alwaysReady',
        got: 41,
        allowed: 'at most maxInstances, which is 40',
        remedy: 'lower it, or raise maxInstances',
      },
    ]);
  });

  test.each(['staging', 'development'])('need no replica for zones in %s where nothing is promised', (stage) => {
    expect(problems({}, stage)).toEqual([]);
  });
});
