/** A pool of two versions of a service in API Management, as Azure's own interface tells of it. */
interface Pool {
  readonly properties?: {
    readonly pool?: { readonly services?: readonly PoolMember[] };
  };
}

interface PoolMember {
  readonly id: string;
  readonly priority?: number;
  readonly weight?: number;
}

/** What moving weights needs of the world. */
export interface PoolWorld {
  readonly fetch: (url: string, init: RequestInit) => Promise<Pick<Response, 'ok' | 'status' | 'text'>>;
  /** A token for Azure's own interface. */
  readonly token: () => Promise<string>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Where Azure is asked, and by which version of its interface. */
const at = (pool: string): string => `https://management.azure.com${pool}?api-version=2024-05-01`;

/** Tries of each request, and the pause before the next one, in milliseconds. */
const tries = 5;
const pause = 3000;

/** How long a request may take, in milliseconds. */
const patience = 20_000;

/** What the new version's backend ends with. */
const canary = '-canary';

/**
 * Gives a share of the requests to the new version of a service, and the rest to the old one, and sees that it is so.
 *
 * @param pool Id of the pool.
 * @param percent Share of the new version, 0 to 100.
 * @throws Error if the pool has not two versions, or Azure refuses, or tells of other weights afterwards
 */
export async function movePoolWeights(world: PoolWorld, pool: string, percent: number): Promise<void> {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    throw new Error(`percent must be a whole number, 0 to 100, got ${percent}`);
  }
  const services = weighed(await membersOf(world, pool), pool, percent);
  await ask(world, pool, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'if-match': '*' },
    body: JSON.stringify({ properties: { type: 'Pool', pool: { services } } }),
  });
  const after = await membersOf(world, pool);
  const got = after.find(({ id }) => id.endsWith(canary))?.weight;
  if (got !== percent) throw new Error(`${pool} must send ${percent}% to the new version, got ${String(got)}%`);
}

const membersOf = async (world: PoolWorld, pool: string): Promise<readonly PoolMember[]> =>
  (JSON.parse(await ask(world, pool, { method: 'GET' })) as Pool).properties?.pool?.services ?? [];

function weighed(members: readonly PoolMember[], pool: string, percent: number): readonly PoolMember[] {
  const fresh = members.filter(({ id }) => id.endsWith(canary));
  if (members.length !== 2 || fresh.length !== 1) {
    throw new Error(
      `${pool} must have an old and a new version, got ${members.map(({ id }) => id).join(', ') || 'none'}`,
    );
  }
  return members.map((each) => ({ ...each, weight: fresh.includes(each) ? percent : 100 - percent }));
}

/** Asks Azure, again where it was too busy; the answer's text. */
async function ask(world: PoolWorld, pool: string, init: RequestInit): Promise<string> {
  for (let turn = 1; ; turn += 1) {
    const answer = await world.fetch(at(pool), {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${await world.token()}` },
      signal: AbortSignal.timeout(patience),
    });
    const text = await answer.text();
    if (answer.ok) return text;
    const isBusy = answer.status === 429 || answer.status >= 500;
    if (!isBusy || turn === tries) {
      throw new Error(`${init.method ?? 'GET'} ${pool} answered ${answer.status}: ${text.slice(0, 500)}`);
    }
    await world.sleep(pause * turn);
  }
}
