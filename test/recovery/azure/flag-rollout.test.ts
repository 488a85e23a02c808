import { failingServices } from '../../../lib/recovery/azure/failing-services';
import { turnFlags } from '../../../lib/recovery/azure/flag-rollout';
import type { FlagStore } from '../../../lib/recovery/azure/flag-store';
import type { Kept } from '../../../lib/recovery/azure/flag-turn';
import { audienceIn } from '../../../lib/recovery/azure/flag-value';
import { definition, entry, on } from '../../support/flag-entries';

const rollout = { minutes: 20, stepPercent: 20, bakeMinutes: 15 };

/** A store of entries, in which somebody may write at the same time, and what was told. */
function world(
  entries: readonly Kept[],
  { earlier = [], failing = [], overtaken = false }: { earlier?: Kept[]; failing?: string[]; overtaken?: boolean } = {},
) {
  const [written, told, asked]: [Kept[], unknown[], string[]] = [[], [], []];
  const store: FlagStore = {
    list: async (beginning) => Promise.resolve(entries.filter(({ key }) => key.startsWith(beginning))),
    earlier: async ({ key }) => {
      asked.push(key);
      return Promise.resolve(earlier);
    },
    write: async (kept, value, tags) => {
      if (!overtaken) written.push({ ...kept, value, tags });
      return Promise.resolve(!overtaken);
    },
  };
  return {
    written,
    told,
    asked,
    stores: [store],
    failing: async () => Promise.resolve(failing),
    now: () => 101 * 60_000,
    tell: (line: unknown) => told.push(line),
  };
}

describe('a turn of a set', () => {
  test('puts back what was changed lately when a service fails, and says so', async () => {
    const given = world([entry(100, on(50))], { earlier: [entry(0, on(5))], failing: ['order'] });
    await turnFlags(given, rollout);
    expect(given.written.map(({ value }) => audienceIn(value))).toEqual([on(5)]);
    expect(given.told).toEqual([
      { did: 'taken back', flag: 'cart', from: 'on for 50%', to: 'on for 5%', failing: ['order'] },
      { did: 'turned', flags: 1, failing: ['order'] },
    ]);
  });

  test('goes on with what a definition says while services are well', async () => {
    const given = world([entry(0, on(5)), definition(100, on(50))]);
    await turnFlags(given, rollout);
    expect(given.told[0]).toEqual({ did: 'moved', flag: 'cart', from: 'on for 5%', to: 'on for 14%', failing: [] });
  });

  test('asks nothing of a flag that is settled, and tells that it was there', async () => {
    const given = world([entry(0, on(5)), definition(0, on(5))], { failing: ['order'] });
    await turnFlags(given, rollout);
    expect([given.asked, given.written]).toEqual([[], []]);
    expect(given.told).toEqual([{ did: 'turned', flags: 1, failing: ['order'] }]);
  });

  test.each([
    ['waits', world([entry(0, on(5)), definition(100, on(50))], { failing: ['order'] }), 'waits'],
    [
      'lets who wrote meanwhile have it',
      world([entry(0, on(5)), definition(100, on(50))], { overtaken: true }),
      'overtaken',
    ],
  ])('%s, and says so', async (_what, given, did) => {
    await turnFlags(given, rollout);
    expect(given.written).toEqual([]);
    expect(given.told[0]).toMatchObject({ did, flag: 'cart' });
  });

  test('fails when a flag cannot have its turn, after the others had theirs', async () => {
    const spoilt = { ...entry(100, on(50)), key: '.appconfig.featureflag/broken', value: 'no' };
    const given = world([
      spoilt,
      entry(0, on(5)),
      definition(100, on(50)),
      { ...definition(101, on(1)), key: 'definition/broken' },
    ]);
    await expect(turnFlags(given, rollout)).rejects.toThrow(/^flags without their turn: broken: .*not valid JSON/);
    expect(given.written).toHaveLength(1);
    expect(given.told).not.toContainEqual(expect.objectContaining({ did: 'turned' }));
  });

  test('fails when it is not known who fails, and changes nothing', async () => {
    const given = world([entry(0, on(5)), definition(100, on(50))]);
    const blind = { ...given, failing: async () => Promise.reject(new Error('no figures')) };
    await expect(turnFlags(blind, rollout)).rejects.toThrow('no figures');
    expect(given.written).toEqual([]);
  });
});

describe('services that fail', () => {
  const asked: string[] = [];
  const prometheus = (status: number, body: unknown) => async (url: string) => {
    asked.push(url);
    return Promise.resolve({ status, json: async () => Promise.resolve(body) });
  };
  const vector = (...services: readonly string[]) => ({
    status: 'success',
    data: { resultType: 'vector', result: services.map((service) => ({ metric: { service }, value: [1, '7'] })) },
  });

  test('are named by Prometheus', async () => {
    await expect(failingServices(prometheus(200, vector('web', 'order')), 'http://p:80', 'a > 1')).resolves.toEqual([
      'order',
      'web',
    ]);
    await expect(failingServices(prometheus(200, vector()), 'http://p:80', 'a > 1')).resolves.toEqual([]);
    expect(asked[0]).toBe('http://p:80/api/v1/query?query=a%20%3E%201');
  });

  test.each([
    ['it cannot be asked so', 400, { status: 'error', error: 'parse error' }],
    ['it tells one number', 200, { status: 'success', data: { resultType: 'scalar', result: [1, '2'] } }],
    ['it tells nothing', 200, {}],
  ])('are not known when %s', async (_what, status, body) => {
    await expect(failingServices(prometheus(status, body), 'http://p:80', 'a')).rejects.toThrow(
      `http://p:80 must tell which services fail, answered ${status}`,
    );
  });
});
