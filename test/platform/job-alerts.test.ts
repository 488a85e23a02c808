import { exceptJobs, jobAlerts } from '../../lib/platform/job-alerts';
import { resolved, retailflowWith } from '../support/platform';

const platform = resolved(retailflowWith({}));
const none = resolved(retailflowWith({ services: { order: { jobs: null }, payment: { jobs: null } } }));

describe('alerts of jobs', () => {
  test('are about runs that failed of late, of every job', () => {
    const { JobFailed } = jobAlerts(platform);
    expect(JobFailed?.expression).toContain('job_name=~"order-reconcile-[0-9]+|payment-reconcile-[0-9]+"');
    expect(JobFailed?.expression).toContain('condition="true"} ) == 1'.replace(' )', ')'));
    expect(JobFailed?.expression).toMatch(/^time\(\) - \(.*\) < 4500$/);
  });

  test('are about good runs that are too old, each by its own time', () => {
    const { JobMissed } = jobAlerts(platform);
    const [order, payment] = JobMissed?.expression.split(' or ') ?? [];
    expect(order).toContain('namespace="retailflow-order",job_name=~"order-reconcile-[0-9]+"');
    expect(order).toContain('kube_job_status_succeeded');
    expect(order).toMatch(/ > 2700$/);
    expect(payment).toMatch(/^time\(\) - max by \(namespace\) \(.*payment-reconcile.*\) > 176700$/);
  });

  test('say nothing of jobs that leave out days, and are none without jobs', () => {
    const weekly = retailflowWith({
      services: { order: { jobs: null }, payment: { jobs: { reconcile: { schedule: '0 3 * * 1' } } } },
    });
    expect(Object.keys(jobAlerts(resolved(weekly)))).toEqual(['JobFailed']);
    expect(jobAlerts(none)).toEqual({});
  });

  test('are apart from those of migrations', () => {
    expect(exceptJobs(platform)).toBe(',job_name!~"order-reconcile-[0-9]+|payment-reconcile-[0-9]+"');
    expect(exceptJobs(none)).toBe('');
  });
});
