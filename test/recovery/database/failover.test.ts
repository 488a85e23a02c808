import { sequenceMargin } from '../../../lib/platform/sql/sequences';
import { databaseSteps, type FailoverInput } from '../../../lib/recovery/database/plan';
import { longestFence } from '../../../lib/recovery/database/fence';
import { readJournal } from '../../../lib/recovery/journal';
import { failoverSteps } from '../../../lib/recovery/plan';
import { dryRun, runPlan } from '../../../lib/recovery/runner';
import { platform } from '../../support/live-database';
import { FakeSites } from './fake-sites';

const nothingToReconcile = { reconcile: () => Promise.resolve({ examined: 7, differing: 1, unresolved: 0 }) };

/** A controller, which may be killed and begun anew. */
class Controller {
  public readonly lines: string[] = [];
  public readonly reconciled: (string | undefined)[] = [];

  public constructor(
    public readonly world: FakeSites,
    private readonly given: Partial<FailoverInput> = {},
  ) {}

  public steps() {
    const databases = databaseSteps({
      platform,
      pairs: [this.world.pair],
      latch: this.world.latch,
      reconciliation: {
        reconcile: (_, since) => {
          this.reconciled.push(since);
          return nothingToReconcile.reconcile();
        },
      },
      ...this.given,
    });
    return failoverSteps(databases);
  }

  public get history() {
    return readJournal(this.lines.map((line) => `${line}\n`).join(''));
  }

  public async run(run = 'r1') {
    return runPlan({
      run,
      steps: this.steps(),
      journal: {
        append: (line) => {
          this.lines.push(line);
          return Promise.resolve();
        },
      },
      history: this.history,
      approver: { ask: () => Promise.resolve('kim') },
      clock: this.world.clock,
    });
  }

  public facts(step: string) {
    return this.history.filter((event) => event.step === step && event.facts !== undefined).at(-1)?.facts;
  }
}

const lost = (world: FakeSites): FakeSites => {
  world.sites.primary.reachable = false;
  return world;
};

describe('a failover of databases', () => {
  test('has its steps in the order in which they are safe', () => {
    expect(new Controller(new FakeSites()).steps().map(({ name }) => name)).toEqual([
      'check lag store',
      'begin store',
      'fence store',
      'name the leader',
      'catch up store',
      'stop subscription store',
      'set sequences store',
      'reconcile',
      'open writes store',
      'replay outbox store',
      'verify store',
    ]);
  });

  test('asks a person once: before writes open', () => {
    const asking = new Controller(new FakeSites()).steps().filter((step) => step.approval !== undefined);
    expect(asking.map(({ name }) => name)).toEqual(['open writes store']);
  });

  test('of a primary that is well fences it, waits for its last beat and loses nothing', async () => {
    const controller = new Controller(new FakeSites());
    expect(await controller.run()).toEqual({ ended: 'all' });
    const { primary, recovery } = controller.world.sites;
    expect([primary.open, primary.slot, recovery.open, recovery.subscribed]).toEqual([false, false, true, false]);
    expect(controller.facts('fence store')).toMatchObject({ achieved: 'revoked' });
    expect(controller.facts('catch up store')).toMatchObject({ lost: 'nothing' });
    expect(controller.facts('set sequences store')).toMatchObject({ moved: 1 });
    expect(recovery.sequences).toBe(100 + sequenceMargin(platform));
    expect(controller.world.latch.leader).toBe('recovery');
  });

  test('of a primary that is lost waits until its right has ended, and says so', async () => {
    const world = lost(new FakeSites());
    const [controller, began] = [new Controller(world), world.time];
    expect(await controller.run()).toEqual({ ended: 'all' });
    expect(controller.facts('fence store')).toMatchObject({ achieved: 'expired', leaseSeconds: 300 });
    expect(controller.facts('stop subscription store')).toMatchObject({ atLeader: 'left, out of reach' });
    const waited = (world.time - began) / 1000;
    const least = longestFence({ inFlightSeconds: 60 });
    expect(waited).toBeGreaterThanOrEqual(least);
    expect(waited).toBeLessThan(least + 10);
    expect(world.sites.primary.lease).toBeLessThan(world.time);
  });

  test('opens nothing before the right of a lost primary has ended', async () => {
    const world = lost(new FakeSites());
    const opened: number[] = [];
    world.onSleep = () => {
      if (world.sites.recovery.open) opened.push(world.time);
    };
    await new Controller(world).run();
    expect(opened.filter((time) => time < world.sites.primary.lease)).toEqual([]);
  });

  test('fences a primary after all that comes back while it waits', async () => {
    const world = lost(new FakeSites());
    world.onSleep = () => {
      world.sites.primary.reachable = true;
    };
    const controller = new Controller(world);
    expect(await controller.run()).toEqual({ ended: 'all' });
    expect(controller.facts('fence store')).toMatchObject({ achieved: 'revoked' });
    expect(controller.facts('catch up store')).toMatchObject({ lost: 'nothing' });
  });

  test('reconciles from where the database is complete, before writes open', async () => {
    const controller = new Controller(lost(new FakeSites()));
    await controller.run();
    expect(controller.reconciled).toEqual(['2026-11-28T09:59:58.000Z']);
    const order = controller.history.filter(({ what }) => what === 'ran').map(({ step }) => step);
    expect(order.indexOf('reconcile')).toBeLessThan(order.indexOf('open writes store'));
  });

  test('tells whoever approves what was fenced, and what is lost', async () => {
    const controller = new Controller(lost(new FakeSites()));
    await controller.run();
    expect(controller.history.find(({ what }) => what === 'asked')?.because).toBe(
      'Open store for writing on the recovery site? The primary site: expired. ' +
        'Complete until 2026-11-28T09:59:58.000Z; lost: what came after.',
    );
  });

  test('comes to the same end wherever it is killed, of a lost primary and of one that is well', async () => {
    for (const make of [() => new FakeSites(), () => lost(new FakeSites())]) {
      const whole = new Controller(make());
      await whole.run();
      const queries = whole.world.asked.length + 400;
      let kills = 0;
      for (let dies = 0; dies < queries; dies += 1) {
        const controller = new Controller(make());
        controller.world.dies = dies;
        const first = await controller.run();
        if (first.ended === 'all') break;
        kills += 1;
        controller.world.dies = Infinity;
        expect(await controller.run()).toEqual({ ended: 'all' });
        const { primary, recovery } = controller.world.sites;
        expect(recovery).toMatchObject({
          open: true,
          subscribed: false,
          sequences: whole.world.sites.recovery.sequences,
        });
        expect(primary.reachable && primary.open).toBe(false);
        expect([...recovery.promotions]).toEqual([['r1', { opened: true, ended: true }]]);
        expect(controller.world.time).toBeGreaterThanOrEqual(primary.reachable ? 0 : primary.lease);
      }
      expect(kills).toBeGreaterThan(10);
    }
  });

  test('does nothing the second time', async () => {
    const controller = new Controller(new FakeSites());
    await controller.run();
    const changes = /CALL|open_writes|set_sequences|leave|drop_rep|replay|begin_pro|end_pro/;
    const before = controller.world.asked.length;
    expect(await controller.run()).toEqual({ ended: 'all' });
    expect(controller.world.asked.slice(before).filter((text) => changes.test(text))).toEqual([]);
  });

  test('changes nothing in a dry run', async () => {
    const world = new FakeSites();
    const state = JSON.stringify(world.sites);
    const planned = await dryRun({ run: 'r1', steps: new Controller(world).steps(), history: [], clock: world.clock });
    expect(planned.filter(({ state: known }) => known === 'due').length).toBeGreaterThan(8);
    expect(JSON.stringify(world.sites)).toBe(state);
    expect(world.asked.filter((text) => /CALL|open_writes|set_seq|leave|begin_pro/.test(text))).toEqual([]);
  });

  describe('is refused', () => {
    const refused = async (controller: Controller, run = 'r1') => {
      const outcome = await controller.run(run);
      return outcome.ended === 'failed' ? `${outcome.step}: ${outcome.error.message}` : outcome.ended;
    };

    test('fails when the recovery site cannot be reached: nothing is done', async () => {
      const world = new FakeSites();
      world.sites.recovery.reachable = false;
      expect(await refused(new Controller(world))).toMatch(
        /^check lag store: store on the recovery site cannot be reached from here .*: run this from where it can be reached/,
      );
      expect(world.asked).toEqual([]);
      expect([world.sites.primary.open, world.latch.leader]).toEqual([true, 'primary']);
    });

    test('fails when another promotion is under way, or was done', async () => {
      const world = new FakeSites();
      world.sites.recovery.promotions.set('other', { opened: false, ended: false });
      expect(await refused(new Controller(world))).toMatch(/^begin store: .*promotion other has not ended/);
      const done = new Controller(new FakeSites());
      await done.run('r1');
      expect(await refused(done, 'r2')).toMatch(/^begin store: .*this site leads already/);
      expect(world.sites.primary.open).toBe(true);
    });

    test('fails when a lost primary may write for ever, or has no latch; it is not promoted', async () => {
      const endless = lost(new FakeSites());
      endless.sites.recovery.beats.set('primary', { at: endless.time, leaseSeconds: null });
      expect(await refused(new Controller(endless))).toMatch(/^fence store: .*its right to write has no end/);
      const alone = new Controller(lost(new FakeSites()));
      const without = databaseSteps({ platform, pairs: [alone.world.pair], reconciliation: nothingToReconcile });
      const outcome = await runPlan({
        run: 'r1',
        steps: [...without.begin, ...without.promote],
        journal: { append: () => Promise.resolve() },
        history: [],
        approver: { ask: () => Promise.resolve('kim') },
        clock: alone.world.clock,
      });
      expect(outcome).toMatchObject({ ended: 'failed', step: 'fence store' });
      for (const world of [endless, alone.world]) expect(world.sites.recovery.open).toBe(false);
    });

    test('goes on when a person answers for a primary that could not be fenced', async () => {
      const world = lost(new FakeSites());
      world.sites.recovery.beats.set('primary', { at: world.time, leaseSeconds: null });
      const controller = new Controller(world, { accept: { unfenced: 'its account is closed' } });
      expect(await controller.run()).toEqual({ ended: 'all' });
      expect(controller.facts('fence store')).toEqual({ achieved: 'accepted', because: 'its account is closed' });
    });

    test('fails when payments cannot be reconciled; nobody may write', async () => {
      const controller = new Controller(new FakeSites(), {
        reconciliation: { reconcile: () => Promise.resolve({ examined: 7, differing: 3, unresolved: 2 }) },
      });
      expect(await refused(controller)).toMatch(/^reconcile: 2 of 7 payments could not be reconciled/);
      expect(controller.world.sites.recovery.open).toBe(false);
    });

    test('fails when the last beat of a fenced primary never arrives, unless the loss is accepted', async () => {
      const stuck = (): FakeSites => {
        const world = new FakeSites();
        Object.defineProperty(world, 'onSleep', { get: () => () => undefined, set() {} });
        return world;
      };
      const controller = new Controller(stuck());
      expect(await refused(controller)).toMatch(
        /^catch up store: .*has what was written until .*: mend the replication/,
      );
      expect(controller.world.sites.recovery.open).toBe(false);
      const accepting = new Controller(stuck(), { accept: { loss: 'its disk is gone' } });
      expect(await accepting.run()).toEqual({ ended: 'all' });
      expect(accepting.facts('catch up store')).toMatchObject({ lost: 'unknown', accepted: 'its disk is gone' });
    });

    test('fails when a database has no place on both sites', () => {
      const { pair } = new FakeSites();
      const input = { platform, reconciliation: nothingToReconcile };
      expect(() => databaseSteps({ ...input, pairs: [{ ...pair, name: 'analytics-backup' }] })).toThrow(
        'databases.analytics-backup must be a database with engine postgres',
      );
    });
  });
});
