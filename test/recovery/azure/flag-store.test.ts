import { firstThatAnswers, flagStore, type FlagStore } from '../../../lib/recovery/azure/flag-store';

const host = 'https://appcs-shop.azconfig.io';
const version = 'api-version=2023-11-01';
const item = (minute: number, value = 'v') => ({
  key: '.appconfig.featureflag/cart',
  label: null,
  etag: `e${minute}`,
  content_type: 'application/vnd.microsoft.appconfig.ff+json;charset=utf-8',
  value,
  last_modified: `2026-11-03T09:${String(minute).padStart(2, '0')}:00.5+00:00`,
  tags: [],
});
const at = (minute: number): number => Date.parse(`2026-11-03T09:${String(minute).padStart(2, '0')}:00.500Z`);

/** A store that answers by path, and says what it was asked. */
function world(answers: Readonly<Record<string, { readonly status?: number; readonly body?: unknown }>>) {
  const asked: { readonly request: string; readonly headers: unknown; readonly body: unknown }[] = [];
  const store = flagStore(host, {
    token: async () => Promise.resolve('secret-token'),
    fetch: async (url, { body, headers, method = 'GET' }) => {
      const request = `${method} ${url.slice(host.length)}`;
      asked.push({ request, headers, body: body === undefined ? undefined : JSON.parse(body as string) });
      const { body: told = {}, status = 200 } = answers[request] ?? { status: 404 };
      return Promise.resolve({
        ok: status < 300,
        status,
        json: async () => Promise.resolve(told),
        text: async () => Promise.resolve(JSON.stringify(told)),
      });
    },
  });
  return { asked, store };
}

const listed = `GET /kv?key=.appconfig.featureflag%2F*&label=%00&${version}`;
const remembered = `GET /revisions?key=.appconfig.featureflag%2Fcart&label=%00&${version}`;
const put = `PUT /kv/.appconfig.featureflag%2Fcart?${version}`;
const kept = {
  key: '.appconfig.featureflag/cart',
  value: 'v',
  etag: 'e20',
  at: at(20),
  contentType: 'application/vnd.microsoft.appconfig.ff+json;charset=utf-8',
  tags: {},
};

describe('a store of flags', () => {
  test('tells its entries, page after page, to whom has a token', async () => {
    const { asked, store } = world({
      [listed]: { body: { items: [item(20)], '@nextLink': '/kv?after=x' } },
      'GET /kv?after=x': { body: { items: [{ ...item(10), tags: { rollout: 'moved' }, content_type: null }] } },
    });
    await expect(store.list('.appconfig.featureflag/')).resolves.toEqual([
      kept,
      { ...kept, etag: 'e10', at: at(10), contentType: '', tags: { rollout: 'moved' } },
    ]);
    expect(asked.map(({ headers }) => headers)).toEqual(
      [1, 2].map(() => expect.objectContaining({ authorization: 'Bearer secret-token' })),
    );
  });

  test('tells what an entry was before it is what it is, the newest first', async () => {
    const { store } = world({ [remembered]: { body: { items: [item(5), item(20), item(30), item(10)] } } });
    await expect(store.earlier(kept)).resolves.toEqual([
      { ...kept, etag: 'e10', at: at(10) },
      { ...kept, etag: 'e5', at: at(5) },
    ]);
  });

  test('takes the name of an entry by the letter', async () => {
    const { asked, store } = world({});
    await expect(store.earlier({ ...kept, key: 'a*,b\\' })).rejects.toThrow('answered 404');
    expect(asked[0]?.request).toBe(`GET /revisions?key=a%5C*%5C%2Cb%5C%5C&label=%00&${version}`);
  });

  test.each([
    ['was written by nobody meanwhile', 200, true],
    ['somebody else wrote', 412, false],
  ])('writes what %s', async (_what, status, isWritten) => {
    const { asked, store } = world({ [put]: { status } });
    await expect(store.write(kept, 'w', { rollout: 'moved' })).resolves.toBe(isWritten);
    expect(asked).toEqual([
      {
        request: put,
        headers: expect.objectContaining({
          'if-match': '"e20"',
          'content-type': 'application/vnd.microsoft.appconfig.kv+json',
        }),
        body: { value: 'w', content_type: kept.contentType, tags: { rollout: 'moved' } },
      },
    ]);
  });

  test.each([403, 409, 429, 503])('fails when it answers %i', async (status) => {
    const { store } = world({ [listed]: { status, body: { title: 'no' } }, [put]: { status, body: { title: 'no' } } });
    await expect(store.list('.appconfig.featureflag/')).rejects.toThrow(`answered ${status}: {"title":"no"}`);
    await expect(store.write(kept, 'w', {})).rejects.toThrow(`answered ${status}: {"title":"no"}`);
  });
});

describe('of a store and its copy', () => {
  const answering = (answer: Promise<readonly []>): FlagStore => ({
    list: async () => answer,
    earlier: async () => Promise.resolve([]),
    write: async () => Promise.resolve(true),
  });
  const lost = () => answering(Promise.reject(new Error('the region is lost')));

  test('the store is asked first, and the copy when it does not answer', async () => {
    const [store, copy] = [answering(Promise.resolve([])), answering(Promise.resolve([]))];
    await expect(firstThatAnswers([store, copy], 'f')).resolves.toEqual({ store, entries: [] });
    await expect(firstThatAnswers([lost(), copy], 'f')).resolves.toEqual({ store: copy, entries: [] });
  });

  test('fails when none answers, and says why', async () => {
    await expect(firstThatAnswers([lost(), lost()], 'f')).rejects.toThrow(
      'no store answers: Error: the region is lost; Error: the region is lost',
    );
  });
});
