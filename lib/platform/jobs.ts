import { constant, type ContractEntry } from './contract-entry';
import { contractOf, sortedByVariable, type ContractScope } from './contract';
import { longestGapMinutes } from './cron';
import { recoveryPair } from './link';
import { kubernetesNamespace } from './names';
import type { Job } from './nouns/job';
import type { Platform, SiteName } from './platform';

/** A start that comes later than this does not come, in minutes, so that it meets no other run; ours. */
export const lateStartMinutes = 5;

/** A job of a platform, and whose it is. */
export interface PlatformJob {
  readonly service: string;
  readonly job: string;
  readonly spec: Job;
}

/** Every job of a platform. */
export const jobsOf = ({ services }: Pick<Platform, 'services'>): readonly PlatformJob[] =>
  Object.entries(services).flatMap(([service, { jobs }]) =>
    Object.entries(jobs).map(([job, spec]) => ({ service, job, spec })),
  );

/** Name of a job wherever names of several services meet. */
export const jobName = (service: string, job: string): string => `${service}-${job}`;

/** Names that Kubernetes gives to runs: that of the job, and when it began. */
export const runNames = ({ job, service }: Pick<PlatformJob, 'job' | 'service'>): string =>
  `${jobName(service, job)}-[0-9]+`;

/**
 * What a job receives: what its service receives, and its own name. Addresses of other services it does not: on ECS nothing but a
 * service can call another, and a job is the same wherever it runs.
 */
export function jobContractOf(scope: ContractScope, service: string, job: string): readonly ContractEntry[] {
  const { platform } = scope;
  const spec = platform.services[service];
  if (spec === undefined) throw new Error(`no service ${service} in ${Object.keys(platform.services).join(', ')}`);
  const alone = { ...spec, uses: { ...spec.uses, calls: [] } };
  const services = { ...platform.services, [service]: alone };
  return sortedByVariable([
    ...contractOf({ ...scope, platform: { ...platform, services } }, service),
    constant('JOB_NAME', job),
  ]);
}

/** Whether jobs of a site wait until it leads: it follows another, whose jobs do the work and whose databases it copies. */
export const jobsWait = (platform: Pick<Platform, 'stage'>, site: SiteName): boolean =>
  recoveryPair(platform)?.recovery.siteName === site;

/**
 * Without a good run for so long, somebody is called, in minutes: two runs did not end well. Nothing for a schedule that leaves out
 * days, of which nobody knows for long that one is missing.
 */
export function missedMinutes({
  schedule,
  timeoutMinutes,
}: Pick<Job, 'schedule' | 'timeoutMinutes'>): number | undefined {
  const gap = longestGapMinutes(schedule);
  return gap === undefined ? undefined : 2 * gap + timeoutMinutes + lateStartMinutes;
}

/** Where the pods of a job run. */
export const namespaceOf = (platform: Pick<Platform, 'name'>, { service }: Pick<PlatformJob, 'service'>): string =>
  kubernetesNamespace(platform, service);
