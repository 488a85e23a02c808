import { keep, type Witness } from '../../lib/recovery/keeper';
import { Unreachable, type Row, type Sql } from '../../lib/recovery/sql';

/** A database that answers a keeper, and remembers what it was asked. */
class Kept implements Sql {
  public readonly asked: string[] = [];

  public constructor(
    private readonly open: boolean,
    /** How old the last beat of the other site is. */
    private readonly behind?: string,
  ) {}

  public query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const called = /mainstay\.(\w+)/.exec(text)?.[1] ?? text;
    this.asked.push([called, ...values].join(' '));
    if (called === 'is_open') return Promise.resolve([{ open: this.open }]);
    if (called === 'behind') return Promise.resolve(this.behind === undefined ? [] : [{ seconds: this.behind }]);
    if (called === 'renew_write_lease') return Promise.resolve([{ until: '2026-11-28 10:05:00+00' }]);
    return Promise.resolve([{}]);
  }
}

const saying = (leader: string): Witness => ({ leads: (site) => Promise.resolve(site === leader) });
const silent: Witness = { leads: () => Promise.reject(new Error('the witness cannot be reached')) };

describe('a turn of a keeper', () => {
  test('renews the right of the site that leads, beats and tends tables', async () => {
    const sql = new Kept(true);
    expect(await keep(sql, 'primary', saying('primary'), 300)).toEqual({
      did: 'renewed',
      until: '2026-11-28 10:05:00+00',
    });
    expect(sql.asked).toEqual(['is_open', 'renew_write_lease 300', 'beat primary', 'tend_tables']);
  });

  test('gives the right up when the other site leads, and renews nothing', async () => {
    const sql = new Kept(true);
    expect(await keep(sql, 'primary', saying('recovery'), 300)).toEqual({ did: 'released' });
    expect(sql.asked).toEqual(['is_open', 'release_write_lease', 'beat primary', 'tend_tables']);
  });

  test('neither renews nor gives up when nobody can be asked: the right ends by itself', async () => {
    const sql = new Kept(true);
    expect(await keep(sql, 'primary', silent, 300)).toEqual({
      did: 'let go',
      because: 'the witness cannot be reached',
    });
    expect(sql.asked).toEqual(['is_open', 'beat primary', 'tend_tables']);
  });

  test('does nothing on a site that follows or was fenced, and asks nobody who leads', async () => {
    const sql = new Kept(false);
    const asked: string[] = [];
    const witness: Witness = {
      leads: (site) => {
        asked.push(site);
        return Promise.resolve(true);
      },
    };
    expect(await keep(sql, 'recovery', witness, 300)).toEqual({ did: 'nothing' });
    expect([sql.asked, asked]).toEqual([['is_open', 'behind primary'], []]);
  });

  test.each([
    ['primary', 'recovery'],
    ['recovery', 'primary'],
  ] as const)('says on the %s site, where that follows, how far it is behind the %s', async (site, other) => {
    const sql = new Kept(false, '3.250');
    expect(await keep(sql, site, silent, 300)).toEqual({ did: 'nothing', behindSeconds: 3.25 });
    expect(sql.asked).toEqual(['is_open', `behind ${other}`]);
  });

  test('fails when the database of the site cannot be reached', async () => {
    const gone: Sql = { query: () => Promise.reject(new Unreachable('store', 'no answer')) };
    await expect(keep(gone, 'primary', saying('primary'), 300)).rejects.toThrow('store cannot be reached: no answer');
  });
});
