import { KubernetesApi } from '../../../lib/recovery/kubernetes/api';
import { scaleServices, type ScaledWorkload } from '../../../lib/recovery/kubernetes/scale';
import { AnsweringServer, contextOf, TestClock, type Answer, type Question } from '../../support/answering-server';

const workloads: readonly ScaledWorkload[] = [
  { namespace: 'retailflow-order', name: 'order', kind: 'Rollout', pods: 30 },
  { namespace: 'retailflow-user', name: 'user', kind: 'Deployment', pods: 8 },
];
const paths = {
  order: '/apis/argoproj.io/v1alpha1/namespaces/retailflow-order/rollouts/order',
  user: '/apis/apps/v1/namespaces/retailflow-user/deployments/user',
};

describe('scaling services', () => {
  let server: AnsweringServer;
  let clock: TestClock;
  let pods: Record<string, { asked: number; ready: number }>;
  const answer = ({ body, headers, method, path }: Question): Answer => {
    if (headers['authorization'] !== 'Bearer token-1')
      return { status: 401, body: { kind: 'Status', message: 'Unauthorized' } };
    const one = pods[path.replace(/\/scale$/, '')];
    if (one === undefined) return { status: 404, body: { kind: 'Status', message: `${path} not found` } };
    if (method === 'PATCH') {
      if (!path.endsWith('/scale') || headers['content-type'] !== 'application/merge-patch+json')
        return { status: 415, body: { kind: 'Status', message: 'unsupported' } };
      one.asked = (JSON.parse(body) as { spec: { replicas: number } }).spec.replicas;
    }
    return { body: { spec: { replicas: one.asked }, status: one.ready === 0 ? {} : { readyReplicas: one.ready } } };
  };
  const step = (options = {}, token = 'token-1') =>
    scaleServices(new KubernetesApi({ url: server.url, token: () => token }, clock.sleep), workloads, options);
  const patches = () => server.asked.filter(({ method }) => method === 'PATCH').map(({ path }) => path);

  beforeEach(async () => {
    pods = { [paths.order]: { asked: 3, ready: 3 }, [paths.user]: { asked: 3, ready: 3 } };
    clock = new TestClock();
    clock.onSleep = () => Object.values(pods).forEach((one) => (one.ready = one.asked));
    server = await AnsweringServer.start(answer);
  });
  afterEach(() => server.stop());

  test('asks for the pods of the full load, of what runs each service, and waits until they are ready', async () => {
    const scale = step();
    expect(scale.does).toBe('has 30 pods of order, 8 pods of user stand and be ready');
    expect(await scale.check(contextOf(clock), undefined)).toEqual({ state: 'due', because: '6 pods are asked for' });
    expect(await scale.run(contextOf(clock))).toEqual({ asked: 38, ready: 38, seconds: 5 });
    expect(patches()).toEqual([`${paths.order}/scale`, `${paths.user}/scale`]);
    expect(pods).toEqual({ [paths.order]: { asked: 30, ready: 30 }, [paths.user]: { asked: 8, ready: 8 } });
  });

  test('takes no pod away where more stand, and nothing is done twice in a run', async () => {
    pods[paths.user] = { asked: 11, ready: 11 };
    const facts = await step().run(contextOf(clock));
    expect(pods[paths.user]).toEqual({ asked: 11, ready: 11 });
    expect(patches()).toEqual([`${paths.order}/scale`]);
    expect(await step().check(contextOf(clock), facts)).toEqual({
      state: 'done',
      because: '41 pods were ready in this run',
    });
  });

  test('waits for no more than the scaler leaves', async () => {
    clock.onSleep = () => {
      pods[paths.order] = { asked: 27, ready: 27 };
      pods[paths.user] = { asked: 8, ready: 8 };
    };
    expect(await step().run(contextOf(clock))).toMatchObject({ asked: 35, ready: 35 });
  });

  test('fails when pods do not get ready, by name, unless fewer will do', async () => {
    clock.onSleep = () => {
      pods[paths.user] = { asked: 8, ready: 8 };
    };
    await expect(step({ seconds: 60 }).run(contextOf(clock))).rejects.toThrow(
      'pods are not ready after 60 s: order 3 of 30: look why they are not',
    );
    expect(await step({ seconds: 60, acceptFewer: 'it is night' }).run(contextOf(clock))).toMatchObject({
      asked: 38,
      ready: 11,
      accepted: 'it is night',
    });
  });

  test('bears an API server that is busy or is replaced', async () => {
    server.faults.push({ status: 429 }, 'cut off', { status: 503, body: 'no body of JSON' });
    expect(await step().run(contextOf(clock))).toMatchObject({ asked: 38 });
  });

  test('fails when it is refused, at once and with its words', async () => {
    await expect(step({}, 'old').run(contextOf(clock))).rejects.toThrow(/answered 401: Unauthorized/);
    expect(server.asked).toHaveLength(1);
    pods = {};
    await expect(step().run(contextOf(clock))).rejects.toThrow(/rollouts\/order answered 404: .* not found/);
  });

  test('fails when nobody answers at all', async () => {
    server.faults.push(...Array<'cut off'>(9).fill('cut off'));
    await expect(step().run(contextOf(clock))).rejects.toThrow(/socket hang up|ECONNRESET/);
  });
});
