import { contractOf } from '../../lib/platform/contract';
import { jobContractOf, jobsOf, jobsWait, missedMinutes, runNames } from '../../lib/platform/jobs';
import { resolved, retailflowWith } from '../support/platform';
import { remember } from '../support/remember';

const platform = remember(() => resolved(retailflowWith({})));
const authentications = {
  databases: 'iam',
  caches: 'iam',
  searches: 'iam',
  messages: 'iam',
} as const;
const scope = () => ({ platform: platform(), site: 'primary' as const, authentications });

describe('jobs of a platform', () => {
  test('are those of its services', () => {
    expect(jobsOf(platform()).map(({ job, service }) => `${service}.${job}`)).toEqual([
      'order.reconcile',
      'payment.reconcile',
    ]);
  });

  test('have runs that are told from migrations by their names', () => {
    const runs = new RegExp(`^(?:${runNames({ service: 'order', job: 'reconcile' })})$`);
    expect('order-reconcile-29385735').toMatch(runs);
    expect('order-migration-0123456789').not.toMatch(runs);
    expect('order-reconcile-29385735-x').not.toMatch(runs);
  });

  test('wait on the recovery site alone', () => {
    expect([jobsWait(platform(), 'primary'), jobsWait(platform(), 'recovery')]).toEqual([false, true]);
    const alone = resolved(retailflowWith({}), 'development');
    expect(jobsWait(alone, 'primary')).toBe(false);
  });

  test.each([
    ['*/15 * * * *', 10, 45],
    ['30 2 * * *', 60, 2945],
    ['30 2 * * 1', 60, undefined],
    ['30 2 1 * *', 60, undefined],
  ])('that begin at %s and take %i minutes are missed after %s', (schedule, timeoutMinutes, minutes) => {
    expect(missedMinutes({ schedule, timeoutMinutes })).toBe(minutes);
  });
});

describe('what a job is told', () => {
  test('is what its service is told, and its name, but no address of another service', () => {
    const service = contractOf(scope(), 'order');
    const job = jobContractOf(scope(), 'order', 'reconcile');
    const called = service.filter(({ variable }) => /^SERVICE_(CATALOG|PAYMENT|USER)_/.test(variable));
    expect(called).toHaveLength(6);
    const own = { kind: 'constant', variable: 'JOB_NAME', value: 'reconcile' };
    expect(job).toContainEqual(own);
    expect(job.filter(({ variable }) => variable !== 'JOB_NAME')).toEqual(
      service.filter((entry) => !called.includes(entry)),
    );
    const names = job.map(({ variable }) => variable);
    expect(names).toEqual([...names].sort());
  });

  test('fails when there is no such service', () => {
    expect(() => jobContractOf(scope(), 'orders', 'reconcile')).toThrow('no service orders in analytics, catalog');
  });
});
