import { Refusal, type Step } from '../step';
import type { KubernetesApi } from './api';

/** Work by the clock in a cluster. */
export interface ClusterJob {
  readonly namespace: string;
  readonly name: string;
}

interface CronJob {
  readonly spec: { readonly suspend?: boolean };
}

const pathOf = ({ name, namespace }: ClusterJob): string => `/apis/batch/v1/namespaces/${namespace}/cronjobs/${name}`;

/** Which of the jobs do not stand as they should: waiting, or not. */
async function others(api: KubernetesApi, jobs: readonly ClusterJob[], wait: boolean): Promise<readonly ClusterJob[]> {
  const standing = await Promise.all(jobs.map(async (job) => api.get<CronJob>(pathOf(job))));
  return jobs.filter((_, index) => (standing[index]?.spec.suspend ?? false) !== wait);
}

function step(
  api: KubernetesApi,
  jobs: readonly ClusterJob[],
  wait: boolean,
  words: Pick<Step, 'does' | 'name'>,
): Step {
  return {
    ...words,
    check: async () => {
      const due = await others(api, jobs, wait);
      const because = `${due.length} of ${jobs.length} jobs ${wait ? 'begin' : 'wait'}`;
      return due.length === 0 ? { state: 'done', because } : { state: 'due', because };
    },
    run: async () => {
      for (const job of jobs) await api.merge(pathOf(job), { spec: { suspend: wait } });
      return { jobs: jobs.length };
    },
    verify: async () => {
      const left = await others(api, jobs, wait);
      if (left.length === 0) return;
      throw new Refusal(
        `jobs ${wait ? 'do not wait' : 'still wait'}: ${left.map(({ name }) => name).join(', ')}`,
        'look who changes them back, and run this again',
      );
    },
  };
}

const listed = (jobs: readonly ClusterJob[]): string => jobs.map(({ name }) => name).join(', ');

/** Has the jobs of a site begin by the clock, from now on: it leads. */
export const startJobs = (api: KubernetesApi, jobs: readonly ClusterJob[]): Step =>
  step(api, jobs, false, { name: 'start jobs', does: `has the jobs ${listed(jobs)} begin by the clock` });

/** Has the jobs of a site wait: it is about to follow. A run that has begun ends. */
export const holdJobs = (api: KubernetesApi, jobs: readonly ClusterJob[]): Step =>
  step(api, jobs, true, { name: 'hold jobs', does: `has the jobs ${listed(jobs)} wait` });
