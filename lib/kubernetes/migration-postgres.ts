import { posix } from 'node:path';
import { administrationField, administrationSecret } from './administration-secrets';
import type { ClusterContext } from './context';
import type { MigrationRun } from './migration-job';
import {
  migrationCommand,
  migrationEnvironment,
  migrationName,
  migrationPaths,
  migrationSql,
  passwordCommand,
  type DatabaseUse,
} from './migration-settings';

/** How long the token of the account is good for, in seconds. It is exchanged at once. */
const tokenSeconds = 3600;

/** Ours: psql holds the script and one answer. */
const capacity = { vcpu: 0.05, memoryGiB: 0.125 };

/**
 * Applies the platform's SQL for one user of one PostgreSQL database by psql.
 *
 * @param image Image with psql, by digest.
 */
export function postgresRun({ cloud, platform }: ClusterContext, use: DatabaseUse, image: string): MigrationRun {
  const administration = cloud.administration(use.database);
  const environment = migrationEnvironment(use, administration, cloud.principal(use.user));
  const { login, root } = administration;
  const sql = migrationSql(platform, use, administration.dialect);
  const command = login.by === 'token' ? migrationCommand : passwordCommand;
  return {
    name: migrationName(use, [sql, image, ...command, JSON.stringify(environment)]),
    component: use.user,
    files: {
      [posix.basename(migrationPaths.sql)]: sql,
      ...(root === undefined ? {} : { [posix.basename(migrationPaths.root)]: root }),
    },
    capacity,
    container: {
      name: 'psql',
      image,
      command: [...command],
      env: [
        ...Object.entries(environment).map(([name, value]) => ({ name, value })),
        ...(login.by === 'password'
          ? [
              {
                name: 'PGPASSWORD',
                valueFrom: { secretKeyRef: { name: administrationSecret(use.database), key: administrationField } },
              },
            ]
          : []),
      ],
      volumeMounts: [
        ...(login.by === 'token'
          ? [{ name: 'account', mountPath: posix.dirname(migrationPaths.account), readOnly: true }]
          : []),
        { name: 'scratch', mountPath: migrationPaths.scratch },
      ],
    },
    volumes: [
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
  };
}
