import type { CustomResource, CustomResourceOptions } from '@pulumi/pulumi';
import { kubernetesNamespace, migrationWord } from '../platform/names';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { IExternalSecret } from './custom-types';
import { labelsOf } from './labels';
import { fromVault, vaultStore, vaultStoreName } from './vault-store';

/** Secret of the administrator of a database, in the namespace of migrations. */
export const administrationSecret = (database: string): string => `administration-${database}`;

/** Its field with the password. */
export const administrationField = 'password';

/** How often the password is read anew: it is rotated, and a job reads it when it starts. */
const refreshInterval = '15m';

/** Passwords of administrators, for the job of migrations alone; none where tokens of the cloud take their place. */
export function administrationSecrets(
  { cloud, platform }: Pick<ClusterContext, 'cloud' | 'platform'>,
  databases: readonly string[],
  options: CustomResourceOptions,
  word = migrationWord,
): readonly CustomResource[] {
  const metadata = (name: string) => ({
    name,
    namespace: kubernetesNamespace(platform, word),
    labels: labelsOf({ platform, name: word }),
  });
  const secrets = databases.flatMap((database) => {
    const { login } = cloud.administration(database);
    return login.by === 'password' ? [{ database, login }] : [];
  });
  const stores = secrets
    .slice(0, 1)
    .map(() => vaultStore(`${word}-${vaultStoreName}`, { cloud, metadata, word }, options));
  return [
    ...stores,
    ...secrets.map(({ database, login }) =>
      customResource<IExternalSecret>(
        administrationSecret(database),
        {
          apiVersion: 'external-secrets.io/v1',
          kind: 'ExternalSecret',
          metadata: metadata(administrationSecret(database)),
          spec: fromVault(
            { name: administrationSecret(database) },
            [{ secretKey: administrationField, remoteRef: { key: login.entry, property: login.field } }],
            refreshInterval,
          ),
        },
        { ...options, dependsOn: [...stores] },
      ),
    ),
  ];
}
