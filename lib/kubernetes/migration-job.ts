import { Job } from '@pulumi/kubernetes/batch/v1/job';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { posix } from 'node:path';
import { kubernetesNamespace } from '../platform/names';
import { containerConfinement, resourcesOf } from './confinement';
import type { ClusterContext } from './context';
import { administrationField, administrationSecret } from './administration-secrets';
import { labelsOf } from './labels';
import { migrationPod } from './migration-pod';
import { placement } from './placement';
import {
  migrationCommand,
  migrationEnvironment,
  migrationName,
  migrationPaths,
  migrationSql,
  passwordCommand,
  type DatabaseUse,
} from './migration-settings';

export interface MigrationJobArgs {
  readonly context: ClusterContext;
  readonly use: DatabaseUse;
  /** The word in whose namespace it runs. */
  readonly word: string;
  /** Image with psql, by digest. */
  readonly image: string;
  /** What must be there before it runs. */
  readonly after: readonly Resource[];
}

/** How long it may take, in seconds; as long as on ECS. */
const mostSeconds = 600;

/** How often it is tried again: each step is applied as a whole or not at all, so a repetition goes on where it ended. */
const repetitions = 3;

/** How long the token of the account is good for, in seconds. It is exchanged at once. */
const tokenSeconds = 3600;

/** Ours: psql holds the script and one answer. */
const capacity = { vcpu: 0.05, memoryGiB: 0.125 };

/**
 * Applies the platform's SQL for one user of one database, once: a changed text is a new Job beside a new ConfigMap. Finished
 * ones stay until another takes their place, and tell what was done when.
 */
export class MigrationJob extends ComponentResource {
  public readonly sql: ConfigMap;
  public readonly job: Job;

  public constructor(name: string, args: MigrationJobArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:MigrationJob', name, {}, opts);
    const { after, context, image, use, word } = args;
    const { cloud, platform } = context;
    const administration = cloud.administration(use.database);
    const environment = migrationEnvironment(use, administration, cloud.principal(use.user));
    const { login, root } = administration;
    const sql = migrationSql(platform, use, administration.dialect);
    const command = login.by === 'token' ? migrationCommand : passwordCommand;
    const metadata = {
      name: migrationName(use, [sql, image, ...command, JSON.stringify(environment)]),
      namespace: kubernetesNamespace(platform, word),
      labels: labelsOf({ platform, name: word, component: use.user }),
    };
    this.sql = new ConfigMap(
      name,
      {
        metadata,
        immutable: true,
        data: {
          [posix.basename(migrationPaths.sql)]: sql,
          ...(root === undefined ? {} : { [posix.basename(migrationPaths.root)]: root }),
        },
      },
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
                  name: 'psql',
                  image,
                  command: [...command],
                  env: [
                    ...Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
                    ...(login.by === 'password'
                      ? [
                          {
                            name: 'PGPASSWORD',
                            valueFrom: {
                              secretKeyRef: { name: administrationSecret(use.database), key: administrationField },
                            },
                          },
                        ]
                      : []),
                  ],
                  securityContext: containerConfinement,
                  resources: resourcesOf(capacity),
                  volumeMounts: [
                    { name: 'sql', mountPath: posix.dirname(migrationPaths.sql), readOnly: true },
                    ...(login.by === 'token'
                      ? [{ name: 'account', mountPath: posix.dirname(migrationPaths.account), readOnly: true }]
                      : []),
                    { name: 'scratch', mountPath: migrationPaths.scratch },
                  ],
                },
              ],
              volumes: [
                { name: 'sql', configMap: { name: metadata.name } },
                ...(login.by === 'token'
                  ? [
                      {
                        name: 'account',
                        projected: {
                          sources: [
                            {
                              serviceAccountToken: {
                                audience: login.audience,
                                expirationSeconds: tokenSeconds,
                                path: posix.basename(migrationPaths.account),
                              },
                            },
                          ],
                        },
                      },
                    ]
                  : []),
                { name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
              ],
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
