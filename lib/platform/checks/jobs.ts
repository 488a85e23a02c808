import { azurePair } from '../azure-sites';
import { scheduleProblem, shortestGapMinutes } from '../cron';
import type { Problem } from '../error';
import { jobName, jobsOf, lateStartMinutes, type PlatformJob } from '../jobs';
import { allowedTimeZone, isTimeZone } from '../time-zone';
import { when, type Check } from './check';

/** Kubernetes adds when a run began. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs */
const mostLetters = 52;

/** Jobs begin when they say, and end before they begin again. */
export const jobs: Check = (platform) => [
  ...jobsOf(platform).flatMap(jobProblems),
  ...when(azurePair(platform) !== undefined && jobsOf(platform).length > 0, () => ({
    path: 'services.*.jobs',
    got: jobsOf(platform).map(({ job, service }) => jobName(service, job)),
    allowed: 'absent where both sites are on azure: nobody tells yet which of them does the work',
    remedy: 'let a service do the work by messages, or give the recovery site up in this stage',
  })),
];

function jobProblems({ job, service, spec }: PlatformJob): readonly Problem[] {
  const path = `services.${service}.jobs.${job}`;
  const name = jobName(service, job);
  const wrong = scheduleProblem(spec.schedule);
  return [
    ...when(wrong !== undefined, () => ({
      path: `${path}.schedule`,
      got: spec.schedule,
      allowed: wrong ?? '',
      remedy: 'write it as cron does, such as 30 2 * * * for every night at half past two',
    })),
    ...when(!isTimeZone(spec.timeZone), () => ({
      path: `${path}.timeZone`,
      got: spec.timeZone,
      allowed: allowedTimeZone,
      remedy: 'correct it',
    })),
    ...(wrong === undefined ? overlaps(path, spec) : []),
    ...when(name.length > mostLetters, () => ({
      path,
      got: name,
      allowed: `at most ${mostLetters} letters with the name of its service`,
      remedy: 'shorten the name of the job',
    })),
  ];
}

function overlaps(path: string, { schedule, timeoutMinutes }: PlatformJob['spec']): readonly Problem[] {
  const gap = shortestGapMinutes(schedule);
  return when(timeoutMinutes + lateStartMinutes > gap, () => ({
    path: `${path}.timeoutMinutes`,
    got: timeoutMinutes,
    allowed: `at most ${gap - lateStartMinutes}: the next run begins ${gap} min later, and a start may be ${lateStartMinutes} min late`,
    remedy: 'lower it, or let the job begin less often',
  }));
}
