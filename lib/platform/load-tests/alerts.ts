import { kubernetesNamespace, loadsWord } from '../names';
import type { Platform, SiteName } from '../platform';
import type { WorkloadAlert } from '../workload-alert';
import { programsOf, staleDays, usersOf } from './figures';
import { loadsOn, mostMinutesOf } from './in-cluster';

const runbook = 'load-tests';
const day = 86_400;

/**
 * When somebody is called for load tests in a cluster: a run failed of late, or the last good one is too old. A test without any good
 * run calls somebody, too.
 */
export function loadAlerts(platform: Platform, site: SiteName): Readonly<Record<string, WorkloadAlert>> {
  if (loadsOn(platform, site) === undefined) return {};
  const tests = Object.entries(platform.loadTests);
  const all = namespaceOf(platform);
  const recent = 60 * (Math.max(...tests.map(([, test]) => mostMinutesOf(test))) + 60);
  const { errorPercent, p95Milliseconds } = platform.goals;
  const users = tests.map(([name, test]) => `${name} with ${usersOf(platform, test)} users`).join(', ');
  const proves = tests.map(([, { description }]) => description).join('; ');
  const good = tests.map(([name, test]) => {
    const labels = `${all},job_name=~"${name}-[0-9]+"`;
    return `max(${began(labels)} and on (job_name) max by (job_name) (kube_job_status_succeeded{${labels}}) == ${programsOf(platform, test)})`;
  });
  return {
    LoadTestFailed: {
      expression: `time() - (${began(all)} and on (job_name) max by (job_name) (kube_job_failed{${all},condition="true"}) == 1) < ${recent}`,
      minutes: 1,
      severity: 2,
      description: `A load test found answers slower than ${p95Milliseconds} ms, more than ${errorPercent}% errors or slower answers than before, or did not end: ${users}. It proves: ${proves}.`,
      runbook,
    },
    LoadTestMissed: {
      expression: good.flatMap((each) => [`time() - ${each} > ${staleDays * day}`, `absent(${each})`]).join(' or '),
      minutes: 60,
      severity: 2,
      description: `A load test had no good run for more than ${staleDays} days: ${users}.`,
      runbook,
    },
  };
}

/** What is true of the runs of load tests alone. */
const namespaceOf = (platform: Pick<Platform, 'name'>): string =>
  `namespace="${kubernetesNamespace(platform, loadsWord)}"`;

/** When each run began. */
const began = (labels: string): string => `max by (job_name) (kube_job_status_start_time{${labels}})`;
