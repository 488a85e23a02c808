import { ContainerServiceClient } from '@azure/arm-containerservice';
import { raiseNodes } from '../../../lib/recovery/azure/node-pool';
import { AnsweringServer, contextOf, TestClock, type Answer, type Question } from '../../support/answering-server';

const subscription = '00000000-0000-4000-8000-000000000001';
const place = { resourceGroup: 'rg-retailflow-production-cluster', cluster: 'aks-retailflow', pool: 'services' };
const pathOfPool =
  `/subscriptions/${subscription}/resourceGroups/${place.resourceGroup}` +
  `/providers/Microsoft.ContainerService/managedClusters/${place.cluster}/agentPools/${place.pool}`;

/** A pool as Azure Resource Manager tells and takes it. */
class Pool {
  public properties: Record<string, unknown> = {
    count: 3,
    minCount: 3,
    maxCount: 12,
    enableAutoScaling: true,
    vmSize: 'Standard_D8ds_v5',
    mode: 'User',
    eTag: '7c1f',
    provisioningState: 'Succeeded',
  };

  public readonly answer = ({ body, headers, method, path }: Question): Answer => {
    if (!path.startsWith(`${pathOfPool}?api-version=`)) return { status: 404, body: { error: { code: 'NotFound' } } };
    if (method === 'PUT') {
      if (this.properties['provisioningState'] !== 'Succeeded')
        return { status: 409, body: { error: { code: 'OperationNotAllowed', message: 'an update is in progress' } } };
      if (headers['if-match'] !== this.properties['eTag'])
        return { status: 412, body: { error: { code: 'PreconditionFailed', message: 'it has changed' } } };
      const given = (JSON.parse(body) as { readonly properties: object }).properties;
      this.properties = { ...this.properties, ...given, provisioningState: 'Updating', eTag: '7c20' };
    }
    return { status: method === 'PUT' ? 201 : 200, body: { id: path, name: place.pool, properties: this.properties } };
  };
}

describe('raising the nodes of a cluster', () => {
  let pool: Pool;
  let server: AnsweringServer;
  let clock: TestClock;
  const step = (nodes = 12) => {
    const client = new ContainerServiceClient(
      { getToken: () => Promise.resolve({ token: 'test', expiresOnTimestamp: Date.now() + 3_600_000 }) },
      subscription,
      { endpoint: server.url, allowInsecureConnection: true, retryOptions: { maxRetries: 2, retryDelayInMs: 1 } },
    );
    // Tokens go over TLS alone, and this server has none.
    client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
    return raiseNodes(client, place, nodes);
  };
  const puts = () => server.asked.filter(({ method }) => method === 'PUT');

  beforeEach(async () => {
    pool = new Pool();
    clock = new TestClock();
    server = await AnsweringServer.start(pool.answer);
  });
  afterEach(() => server.stop());

  test('changes how many always stand and nothing else, and does not wait for them', async () => {
    const raise = step();
    expect(await raise.check(contextOf(clock), undefined)).toEqual({ state: 'due', because: 'at least 3 stand, 3 do' });
    const facts = await raise.run(contextOf(clock));
    expect(facts).toEqual({ before: 3, nodes: 12 });
    expect(pool.properties).toMatchObject({ count: 3, minCount: 12, maxCount: 12, vmSize: 'Standard_D8ds_v5' });
    await raise.verify(contextOf(clock), facts);
    expect(puts()).toHaveLength(1);
    expect(clock.time).toBe(Date.parse('2026-11-28T10:00:00Z'));
  });

  test('does nothing when they stand, or more of them', async () => {
    pool.properties['minCount'] = 14;
    expect(await step().check(contextOf(clock), undefined)).toMatchObject({ state: 'done' });
    await step().run(contextOf(clock));
    expect(puts()).toEqual([]);
  });

  test('waits for another change of the cluster', async () => {
    pool.properties['provisioningState'] = 'Upgrading';
    clock.onSleep = () => {
      pool.properties['provisioningState'] = 'Succeeded';
    };
    await step().run(contextOf(clock));
    expect(pool.properties['minCount']).toBe(12);
  });

  test('fails when another change does not end, and says how to go on without nodes', async () => {
    pool.properties['provisioningState'] = 'Upgrading';
    await expect(step().run(contextOf(clock))).rejects.toThrow(/is Upgrading since 600 s: .*--without nodes/);
    expect(puts()).toEqual([]);
  });

  test('bears a server that is busy and a connection that is cut off', async () => {
    server.faults.push({ status: 503, body: { error: { code: 'ServerBusy' } } }, 'cut off');
    await step().run(contextOf(clock));
    expect(pool.properties['minCount']).toBe(12);
  });

  test('fails when Azure refuses, with its words', async () => {
    server.faults.push(
      { body: { properties: { ...pool.properties } } },
      { status: 400, body: { error: { code: 'QuotaExceeded', message: 'the region has no room' } } },
    );
    await expect(step().run(contextOf(clock))).rejects.toThrow('the region has no room');
  });

  test('fails when the change did not succeed', async () => {
    pool.properties = { ...pool.properties, minCount: 12, provisioningState: 'Failed' };
    await expect(step().verify(contextOf(clock), {})).rejects.toThrow(/has 12 nodes at least, Failed: look whether/);
  });
});
