import type { Kept } from './flag-turn';

/** What a store of flags is asked. */
export interface FlagStore {
  /** Entries whose key begins so, as they are. */
  readonly list: (beginning: string) => Promise<readonly Kept[]>;
  /** What an entry was before it was written as it is, the newest first; as far back as the store remembers, which is 30 days. */
  readonly earlier: (entry: Kept) => Promise<readonly Kept[]>;
  /** Writes an entry, unless somebody else wrote it meanwhile: whether it did. */
  readonly write: (entry: Kept, value: string, tags: Kept['tags']) => Promise<boolean>;
}

/** What asking needs of the world. */
export interface StoreWorld {
  readonly fetch: (url: string, init: RequestInit) => Promise<Pick<Response, 'json' | 'ok' | 'status' | 'text'>>;
  readonly token: () => Promise<string>;
}

/** An entry as the store tells it. */
interface Item {
  readonly key: string;
  readonly value?: string | null;
  readonly etag: string;
  readonly last_modified: string;
  readonly content_type?: string | null;
  readonly tags?: Readonly<Record<string, string>> | readonly never[] | null;
}

interface Page {
  readonly items: readonly Item[];
  readonly '@nextLink'?: string | null;
}

const version = 'api-version=2023-11-01';

/** Entries without a label, as all are that services ask for. */
const unlabelled = 'label=%00';

/** How long a request may take, in milliseconds. */
const patience = 10_000;

const somebodyElseWrote = 412;

const keptOf = ({ content_type: contentType, etag, key, last_modified: at, tags, value }: Item): Kept => ({
  key,
  value: value ?? '',
  etag,
  at: Date.parse(at),
  contentType: contentType ?? '',
  tags: Object.fromEntries(Object.entries(tags ?? {})),
});

/** A word of a filter: what stands for others is taken by itself. */
const literal = (text: string): string => encodeURIComponent(text.replaceAll(/[*,\\]/g, String.raw`\$&`));

/**
 * A store of App Configuration.
 *
 * @param host `https://` and its name.
 */
export function flagStore(host: string, world: StoreWorld): FlagStore {
  const ask = async (path: string, init: RequestInit = {}) =>
    world.fetch(`${host}${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${await world.token()}` },
      signal: AbortSignal.timeout(patience),
    });
  const all = async (path: string): Promise<readonly Kept[]> => {
    const answer = await ask(path);
    if (!answer.ok) throw new Error(`${host}${path} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    const { '@nextLink': next, items } = (await answer.json()) as Page;
    return [...items.map(keptOf), ...(typeof next === 'string' ? await all(next) : [])];
  };
  return {
    list: async (beginning) => all(`/kv?key=${literal(beginning)}*&${unlabelled}&${version}`),
    earlier: async ({ at, key }) => {
      const revisions = await all(`/revisions?key=${literal(key)}&${unlabelled}&${version}`);
      return revisions.filter((each) => each.at < at).sort((one, other) => other.at - one.at);
    },
    write: async ({ contentType, etag, key }, value, tags) => {
      const answer = await ask(`/kv/${encodeURIComponent(key)}?${version}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/vnd.microsoft.appconfig.kv+json', 'if-match': `"${etag}"` },
        body: JSON.stringify({ value, content_type: contentType, tags }),
      });
      if (answer.status === somebodyElseWrote) return false;
      if (answer.ok) return true;
      throw new Error(`PUT ${host}/kv/${key} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    },
  };
}

/** The first store that tells its entries: that of the other region answers where this one does not. */
export async function firstThatAnswers(
  stores: readonly FlagStore[],
  beginning: string,
): Promise<{ readonly store: FlagStore; readonly entries: readonly Kept[] }> {
  const refusals: unknown[] = [];
  for (const store of stores) {
    try {
      return { store, entries: await store.list(beginning) };
    } catch (error) {
      refusals.push(error);
    }
  }
  throw new AggregateError(refusals, `no store answers: ${refusals.map(String).join('; ')}`);
}
