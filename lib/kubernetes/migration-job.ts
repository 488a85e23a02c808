import { Job } from '@pulumi/kubernetes/batch/v1/job';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap';
import type { types } from '@pulumi/kubernetes';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { posix } from 'node:path';
import { kubernetesNamespace } from '../platform/names';
import type { Capacity } from '../platform/nouns/scalars';
import { containerConfinement, resourcesOf } from './confinement';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';
import { migrationPod } from './migration-pod';
import { migrationPaths } from './migration-settings';
import { placement } from './placement';

type Container = types.input.core.v1.Container;

/** What a job of migrations runs, and on what. */
export interface MigrationRun {
  /** Name of the job: another one as soon as anything of it is. */
  readonly name: string;
  /** Whose contents it lays, as a label tells. */
  readonly component: string;
  /** Files beside it, by name, with the SQL among them. */
  readonly files: Readonly<Record<string, string>>;
  /** What reads them. It is confined, and given the files, by the job. */
  readonly container: Pick<Container, 'command' | 'env' | 'image' | 'name'> & {
    readonly volumeMounts: readonly types.input.core.v1.VolumeMount[];
  };
  readonly capacity: Capacity;
  readonly volumes: readonly types.input.core.v1.Volume[];
}

export interface MigrationJobArgs {
  readonly context: ClusterContext;
  readonly run: MigrationRun;
  /** The word in whose namespace it runs. */
  readonly word: string;
  /** What must be there before it runs. */
  readonly after: readonly Resource[];
}

/** How long it may take, in seconds; as long as on ECS. */
const mostSeconds = 600;

/** How often it is tried again: each step is applied as a whole or not at all, so a repetition goes on where it ended. */
const repetitions = 3;

/**
 * Applies the platform's SQL once: a changed text is a new Job beside a new ConfigMap. Finished ones stay until another takes their
 * place, and tell what was done when.
 */
export class MigrationJob extends ComponentResource {
  public readonly sql: ConfigMap;
  public readonly job: Job;

  public constructor(name: string, args: MigrationJobArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:MigrationJob', name, {}, opts);
    const { after, context, run, word } = args;
    const { cloud, platform } = context;
    const metadata = {
      name: run.name,
      namespace: kubernetesNamespace(platform, word),
      labels: labelsOf({ platform, name: word, component: run.component }),
    };
    const { volumeMounts, ...container } = run.container;
    this.sql = new ConfigMap(
      name,
      { metadata, immutable: true, data: run.files },
      { parent: this, dependsOn: [...after] },
    );
    this.job = new Job(
      name,
      {
        metadata,
        spec: {
          backoffLimit: repetitions,
          activeDeadlineSeconds: mostSeconds,
          template: migrationPod(
            metadata.labels,
            cloud.architecture,
            {
              ...placement(cloud, word),
              containers: [
                {
                  ...container,
                  securityContext: containerConfinement,
                  resources: resourcesOf(run.capacity),
                  volumeMounts: [
                    { name: 'sql', mountPath: posix.dirname(migrationPaths.sql), readOnly: true },
                    ...volumeMounts,
                  ],
                },
              ],
              volumes: [{ name: 'sql', configMap: { name: metadata.name } }, ...run.volumes],
            },
            word,
          ),
        },
      },
      {
        parent: this,
        dependsOn: [this.sql, ...after],
        customTimeouts: { create: `${mostSeconds * 2}s` },
      },
    );
    this.registerOutputs({});
  }
}
