import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadModule } from '../../support/load-module';

interface Module {
  readonly createHandler: (uses: object) => (request: object, context: object) => Promise<void>;
}
interface Stored {
  readonly uid: string;
  readonly folder?: string;
  readonly [field: string]: unknown;
}

const { createHandler } = loadModule<Module>('lib/aws/handlers/dashboards/index.mjs', {
  '@aws-sdk/client-grafana': { Grafana: class {} },
});

const host = 'g-0123456789.grafana-workspace.ap-southeast-1.amazonaws.com';
const key = 'glsa_secret';

/** What Grafana holds, and what it was asked; as far as the function uses it, it answers as Grafana does. */
const held: Record<'datasources' | 'dashboards' | 'folders', Map<string, Stored>> = {
  datasources: new Map(),
  dashboards: new Map(),
  folders: new Map(),
};
const asked: string[] = [];
/** What is answered first, whatever is asked, one after the other. */
let refusals: number[] = [];

function answer(method: string, path: string, body: Record<string, unknown>): readonly [number, unknown] {
  const url = new URL(path, `https://${host}`);
  const [, , kind = '', ...ids] = url.pathname.split('/');
  const id = ids.at(-1) ?? '';
  if (kind === 'search') {
    const inside = [...held.dashboards.values()].filter(({ folder }) => folder === url.searchParams.get('folderUIDs'));
    return [200, inside.map(({ uid }) => ({ uid }))];
  }
  if (kind === 'dashboards' && method === 'POST') {
    const dashboard = body['dashboard'] as Stored;
    if (held.dashboards.has(dashboard.uid) && body['overwrite'] !== true) return [412, 'version mismatch'];
    held.dashboards.set(dashboard.uid, { ...dashboard, folder: String(body['folderUid']) });
    return [200, {}];
  }
  const kept = held[kind as 'datasources' | 'folders'];
  if (method === 'POST') {
    if (kept.has(String(body['uid']))) return [409, 'already exists'];
    kept.set(String(body['uid']), body as Stored);
    return [200, {}];
  }
  if (!kept.has(id)) return [404, 'not found'];
  if (method === 'DELETE') kept.delete(id);
  if (method === 'PUT') kept.set(id, { uid: id, ...body });
  return [200, {}];
}

const source = (uid: string, more: object = {}) => JSON.stringify({ uid, type: 'prometheus', ...more });
const page = (uid: string, title = uid) => JSON.stringify({ uid, title, panels: [] });

const properties = {
  ServiceToken: 'token',
  Workspace: 'g-0123456789',
  Endpoint: host,
  Folder: { Uid: 'shop', Title: 'Shop' },
  DataSources: [source('figures')],
  Dashboards: [page('overview'), page('order')],
};
const event = {
  RequestType: 'Create',
  RequestId: 'request-1',
  ResponseURL: 'https://answers.example.com/signed',
  StackId: 'stack-1',
  LogicalResourceId: 'Written',
  ResourceProperties: properties,
};

describe('the function that writes dashboards', () => {
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (part) => (text += String(part)));
      request.on('end', () => {
        const { method = '', url = '' } = request;
        asked.push(`${method} ${url.split('?')[0]}`);
        const refused = refusals.shift();
        const [status, body] =
          refused !== undefined
            ? [refused, `refused ${key.length}`]
            : request.headers.authorization === `Bearer ${key}`
              ? answer(method, url, text === '' ? {} : (JSON.parse(text) as Record<string, unknown>))
              : [401, 'no key'];
        response.writeHead(status).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await new Promise((closed) => server.close(closed));
  });
  beforeEach(() => {
    for (const kept of Object.values(held)) kept.clear();
    asked.length = 0;
    refusals = [];
  });

  async function run(
    change: object = {},
    { accounts = [[]], milliseconds = 600_000, unreachable = false }: Partial<Surroundings> = {},
  ) {
    const answers: Record<string, string>[] = [];
    const keys: object[] = [];
    const pause = jest.fn(() => Promise.resolve());
    const createWorkspaceServiceAccount = jest.fn((_input: object) => Promise.resolve({ id: 'made' }));
    const workspaces = {
      createWorkspaceServiceAccount,
      listWorkspaceServiceAccounts: ({ nextToken = '0' }: { nextToken?: string }) => {
        const next = Number(nextToken) + 1;
        return Promise.resolve({
          serviceAccounts: accounts[Number(nextToken)]?.map((name) => ({ id: `id of ${name}`, name })),
          ...(next < accounts.length ? { nextToken: String(next) } : {}),
        });
      },
      createWorkspaceServiceAccountToken: (input: object) => {
        keys.push({ made: input });
        return Promise.resolve({ serviceAccountToken: { id: 'token-1', key } });
      },
      deleteWorkspaceServiceAccountToken: (input: object) => {
        keys.push({ taken: input });
        return Promise.resolve({});
      },
    };
    await createHandler({
      workspaces,
      pause,
      request: (url: string, options: object) => {
        expect(new URL(url).host).toBe(host);
        if (unreachable) return Promise.reject(new Error('connect ECONNREFUSED'));
        return fetch(url.replace(`https://${host}`, `http://127.0.0.1:${port}`), options);
      },
      answer: (_url: string, body: Record<string, string>) => {
        answers.push(body);
        return Promise.resolve();
      },
    })({ ...event, ...change }, { getRemainingTimeInMillis: () => milliseconds - 5000 * pause.mock.calls.length });
    return { answers, keys, pause, createWorkspaceServiceAccount };
  }
  interface Surroundings {
    /** Names of service accounts, page by page. */
    readonly accounts: readonly (readonly string[])[];
    readonly milliseconds: number;
    readonly unreachable: boolean;
  }

  test('makes a folder, data sources and dashboards, and tells CloudFormation', async () => {
    const { answers } = await run();
    expect(held.folders.get('shop')).toMatchObject({ title: 'Shop' });
    expect(held.datasources.get('figures')).toMatchObject({ type: 'prometheus' });
    expect([...held.dashboards.keys()]).toEqual(['overview', 'order']);
    expect(held.dashboards.get('order')).toMatchObject({ folder: 'shop' });
    expect(answers).toEqual([
      {
        Status: 'SUCCESS',
        Reason: 'Data sources and dashboards are written.',
        PhysicalResourceId: 'g-0123456789/shop',
        StackId: 'stack-1',
        RequestId: 'request-1',
        LogicalResourceId: 'Written',
      },
    ]);
  });

  test('writes the same again, and changes what changed', async () => {
    await run();
    const { answers } = await run({
      RequestType: 'Update',
      ResourceProperties: {
        ...properties,
        Folder: { Uid: 'shop', Title: 'The shop' },
        DataSources: [source('figures', { url: 'https://elsewhere' })],
        Dashboards: [page('overview', 'All'), page('order')],
      },
      OldResourceProperties: properties,
    });
    expect(answers).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'g-0123456789/shop' })]);
    expect(held.folders.get('shop')).toMatchObject({ title: 'The shop' });
    expect(held.datasources.get('figures')).toMatchObject({ url: 'https://elsewhere' });
    expect(held.dashboards.get('overview')).toMatchObject({ title: 'All' });
  });

  test('takes away what is no longer told, and nothing of people', async () => {
    await run({ ResourceProperties: { ...properties, DataSources: [source('figures'), source('traces')] } });
    held.dashboards.set('own', { uid: 'own', folder: 'people' });
    held.dashboards.set('stray', { uid: 'stray', folder: 'shop' });
    held.datasources.set('by-hand', { uid: 'by-hand' });
    await run({
      RequestType: 'Update',
      ResourceProperties: { ...properties, Dashboards: [page('overview')] },
      OldResourceProperties: { ...properties, DataSources: [source('figures'), source('traces')] },
    });
    expect([...held.dashboards.keys()].sort()).toEqual(['overview', 'own']);
    expect([...held.datasources.keys()].sort()).toEqual(['by-hand', 'figures']);
  });

  test('works by a key that holds for a quarter of an hour and is taken away', async () => {
    const { keys } = await run();
    const of = { workspaceId: 'g-0123456789', serviceAccountId: 'made' };
    expect(keys).toEqual([
      { made: { ...of, name: 'request-1', secondsToLive: 900 } },
      { taken: { ...of, tokenId: 'token-1' } },
    ]);
  });

  test('is known by one account, made once', async () => {
    const first = await run({}, { accounts: [['others']] });
    expect(first.createWorkspaceServiceAccount.mock.calls).toEqual([
      [{ workspaceId: 'g-0123456789', name: 'written-by-code', grafanaRole: 'ADMIN' }],
    ]);
    const again = await run({}, { accounts: [['others'], ['written-by-code']] });
    expect(again.createWorkspaceServiceAccount).not.toHaveBeenCalled();
    expect(again.keys[0]).toMatchObject({ made: { serviceAccountId: 'id of written-by-code' } });
  });

  test.each([[503], [429], [401]])('tries again after %s, which passes', async (status) => {
    refusals = [status, status];
    const { answers, pause } = await run();
    expect(pause.mock.calls).toEqual([[5000], [5000]]);
    expect(answers).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
    expect([...held.dashboards.keys()]).toEqual(['overview', 'order']);
  });

  test('leaves everything when it is taken away: the workspace outlives its stack', async () => {
    await run();
    asked.length = 0;
    const { answers, keys } = await run({ RequestType: 'Delete', PhysicalResourceId: 'g-0123456789/shop' });
    expect([asked, keys]).toEqual([[], []]);
    expect(answers).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'g-0123456789/shop' })]);
  });

  test('fails when Grafana refuses, at once, and says why without its key', async () => {
    refusals = [403];
    const { answers, keys, pause } = await run();
    expect(pause).not.toHaveBeenCalled();
    expect(answers).toEqual([
      expect.objectContaining({
        Status: 'FAILED',
        Reason: expect.stringContaining('GET /api/folders/shop was answered 403'),
      }),
    ]);
    expect(JSON.stringify(answers)).not.toContain(key);
    expect(keys[1]).toMatchObject({ taken: { tokenId: 'token-1' } });
  });

  test('fails when the workspace is not reached in time, with time to take its key away', async () => {
    const { answers, keys, pause } = await run({}, { unreachable: true, milliseconds: 90_000 });
    expect(pause).toHaveBeenCalledTimes(2);
    expect(answers).toEqual([
      expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining('ECONNREFUSED') }),
    ]);
    expect(keys).toHaveLength(2);
  });
});
