import { createHash } from 'node:crypto';
import { Job } from '@pulumi/kubernetes/batch/v1/job';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { kubernetesNamespace } from '../platform/names';
import type { Platform } from '../platform/platform';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';
import { migrationPod, type PodInput } from './pod';
import { syncWave } from './sync-wave';

/** A finished job stays this long, for people, in seconds: a week. */
const keptSeconds = 604_800;

/** Tries after the first one. A migration bears a repetition, on every cloud. */
const backoffLimit = 2;

/** Digits of the name of a run. */
const runDigits = 10;

/** Whether a service has a migration of its own, and an image of its own to run it from. */
export const migratesItself = ({ image, spec }: Pick<PodInput, 'image' | 'spec'>): boolean =>
  spec.migration !== undefined && image.released;

/**
 * Name of the run of a migration, which is the same as long as what it runs is: a job cannot be changed, and what was done need
 * not be done again.
 */
export function migrationName(service: string, reference: string, command: readonly string[]): string {
  const run = createHash('sha256')
    .update(JSON.stringify([reference, command]))
    .digest('hex');
  return `${service}-migration-${run.slice(0, runDigits)}`;
}

/**
 * How Argo CD runs it: in each synchronization, after what it needs and before the pods of the new version. Before the
 * synchronization there would be neither account nor secrets at the first time.
 */
const hook = (platform: Pick<Platform, 'delivery'>): Record<string, string> =>
  platform.delivery.manifests.by === 'argocd'
    ? {
        'argocd.argoproj.io/hook': 'Sync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
        ...syncWave(platform, 'migration'),
      }
    : {};

/** The run of a service's migration, as Kubernetes has it. A pod whose node leaves is no failure. */
export const migrationSpec = (input: PodInput, command: readonly string[], timeoutMinutes: number) => ({
  backoffLimit,
  activeDeadlineSeconds: timeoutMinutes * 60,
  ttlSecondsAfterFinished: keptSeconds,
  podFailurePolicy: {
    rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
  },
  template: migrationPod(input, command),
});

export interface ServiceMigrationArgs extends Omit<PodInput, 'context'> {
  readonly context: ClusterContext;
}

/** Brings a service's own tables up to date from the new image, before its pods start. Nothing, if it has no migration. */
export class ServiceMigration extends ComponentResource {
  public readonly jobs: readonly Job[];

  public constructor(name: string, args: ServiceMigrationArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:ServiceMigration', name, {}, opts);
    const { context, image, service, spec } = args;
    const { platform } = context;
    const { migration } = spec;
    this.jobs =
      migration === undefined || !migratesItself(args)
        ? []
        : [
            new Job(
              name,
              {
                metadata: {
                  name: migrationName(service, image.reference, migration.command),
                  namespace: kubernetesNamespace(platform, service),
                  labels: labelsOf({ platform, name: service, component: 'migration', team: spec.team }),
                  annotations: hook(platform),
                },
                spec: migrationSpec(args, migration.command, migration.timeoutMinutes),
              },
              { parent: this, customTimeouts: { create: `${migration.timeoutMinutes + 5}m` } },
            ),
          ];
    this.registerOutputs({});
  }
}
