import { movePoolWeights, type PoolWorld } from '../../../lib/recovery/azure/pool-weights';

const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim/backends';
const pool = `${id}/order`;

/** A pool as Azure tells and takes it, which is too busy for some first requests. */
function world({ busy = 0, keeps = false, ids = [`${id}/order-stable`, `${id}/order-canary`], status = 503 } = {}) {
  let services = ids.map((each, index) => ({ id: each, priority: 1, weight: index === 0 ? 100 : 0 }));
  const asked: string[] = [];
  const answer = (code: number, body: unknown) => ({
    ok: code < 400,
    status: code,
    text: async () => Promise.resolve(JSON.stringify(body)),
  });
  const made: PoolWorld & { readonly asked: string[]; weights(): readonly number[] } = {
    asked,
    weights: () => services.map(({ weight }) => weight),
    token: async () => Promise.resolve('secret-token'),
    sleep: async () => Promise.resolve(),
    fetch: async (url, { body, headers, method = 'GET' }) => {
      asked.push(`${method} ${url}`);
      expect(headers).toMatchObject({ authorization: 'Bearer secret-token' });
      if (asked.length <= busy) return Promise.resolve(answer(status, { error: 'too busy' }));
      if (method === 'PATCH' && !keeps) {
        services = (JSON.parse(body as string) as { properties: { pool: { services: typeof services } } }).properties
          .pool.services;
      }
      return Promise.resolve(answer(200, { properties: { type: 'Pool', pool: { services } } }));
    },
  };
  return made;
}

describe('moving the weights of a pool', () => {
  test.each([
    [0, [100, 0]],
    [5, [95, 5]],
    [100, [0, 100]],
  ])('to %d percent', async (percent, weights) => {
    const azure = world();
    await movePoolWeights(azure, pool, percent);
    expect(azure.weights()).toEqual(weights);
    expect(azure.asked).toEqual(
      ['GET', 'PATCH', 'GET'].map((method) => `${method} https://management.azure.com${pool}?api-version=2024-05-01`),
    );
  });

  test('is tried again while Azure is too busy', async () => {
    const azure = world({ busy: 3 });
    await movePoolWeights(azure, pool, 25);
    expect(azure.weights()).toEqual([75, 25]);
  });

  test.each<readonly [string, Parameters<typeof world>[0], number, string]>([
    ['Azure refuses', { busy: 1, status: 403 }, 5, 'answered 403'],
    ['Azure stays too busy', { busy: 9 }, 5, 'answered 503'],
    ['the weights are others afterwards', { keeps: true }, 5, 'must send 5% to the new version, got 0%'],
    ['the pool has one version', { ids: [`${id}/order-stable`] }, 5, 'an old and a new version'],
    ['the pool has two new ones', { ids: [`${id}/a-canary`, `${id}/b-canary`] }, 5, 'an old and a new version'],
    ['the share is more than all', {}, 101, '0 to 100, got 101'],
    ['the share is no number', {}, NaN, '0 to 100, got NaN'],
  ])('fails when %s', async (_, how, percent, message) => {
    await expect(movePoolWeights(world(how), pool, percent)).rejects.toThrow(message);
  });
});
