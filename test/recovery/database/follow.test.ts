import { followSteps, type FollowInput, type Session } from '../../../lib/recovery/database/prepare';
import { runPlan } from '../../../lib/recovery/runner';
import { Refused, type Row } from '../../../lib/recovery/sql';
import { TestClock } from '../../support/answering-server';

const step = (name: string) => ({
  part: name,
  version: '0001',
  name,
  runs: 'always' as const,
  sql: `SELECT '${name}'`,
});

/** A leader and a site that is to follow it, as their SQL would answer. */
class Sites {
  public readonly asked: string[] = [];
  public readonly clock = new TestClock();
  public slot: 'none' | 'left' | 'read' = 'left';
  public ownSlot = true;
  public rows = 2;
  public subscribed = false;
  public open = true;
  /** Part of a statement that the site which follows refuses. */
  public refuses = '';

  public session(site: 'primary' | 'recovery'): Session {
    return { query: (text) => this.answer(site, text), close: () => Promise.resolve() };
  }

  public get input(): FollowInput {
    return {
      pair: {
        name: 'store',
        from: { site: 'primary', sql: this.session('primary') },
        to: { site: 'recovery', sql: this.session('recovery') },
      },
      sessions: { from: () => this.session('primary'), to: () => this.session('recovery') },
      both: { from: [step('both-from')], to: [step('both-to')] },
      leading: [step('leading')],
      following: [step('following')],
    };
  }

  public async run(approved = true) {
    const lines: string[] = [];
    const outcome = await runPlan({
      run: 'r1',
      steps: followSteps(this.input),
      journal: { append: (line) => Promise.resolve(void lines.push(line)) },
      history: [],
      approver: { ask: () => Promise.resolve(approved ? 'kim' : undefined) },
      clock: this.clock,
    });
    return { outcome, asked: this.asked };
  }

  private answer(site: 'primary' | 'recovery', text: string): Promise<readonly Row[]> {
    this.asked.push(`${site}: ${text.trim()}`);
    const has = (part: string): boolean => text.includes(part);
    if (site === 'recovery' && this.refuses !== '' && has(this.refuses))
      return Promise.reject(new Refused('store', '55000', 'it will not'));
    if (has('FROM mainstay.write_lease')) {
      const leads = site === 'primary';
      const open = leads || this.open;
      return Promise.resolve([{ open, writes: open, subscribed: !leads && this.subscribed }]);
    }
    if (has('CALL mainstay.fence_writes')) this.open = false;
    if (has("'following'")) this.subscribed = true;
    if (has('empty_tables')) this.rows = 0;
    if (has('pg_drop_replication_slot')) {
      if (site === 'recovery') this.ownSlot = false;
      else if (this.slot === 'left') this.slot = 'none';
      else return Promise.resolve(this.slot === 'none' ? [] : [{ active: true }]);
      return Promise.resolve([{ active: false }]);
    }
    if (has('pg_replication_slots')) return Promise.resolve(this.ownSlot ? [{ slot_name: 'it' }] : []);
    if (has('pg_relation_size'))
      return Promise.resolve(Array.from({ length: this.rows }, (_, i) => ({ name: `t${i}` })));
    if (has('left_over')) return Promise.resolve([{ left_over: 0, tables: 9 }]);
    if (has('subenabled')) return Promise.resolve([]);
    if (has('mainstay.behind')) return Promise.resolve([{ at: 'now', seconds: 1, lease_seconds: 300 }]);
    return Promise.resolve([{ tables: 9, users: 3, ended: 1, emptied: 2 }]);
  }
}

const at = (asked: readonly string[], part: string): number => asked.findIndex((text) => text.includes(part));

describe('a site that comes to follow the other one', () => {
  test('is brought up to date, shut, emptied, subscribed, copied and refreshed, in that order', async () => {
    const sites = new Sites();
    const { asked, outcome } = await sites.run();
    expect(outcome).toEqual({ ended: 'all' });
    const order = [
      "'both-from'",
      "'both-to'",
      'fence_writes',
      'empty_tables',
      "'leading'",
      "'following'",
      'follow()',
      'REFRESH',
    ];
    const places = order.map((part) => at(asked, part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect([sites.open, sites.rows, sites.subscribed, sites.slot, sites.ownSlot]).toEqual([
      false,
      0,
      true,
      'none',
      false,
    ]);
  });

  test('gets a slot of its own, and none that was left from before', async () => {
    const { asked } = await new Sites().run();
    const dropped = asked.findIndex((text) => text.startsWith('primary:') && text.includes('pg_drop_replication_slot'));
    expect(dropped).toBeGreaterThan(0);
    expect(dropped).toBeLessThan(at(asked, "'leading'"));
  });

  test('is not emptied unless a person agrees', async () => {
    const sites = new Sites();
    const { asked, outcome } = await sites.run(false);
    expect(outcome).toEqual({ ended: 'not approved', step: 'empty store' });
    expect([sites.rows, at(asked, 'empty_tables'), at(asked, "'following'")]).toEqual([2, -1, -1]);
  });

  test('asks nobody where its tables hold nothing', async () => {
    const sites = new Sites();
    sites.rows = 0;
    const { asked, outcome } = await sites.run(false);
    expect(outcome).toEqual({ ended: 'all' });
    expect(at(asked, 'empty_tables')).toBe(-1);
  });

  test('takes the password of a run where it follows already, and keeps its slot and its rows', async () => {
    const sites = new Sites();
    Object.assign(sites, { subscribed: true, open: false, slot: 'read' });
    const { asked, outcome } = await sites.run(false);
    expect(outcome).toEqual({ ended: 'all' });
    expect(at(asked, "'leading'")).toBeGreaterThan(0);
    expect(at(asked, "'following'")).toBeGreaterThan(at(asked, "'leading'"));
    expect(asked.filter((text) => /^primary:.*pg_drop_replication_slot|empty_tables/s.test(text))).toEqual([]);
    expect([sites.rows, sites.slot]).toEqual([2, 'read']);
  });

  test('fails when somebody else reads the leader by its slot; nothing is subscribed', async () => {
    const sites = new Sites();
    sites.slot = 'read';
    const { outcome } = await sites.run();
    expect(outcome).toMatchObject({ ended: 'failed', step: 'subscribe store' });
    expect(sites.subscribed).toBe(false);
  });

  test('leaves its administrator no member of the role of replication, though a statement fails', async () => {
    const sites = new Sites();
    sites.refuses = 'REFRESH';
    const { asked, outcome } = await sites.run();
    expect(outcome).toMatchObject({ ended: 'failed', step: 'refresh store' });
    expect(asked.at(-1)).toBe('recovery: REVOKE mainstay_replication FROM CURRENT_USER;');
  });
});
