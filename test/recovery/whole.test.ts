import { ContainerServiceClient } from '@azure/arm-containerservice';
import { AnonymousCredential, AppendBlobClient, BlockBlobClient } from '@azure/storage-blob';
import { BlobJournal } from '../../lib/recovery/azure/blob-journal';
import { BlobLatch } from '../../lib/recovery/azure/blob-latch';
import { raiseNodes } from '../../lib/recovery/azure/node-pool';
import { databaseSteps } from '../../lib/recovery/database/plan';
import { KubernetesApi } from '../../lib/recovery/kubernetes/api';
import { scaleServices } from '../../lib/recovery/kubernetes/scale';
import { failoverSteps } from '../../lib/recovery/plan';
import { runPlan } from '../../lib/recovery/runner';
import { switchTraffic } from '../../lib/recovery/traffic';
import { AnsweringServer, type Answer, type Question } from '../support/answering-server';
import { BlobServer } from '../support/blob-server';
import { platform } from '../support/live-database';
import { FakeSites } from './database/fake-sites';

const quick = { retryOptions: { maxTries: 2, retryDelayInMs: 1, maxRetryDelayInMs: 2 } };

/** Two sites, their cluster, and what Azure keeps for the control. */
class Surroundings {
  public readonly sites = new FakeSites();
  public readonly pool = { minCount: 3, maxCount: 12, count: 3, provisioningState: 'Succeeded', eTag: 'a' };
  public pods = 3;
  /** Renewed whenever time passes, as a timer does. */
  private kept: BlobJournal | undefined;

  private constructor(
    public readonly blobs: BlobServer,
    private readonly cluster: { server?: AnsweringServer } = {},
  ) {}

  public static async start(): Promise<Surroundings> {
    const all = new Surroundings(await BlobServer.start());
    all.cluster.server = await AnsweringServer.start((question) => all.answer(question));
    return all;
  }

  public async stop(): Promise<void> {
    await Promise.all([this.blobs.stop(), this.cluster.server?.stop()]);
  }

  public get clock() {
    const { clock } = this.sites;
    return {
      now: () => clock.now(),
      sleep: async (milliseconds: number) => {
        for (let left = milliseconds / 1000; left > 0; left -= 15) {
          this.blobs.seconds += Math.min(left, 15);
          await this.kept?.renew();
        }
        await clock.sleep(milliseconds);
      },
    };
  }

  public latch(): BlobLatch {
    return new BlobLatch(
      new BlockBlobClient(this.blobs.urlOf('leader.json'), new AnonymousCredential(), quick),
      this.clock,
    );
  }

  public async journal(): Promise<BlobJournal> {
    const blob = new AppendBlobClient(this.blobs.urlOf('journal.jsonl'), new AnonymousCredential(), quick);
    return BlobJournal.open(blob, this.clock);
  }

  public steps() {
    const url = this.cluster.server?.url ?? '';
    const arm = new ContainerServiceClient(
      { getToken: () => Promise.resolve({ token: 'test', expiresOnTimestamp: Date.now() + 3_600_000 }) },
      '00000000-0000-4000-8000-000000000001',
      { endpoint: url, allowInsecureConnection: true, retryOptions: { maxRetries: 0 } },
    );
    arm.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
    const latch = this.latch();
    const databases = databaseSteps({
      platform,
      pairs: [this.sites.pair],
      latch,
      reconciliation: { because: 'it is a test' },
    });
    return failoverSteps(databases, {
      nodes: raiseNodes(arm, { resourceGroup: 'rg', cluster: 'aks', pool: 'services' }, 12),
      services: scaleServices(new KubernetesApi({ url }, () => Promise.resolve()), [
        { namespace: 'retailflow-order', name: 'order', kind: 'Rollout', pods: 30 },
      ]),
      traffic: switchTraffic({
        domain: 'shop.example.com',
        recovery: '20.212.0.7',
        to: 'recovery',
        // Names follow the latch, as health checks have it.
        lookup: async () => [((await latch.held())?.leader ?? 'primary') === 'primary' ? '18.0.0.1' : '20.212.0.7'],
        answers: () => Promise.resolve(this.pods >= 30),
      }),
    });
  }

  /** Runs the plan, or takes it up again, as a process of its own would. */
  public async run(run: string) {
    this.kept = undefined;
    const journal = await this.journal();
    this.kept = journal;
    const outcome = await runPlan({
      run,
      steps: this.steps(),
      journal,
      history: journal.history,
      approver: { ask: () => Promise.resolve('kim') },
      clock: this.clock,
    });
    // A process that is killed gives nothing back.
    this.kept = undefined;
    if (this.sites.dies > 0) await journal.close();
    return outcome;
  }

  private answer({ body, method, path }: Question): Answer {
    if (path.startsWith('/subscriptions')) {
      if (method === 'PUT') Object.assign(this.pool, (JSON.parse(body) as { properties: object }).properties);
      return { body: { properties: this.pool } };
    }
    if (method === 'PATCH') this.pods = (JSON.parse(body) as { spec: { replicas: number } }).spec.replicas;
    return { body: { spec: { replicas: this.pods }, status: { readyReplicas: this.pods } } };
  }
}

describe('a whole failover', () => {
  let all: Surroundings;
  beforeEach(async () => {
    all = await Surroundings.start();
  });
  afterEach(() => all.stop());

  test('has the order in which it is safe and quick', () => {
    expect(all.steps().map(({ name }) => name)).toEqual([
      'check lag store',
      'begin store',
      'raise nodes',
      'fence store',
      'name the leader',
      'catch up store',
      'stop subscription store',
      'set sequences store',
      'reconcile',
      'open writes store',
      'scale services',
      'replay outbox store',
      'switch traffic',
      'verify store',
    ]);
  });

  test.each([
    ['a primary that is well', true, 'revoked'],
    ['a primary that is lost', false, 'expired'],
  ])('of %s needs nothing of it, and says how it was fenced', async (_, reachable, achieved) => {
    all.sites.sites.primary.reachable = reachable;
    expect(await all.run('storm')).toEqual({ ended: 'all' });
    expect(all.sites.sites.recovery).toMatchObject({ open: true, subscribed: false });
    expect([all.pool.minCount, all.pods]).toEqual([12, 30]);
    expect((await all.latch().held())?.leader).toBe('recovery');
    const { history } = await all.journal();
    expect(history.find(({ step, what }) => step === 'fence store' && what === 'ran')?.facts).toMatchObject({
      achieved,
    });
    expect(history.at(-1)).toMatchObject({ run: 'storm', what: 'ended' });
  });

  test('goes on in another control when the first one is killed, wherever that is', async () => {
    all.sites.sites.primary.reachable = false;
    let kills = 0;
    for (const dies of [2, 6, 12, 16]) {
      all.sites.dies = dies;
      if ((await all.run('storm')).ended !== 'all') kills += 1;
    }
    all.sites.dies = Infinity;
    expect(await all.run('storm')).toEqual({ ended: 'all' });
    expect(kills).toBeGreaterThan(2);
    expect([...all.sites.sites.recovery.promotions]).toEqual([['storm', { opened: true, ended: true }]]);
    const { history } = await all.journal();
    expect(history.filter(({ what }) => what === 'began').length).toBe(kills + 1);
    expect(history.filter(({ what }) => what === 'approved')).toHaveLength(1);
  });

  test('fails when a second promotion is begun, in whose journal the first one is', async () => {
    await all.run('storm');
    const outcome = await all.run('again');
    expect(outcome).toMatchObject({ ended: 'failed', step: 'begin store' });
    expect(all.sites.sites.recovery.promotions.has('again')).toBe(false);
  });

  test('fails before anything is touched when Azure keeps no journal', async () => {
    await all.blobs.stop();
    await expect(all.run('storm')).rejects.toThrow();
    expect(all.sites.asked).toEqual([]);
    expect(all.sites.sites.primary.open).toBe(true);
  });
});
