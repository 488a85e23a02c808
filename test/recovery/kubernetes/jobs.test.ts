import { KubernetesApi } from '../../../lib/recovery/kubernetes/api';
import { holdJobs, startJobs } from '../../../lib/recovery/kubernetes/jobs';
import { AnsweringServer, contextOf, TestClock, type Answer, type Question } from '../../support/answering-server';

const jobs = [
  { namespace: 'retailflow-order', name: 'order-reconcile' },
  { namespace: 'retailflow-payment', name: 'payment-reconcile' },
];
const paths = jobs.map(({ name, namespace }) => `/apis/batch/v1/namespaces/${namespace}/cronjobs/${name}`);

describe('jobs of a site', () => {
  let server: AnsweringServer;
  let waits: Record<string, boolean | undefined>;
  let stubborn = false;
  const context = contextOf(new TestClock());
  const answer = ({ body, method, path }: Question): Answer => {
    if (!(path in waits)) return { status: 404, body: { kind: 'Status', message: `${path} not found` } };
    if (method === 'PATCH' && !stubborn)
      waits[path] = (JSON.parse(body) as { spec: { suspend: boolean } }).spec.suspend;
    return { body: { spec: waits[path] === undefined ? {} : { suspend: waits[path] } } };
  };
  const api = () => new KubernetesApi({ url: server.url }, () => Promise.resolve());
  const patched = () => server.asked.filter(({ method }) => method === 'PATCH').map(({ path }) => path);

  beforeEach(async () => {
    stubborn = false;
    waits = Object.fromEntries(paths.map((path) => [path, true]));
    server = await AnsweringServer.start(answer);
  });
  afterEach(() => server.stop());

  test('begin on the site that is to lead', async () => {
    const step = startJobs(api(), jobs);
    expect(step.does).toBe('has the jobs order-reconcile, payment-reconcile begin by the clock');
    expect(await step.check(context, undefined)).toEqual({ state: 'due', because: '2 of 2 jobs wait' });
    const facts = await step.run(context);
    await step.verify(context, facts);
    expect(facts).toEqual({ jobs: 2 });
    expect(Object.values(waits)).toEqual([false, false]);
    expect(patched()).toEqual(paths);
  });

  test('wait on the site that is to follow, those that never did among them', async () => {
    waits = { [paths[0] ?? '']: undefined, [paths[1] ?? '']: false };
    const step = holdJobs(api(), jobs);
    expect(await step.check(context, undefined)).toEqual({ state: 'due', because: '2 of 2 jobs begin' });
    await step.verify(context, await step.run(context));
    expect(Object.values(waits)).toEqual([true, true]);
  });

  test('are left alone where they stand as they should', async () => {
    expect(await holdJobs(api(), jobs).check(context, undefined)).toEqual({
      state: 'done',
      because: '0 of 2 jobs begin',
    });
    expect(patched()).toEqual([]);
  });

  test('fails when somebody changes them back', async () => {
    stubborn = true;
    const step = startJobs(api(), jobs);
    await expect(step.verify(context, await step.run(context))).rejects.toThrow(
      'jobs still wait: order-reconcile, payment-reconcile: look who changes them back',
    );
  });

  test('fails when there is no such job', async () => {
    await expect(
      startJobs(api(), [{ namespace: 'retailflow-user', name: 'none' }]).check(context, undefined),
    ).rejects.toThrow('cronjobs/none not found');
  });
});
