import { jobsOf, lateStartMinutes, missedMinutes, namespaceOf, runNames, type PlatformJob } from './jobs';
import type { Platform } from './platform';
import type { WorkloadAlert } from './workload-alert';

const runbook = 'jobs';

/** Labels of the runs of jobs, of one namespace or of all. */
const runs = (jobs: readonly PlatformJob[], namespace: string): string =>
  `${namespace},job_name=~"${jobs.map(runNames).join('|')}"`;

/** When each run began that ended as it is asked for. */
export const began = (labels: string, ended: string): string =>
  `max by (namespace, job_name) (kube_job_status_start_time{${labels}}) and on (namespace, job_name) (${ended} == 1)`;

/**
 * When somebody is called for jobs in a cluster: a run failed of late, or the last good one is too old. What never ran well there is
 * seen by its failures. A run that failed is kept for people, and calls nobody for longer than the next one takes.
 */
export function jobAlerts(platform: Pick<Platform, 'name' | 'services'>): Readonly<Record<string, WorkloadAlert>> {
  const jobs = jobsOf(platform);
  if (jobs.length === 0) return {};
  const all = runs(jobs, `namespace=~"${platform.name}-.+"`);
  const recent = 60 * (Math.max(...jobs.map(({ spec }) => spec.timeoutMinutes)) + 3 * lateStartMinutes);
  const late = jobs.flatMap((job) => {
    const minutes = missedMinutes(job.spec);
    if (minutes === undefined) return [];
    const own = runs([job], `namespace="${namespaceOf(platform, job)}"`);
    const good = `max by (namespace, job_name) (kube_job_status_succeeded{${own}})`;
    return [`time() - max by (namespace) (${began(own, good)}) > ${minutes * 60}`];
  });
  return {
    JobFailed: {
      expression: `time() - (${began(all, `max by (namespace, job_name) (kube_job_failed{${all},condition="true"})`)}) < ${recent}`,
      minutes: 1,
      severity: 1,
      description: 'A run of a job failed, or did not end in its time.',
      runbook,
    },
    ...(late.length === 0
      ? {}
      : {
          JobMissed: {
            expression: late.join(' or '),
            minutes: 5,
            severity: 1,
            description: 'A job had no good run for longer than two of them are apart.',
            runbook,
          } as const,
        }),
  };
}

/** What is true of runs that are no jobs: migrations. */
export function exceptJobs(platform: Pick<Platform, 'services'>): string {
  const jobs = jobsOf(platform);
  return jobs.length === 0 ? '' : `,job_name!~"${jobs.map(runNames).join('|')}"`;
}
