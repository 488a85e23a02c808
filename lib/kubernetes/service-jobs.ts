import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { jobName, jobsWait, lateStartMinutes } from '../platform/jobs';
import { kubernetesNamespace } from '../platform/names';
import type { Job } from '../platform/nouns/job';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';
import { jobPod, type PodInput } from './pod';
import { syncWave } from './sync-wave';

/** Ended runs of each kind that stay, for people. */
const keptRuns = 3;

/** And for how long, in seconds: a week. */
const keptSeconds = 604_800;

/**
 * A job, as Kubernetes has it: no run beside another, none that is late, no second try of a run. A pod whose node leaves is no
 * failure.
 */
export const cronJobSpec = (input: PodInput, job: string, { command, schedule, timeoutMinutes, timeZone }: Job) => ({
  schedule,
  timeZone,
  concurrencyPolicy: 'Forbid',
  startingDeadlineSeconds: lateStartMinutes * 60,
  suspend: !input.image.released || jobsWait(input.context.platform, input.context.siteName),
  successfulJobsHistoryLimit: keptRuns,
  failedJobsHistoryLimit: keptRuns,
  jobTemplate: {
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: timeoutMinutes * 60,
      ttlSecondsAfterFinished: keptSeconds,
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      },
      template: jobPod(input, job, command),
    },
  },
});

export interface ServiceJobsArgs extends Omit<PodInput, 'context'> {
  readonly context: ClusterContext;
}

/** What a service does by the clock. Jobs wait until the service is released, and on a site that follows until it leads. */
export class ServiceJobs extends ComponentResource {
  public readonly jobs: readonly CronJob[];

  public constructor(name: string, args: ServiceJobsArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:ServiceJobs', name, {}, opts);
    const { context, service, spec } = args;
    const { platform } = context;
    this.jobs = Object.entries(spec.jobs).map(
      ([job, each]) =>
        new CronJob(
          jobName(name, job),
          {
            metadata: {
              name: jobName(service, job),
              namespace: kubernetesNamespace(platform, service),
              labels: labelsOf({ platform, name: service, component: 'job', team: spec.team }),
              annotations: syncWave(platform, 'workload'),
            },
            spec: cronJobSpec(args, job, each),
          },
          // Whoever moves the platform to another site says whose jobs wait.
          { parent: this, ignoreChanges: jobsWait(platform, context.siteName) ? ['spec.suspend'] : [] },
        ),
    );
    this.registerOutputs({});
  }
}
